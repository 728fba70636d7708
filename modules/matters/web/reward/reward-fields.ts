import type { FieldView } from '#kernel/fields/view';
import type { Lang } from '#kernel/text';
import { type FormValues, pruned, toData } from '#shell/components/record-form/values';
import { MOST_BASE, type RewardIn, type RewardRule } from '../../contract.ts';

/** A field without anything particular. */
function field(
  key: string,
  label: string,
  more: Partial<FieldView> & Pick<FieldView, 'type' | 'required'>,
): FieldView {
  return {
    ...{ key, label, help: null, unit: null, fen: null, decimals: null, internal: false, example: null },
    ...{ choices: null, register: null, minLength: null, maxLength: null, minimum: null, maximum: null },
    ...{ pattern: null, computed: false, items: [], minItems: null, maxItems: null },
    ...more,
  };
}

/** What is asked for a reward to be computed by a rule, as fields of a form. */
export function rewardFields(
  rule: RewardRule,
  lang: Lang,
  words: { grade: string; money: string; insider: string },
): FieldView[] {
  const fields = [
    field('grade', words.grade, {
      ...{ type: 'choice', required: true },
      choices: rule.grades.map(({ id, title }) => ({ value: id, label: title[lang] })),
    }),
    field('base', rule.base[lang], {
      ...{ type: 'money', required: true, unit: words.money, fen: 100, minimum: 0, maximum: MOST_BASE },
    }),
  ];
  if (rule.insider)
    fields.push(
      field('insider', words.insider, { type: 'boolean', required: false, help: rule.insider.title[lang] }),
    );
  return fields;
}

/** What was typed; null while grade or sum is wanting. */
export function rewardTyped(fields: readonly FieldView[], values: FormValues) {
  const { data, problems } = toData(fields, pruned(values));
  const { grade, base, insider } = data;
  const given: RewardIn | null =
    typeof grade === 'string' && typeof base === 'number' && base >= 0 && base <= MOST_BASE
      ? { grade, base, insider: insider === true }
      : null;
  return { given, problems };
}
