import { useMemo } from 'react';
import { Notice } from '#shell/components/form.tsx';
import type { FieldContext } from '#shell/components/record-form/control';
import { RecordFields } from '#shell/components/record-form/record-fields.tsx';
import { usePlacedIssues } from '#shell/components/record-form/use-issues';
import type { FormValues } from '#shell/components/record-form/values';
import { useLang } from '#shell/i18n';
import { type RewardRule, rewardOf } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { rewardFields, rewardTyped } from './reward-fields.ts';
import { RewardSum } from './reward-sum.tsx';
import { RewardRules } from './rule-view.tsx';

const CONTEXT: FieldContext = { files: {}, onFile: () => {} };

/** What is asked for a reward, read as it is typed: null where the step computes none. */
export function useRewardInput(matter: Matter, step: string, values: FormValues) {
  const t = useText();
  const lang = useLang();
  const asks = matter.reward?.propose === step ? matter.reward : null;
  const rule = asks?.rule ?? null;
  const fields = useMemo(
    () =>
      rule
        ? rewardFields(rule, lang, {
            ...{ grade: t('reward.grade'), money: t('reward.unit'), insider: t('reward.insider') },
          })
        : [],
    [rule, lang, t],
  );
  const typed = useMemo(() => rewardTyped(fields, values), [fields, values]);
  return asks && { rule, fields, ...typed };
}

/** The fields of a reward, with the rule beside them and the computation below as it is typed. */
export function RewardForm({
  input: { rule, fields, given, problems },
  values,
  onChange,
}: {
  input: NonNullable<ReturnType<typeof useRewardInput>>;
  values: FormValues;
  onChange: (values: FormValues) => void;
}) {
  const t = useText();
  const issues = usePlacedIssues(problems, null);
  if (!rule) return <Notice tone="attention" title={t('reward.none')} />;
  return (
    <>
      <details className={css.dues}>
        <summary>{t('reward.rule')}</summary>
        <RewardRules rules={[rule]} />
      </details>
      {!verified(rule) && <Notice tone="attention" title={t('reward.confirm')} />}
      <RecordFields
        fields={fields}
        values={values}
        issues={issues}
        context={CONTEXT}
        onChange={(key, value) => onChange({ ...values, [key]: value })}
      />
      <Computed rule={rule} given={given} />
    </>
  );
}

function Computed({ rule, given }: { rule: RewardRule; given: Parameters<typeof rewardOf>[1] | null }) {
  const t = useText();
  const computed = given && rewardOf(rule, given);
  return (
    <div aria-live="polite">
      {computed ? <RewardSum reward={computed} /> : <p className={css.muted}>{t('reward.fill')}</p>}
    </div>
  );
}

const verified = ({ basis }: RewardRule) => basis.every((one) => one.verified);
