import type { ReactNode } from 'react';
import { Facts } from '#shell/components/facts.tsx';
import { formatMoment } from '#shell/format';
import type { RuleSet } from '../../contract/value.ts';
import { useText } from '../text.ts';
import type { Period } from './periods.ts';
import css from './value-rules.module.css';

/** One version: what it is called, on which days it decides, where it stands and who made it; its content below. */
export function Version({
  version,
  period,
  children,
}: {
  version: Pick<RuleSet, 'version' | 'name' | 'source' | 'verified' | 'madeAt' | 'madeBy'>;
  period: Period;
  children: ReactNode;
}) {
  const t = useText();
  const { from, until, standing } = period;
  return (
    <details className={css.version} open={standing === 'holds'} data-standing={standing}>
      <summary>
        <h3>{version.name}</h3>
        <span className={css.marks}>
          <span>{t('rules.no', { version: version.version })}</span>
          <span className={css.standing} data-standing={standing}>
            {t(`rules.standing.${standing}`)}
          </span>
          <span>
            {standing === 'never'
              ? t('rules.neverFrom', { from: from ?? '' })
              : from === null
                ? t('rules.before', { until: until ?? '' })
                : until === null
                  ? t('rules.since', { from })
                  : t('rules.span', { from, until })}
          </span>
          {!version.verified && <span className={css.tag}>{t('value.unverified')}</span>}
        </span>
      </summary>
      <Facts
        items={[
          {
            name: t('rules.source'),
            value: (
              <>
                {version.source}
                <span className={version.verified ? css.aside : css.warn}>
                  {t(version.verified ? 'rules.isVerified' : 'rules.notVerified')}
                </span>
              </>
            ),
          },
          {
            name: t('rules.made'),
            value:
              version.madeAt === null
                ? t('rules.own')
                : t('rules.madeBy', { by: version.madeBy ?? '', at: formatMoment(version.madeAt) }),
          },
        ]}
      />
      {children}
    </details>
  );
}
