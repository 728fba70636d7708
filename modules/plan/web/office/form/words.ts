import type { ReportForm } from '#modules/plan/contract';
import { formatNumber, withUnit } from '#shell/format';
import { useLang, useShellText } from '#shell/i18n';
import { useText } from '../text.ts';
import { type FieldIssue, type FieldName, type FormEntry, fieldText, readNumber } from './entry.ts';

/** Id of a field's control on the page. */
export function fieldId(field: FieldName): string {
  return `f-${field}`;
}

/** Name of a field in the language of the page. */
export function useFieldLabel(form: Pick<ReportForm, 'parts'>): (field: FieldName) => string {
  const t = useText();
  const plain: Record<string, string> = {
    value: t('field.value'),
    min: t('field.min'),
    max: t('field.max'),
    stage: t('field.stage'),
    weight: t('field.weight'),
    explanation: t('field.explanation'),
    files: t('field.files'),
  };
  return (field) => plain[field] ?? form.parts.find((p) => field === `part-${p.id}`)?.title ?? field;
}

/** Unit of a field's number; null for fields without one. */
export function unitOf(form: Pick<ReportForm, 'unit' | 'parts'>, field: FieldName): string | null {
  if (field === 'value' || field === 'min' || field === 'max') return form.unit;
  return form.parts.find((p) => field === `part-${p.id}`)?.unit ?? null;
}

/** What a field holds, in words: figures with thousands and unit, a stage's name, the files' names. */
export function useFieldWords(
  form: Pick<ReportForm, 'unit' | 'parts' | 'stages'>,
): (entry: FormEntry, field: FieldName) => string {
  const shell = useShellText();
  const lang = useLang();
  const space = lang === 'zh' ? '、' : ', ';
  return (entry, field) => {
    const text = fieldText(entry, field);
    if (Array.isArray(text)) return text.join(space) || shell('none');
    if (text === null || text.trim() === '') return shell('none');
    if (field === 'stage') return form.stages.find((s) => s.id === text)?.label ?? text;
    if (field === 'explanation') return text;
    const n = readNumber(text);
    return n === null ? text : withUnit(figure(n), unitOf(form, field));
  };
}

/** A number with the digits it has, at most ten after the point. */
export function figure(n: number): string {
  const decimals = /\.(\d+)$/.exec(String(n))?.[1]?.length ?? 0;
  return formatNumber(n, Math.min(decimals, 10));
}

/** The same for a number in a text; anything else stays as it is. */
export function figureText(text: string): string {
  const n = readNumber(text);
  return n === null ? text : figure(n);
}

/** What is wrong with a field and how to mend it, in the language of the page. */
export function useIssueWords(form: Pick<ReportForm, 'decimals'>): (issue: FieldIssue) => string {
  const t = useText();
  return ({ field, code, params, message }) => {
    switch (code) {
      case 'required':
        return field === 'stage' ? t('issue.stage') : t('issue.required');
      case 'number':
        return t('issue.number');
      case 'negative':
        return t('issue.negative');
      case 'over_100':
        return t('issue.over100');
      case 'decimals': {
        const decimals = Number(params?.decimals ?? form.decimals);
        return decimals === 0 ? t('issue.whole') : t('issue.decimals', { decimals });
      }
      case 'range_order':
        return t('issue.rangeOrder');
      case 'cumulative_fell':
        return t('issue.fell', { previous: figure(Number(params?.previous ?? 0)) });
      default:
        return field === 'weight' ? t('issue.weight') : (message ?? code);
    }
  };
}
