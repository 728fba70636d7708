import type { ApplicantLink } from '../../contract/applicants.ts';
import { useText } from '../text.ts';

/** Why two names are one, in words. */
export function useRuleWords(): (link: Pick<ApplicantLink, 'rule' | 'detail'>) => string {
  const t = useText();
  return ({ rule, detail }) => {
    if (rule === 'school') return t('rule.school', { part: detail.part ?? '' });
    if (rule === 'person') return t('rule.person', { reason: detail.reason ?? '' });
    if (rule === 'former-name' && detail.until) return t('rule.former-until', { until: detail.until });
    return t(`rule.${rule}`);
  };
}
