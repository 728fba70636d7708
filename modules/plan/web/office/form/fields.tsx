import { Input } from 'antd';
import type { ReportForm } from '#modules/plan/contract';
import { FormField } from '#shell/components/form.tsx';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { Compare } from './compare.tsx';
import { type FieldIssue, type FieldName, type FormEntry, fieldText } from './entry.ts';
import { fieldId, figureText, unitOf, useFieldLabel, useIssueWords } from './words.ts';

interface FieldProps {
  form: Pick<ReportForm, 'unit' | 'parts' | 'stages' | 'decimals' | 'kind' | 'asks'> & {
    measured: number | null;
  };
  entry: FormEntry;
  issues: readonly FieldIssue[];
  onChange: (change: Partial<FormEntry>) => void;
}

/** The fields that the indicator's kind asks for. */
export function ValueFields(props: FieldProps) {
  const t = useText();
  return props.form.asks.map((ask) => {
    if (ask === 'stage') return <StageField key={ask} {...props} />;
    if (ask === 'parts')
      return props.form.parts.map((part) => (
        <NumberField
          key={part.id}
          {...props}
          field={`part-${part.id}`}
          compared={part}
          help={
            part.target === null
              ? undefined
              : t('field.partTarget', { target: figureText(part.target), unit: part.unit })
          }
        />
      ));
    if (ask === 'range')
      return (
        <div key={ask} className={css.range}>
          <NumberField {...props} field="min" help={t('field.minHelp')} compared={props.form} />
          <NumberField {...props} field="max" help={t('field.maxHelp')} optional />
        </div>
      );
    if (ask === 'weight')
      return <NumberField key={ask} {...props} field="weight" help={t('field.weightHelp')} />;
    return (
      <NumberField key={ask} {...props} field="value" help={kindHelp(t, props.form)} compared={props.form} />
    );
  });
}

function NumberField({
  form,
  entry,
  issues,
  onChange,
  field,
  help,
  compared,
  optional,
}: FieldProps & {
  field: FieldName;
  help?: string;
  /** What was measured, to be set beside what is typed. */
  compared?: { measured: number | null; decimals: number };
  optional?: boolean;
}) {
  const label = useFieldLabel(form);
  const words = useIssueWords(form);
  const text = fieldText(entry, field) as string;
  const unit = unitOf(form, field);
  return (
    <FormField
      id={fieldId(field)}
      label={label(field)}
      help={help}
      required={!optional}
      issues={issues.filter((i) => i.field === field).map(words)}
      aside={
        compared &&
        compared.measured !== null && (
          <Compare typed={text} measured={compared.measured} unit={unit} decimals={compared.decimals} />
        )
      }
    >
      {(control) => (
        <Input
          {...control}
          className={css.number}
          value={text}
          inputMode="decimal"
          autoComplete="off"
          suffix={unit}
          status={control['aria-invalid'] ? 'error' : undefined}
          onChange={(e) => onChange(changeOf(entry, field, e.target.value))}
        />
      )}
    </FormField>
  );
}

function changeOf(entry: FormEntry, field: FieldName, text: string): Partial<FormEntry> {
  if (field.startsWith('part-')) return { parts: { ...entry.parts, [field.slice(5)]: text } };
  return { [field]: text };
}

function StageField({ form, entry, issues, onChange }: FieldProps) {
  const t = useText();
  const words = useIssueWords(form);
  const mine = issues.filter((i) => i.field === 'stage');
  const issueId = `${fieldId('stage')}-issue`;
  return (
    <fieldset
      className={css.stages}
      data-invalid={mine.length > 0}
      aria-describedby={mine.length > 0 ? issueId : undefined}
    >
      <legend>{t('field.stage')}</legend>
      <p className={css.note}>{t('field.stageHelp')}</p>
      {form.stages.map((stage, index) => (
        <label key={stage.id}>
          <input
            type="radio"
            id={index === 0 ? fieldId('stage') : undefined}
            name={fieldId('stage')}
            checked={entry.stage === stage.id}
            onChange={() => onChange({ stage: stage.id })}
          />
          {stage.label}
        </label>
      ))}
      {mine.length > 0 && (
        <p id={issueId} className={css.issue}>
          {mine.map(words).join(' ')}
        </p>
      )}
    </fieldset>
  );
}

/** What kind of number is meant, where people often mix it up. */
function kindHelp(t: ReturnType<typeof useText>, form: Pick<ReportForm, 'kind'>): string | undefined {
  switch (form.kind) {
    case 'cumulative':
      return t('kind.cumulative');
    case 'stock':
      return t('kind.stock');
    case 'share':
      return t('kind.share');
    case 'rate':
      return t('kind.rate');
    default:
      return undefined;
  }
}
