import { behindFigure } from '../../format.ts';
import { useShellText } from '../../i18n.ts';
import { useRegions } from '../../regions.ts';
import { DateInput } from '../date-input.tsx';
import type { FieldContext, InputControl } from './control.ts';
import { FileInput } from './file-input.tsx';
import { OrganisationInput } from './organisation-input.tsx';
import css from './record-form.module.css';
import type { SimpleView } from './values.ts';

/** The control of one value by its type: of a field, or of a cell in a small table. */
export function SimpleInput({
  field,
  control,
  value,
  compact,
  context,
  onChange,
  onCode,
}: {
  field: SimpleView;
  control: InputControl;
  value: string;
  /** In a table: no room for units and several lines. */
  compact?: boolean;
  context: FieldContext;
  onChange: (value: string) => void;
  /** The code of an organisation that was chosen. */
  onCode?: (code: string) => void;
}) {
  const t = useShellText();
  switch (field.type) {
    case 'choice':
      return (
        <Select
          control={control}
          value={value}
          choices={field.choices ?? []}
          none={t('input.choose')}
          onChange={onChange}
        />
      );
    case 'boolean':
      return (
        <Select
          control={control}
          value={value}
          choices={[
            { value: 'true', label: t('input.yes') },
            { value: 'false', label: t('input.no') },
          ]}
          none={t('input.choose')}
          onChange={onChange}
        />
      );
    case 'region':
      return (
        <RegionInput
          control={control}
          value={value}
          only={context.regionsOf?.(field.key) ?? null}
          onChange={onChange}
        />
      );
    case 'date':
      return <DateInput control={control} value={value} onChange={onChange} />;
    case 'organisation':
      return <OrganisationInput control={control} value={value} onChange={onChange} onCode={onCode} />;
    case 'file':
      return <FileInput control={control} value={value} context={context} onChange={onChange} />;
    case 'reference':
      if (context.reference) return context.reference({ field, control, value, onChange });
      break;
    case 'long-text':
      if (!compact)
        return (
          <textarea
            {...control}
            className={css.input}
            rows={4}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        );
  }
  const figure = field.type === 'integer' || field.type === 'number' || field.type === 'money';
  const input = (
    <input
      {...control}
      type={field.type === 'email' ? 'email' : 'text'}
      inputMode={figure || field.type === 'year' ? 'decimal' : undefined}
      autoComplete="off"
      className={css.input}
      data-figure={figure}
      data-short={field.type === 'year'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
  if (compact || !field.unit) return input;
  return (
    <span className={css.withUnit}>
      {input}
      <span>{behindFigure(field.unit)}</span>
    </span>
  );
}

/** One of a closed list. */
export function Select({
  control,
  value,
  choices,
  none,
  onChange,
}: {
  control: InputControl;
  value: string;
  choices: readonly { value: string; label: string }[];
  none: string;
  onChange: (value: string) => void;
}) {
  // A value that is no longer offered stays visible instead of turning silently into "none".
  const known = value === '' || choices.some((c) => c.value === value);
  return (
    <select
      {...control}
      className={css.input}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{none}</option>
      {!known && <option value={value}>{value}</option>}
      {choices.map((c) => (
        <option key={c.value} value={c.value}>
          {c.label}
        </option>
      ))}
    </select>
  );
}

function RegionInput({
  control,
  value,
  only,
  onChange,
}: {
  control: InputControl;
  value: string;
  /** Regions for which the person may enter something; null for all. */
  only: readonly string[] | null;
  onChange: (value: string) => void;
}) {
  const t = useShellText();
  const regions = useRegions();
  const choices = regions.choices.filter((c) => !only || only.includes(c.value) || c.value === value);
  return (
    <Select control={control} value={value} choices={choices} none={t('input.choose')} onChange={onChange} />
  );
}
