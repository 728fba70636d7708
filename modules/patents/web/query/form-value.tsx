import { useLang } from '#shell/i18n';
import { fieldOf } from '../../query/fields.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import css from './form-mode.module.css';
import type { FormRow } from './form-rows.ts';

/** The value of a row, by the kind of its field: words, two ends of a range, listed values to tick. */
export function RowValue({
  row,
  number,
  onChange,
}: {
  row: FormRow;
  /** Place of the row, for naming it. */
  number: number;
  onChange: (values: Partial<FormRow>) => void;
}) {
  const t = useText();
  const lang = useLang();
  const regions = useRegions();
  const field = fieldOf(row.field);
  const help = field.help[lang];
  if (row.condition === 'oneOf') {
    const chosen = row.value.split('|').filter((id) => id !== '');
    return (
      <fieldset className={css.ticks}>
        <legend className="visually-hidden">{t('form.value', { row: number })}</legend>
        {(field.values ?? []).map((value) => (
          <label key={value.id}>
            <input
              type="checkbox"
              checked={chosen.includes(value.id)}
              onChange={(event) =>
                onChange({
                  value: (field.values ?? [])
                    .map((v) => v.id)
                    .filter((id) => (id === value.id ? event.target.checked : chosen.includes(id)))
                    .join('|'),
                })
              }
            />
            {value[lang]}
          </label>
        ))}
      </fieldset>
    );
  }
  if (row.condition === 'between')
    return (
      <span className={css.between}>
        <input
          type="text"
          inputMode="numeric"
          value={row.value}
          placeholder={t(field.kind === 'date' ? 'form.from' : 'form.least')}
          aria-label={t('form.fromOf', { row: number })}
          onChange={(event) => onChange({ value: event.target.value })}
        />
        <span aria-hidden="true">–</span>
        <input
          type="text"
          inputMode="numeric"
          value={row.to}
          placeholder={t(field.kind === 'date' ? 'form.to' : 'form.most')}
          aria-label={t('form.toOf', { row: number })}
          onChange={(event) => onChange({ to: event.target.value })}
        />
      </span>
    );
  if (row.field === 'RG')
    return (
      <select
        className={css.value}
        aria-label={t('form.value', { row: number })}
        value={row.value}
        onChange={(event) => onChange({ value: event.target.value })}
      >
        <option value="">{t('form.anyRegion')}</option>
        {regions.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  return (
    <input
      type="text"
      className={css.value}
      value={row.value}
      placeholder={help}
      aria-label={t('form.value', { row: number })}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ value: event.target.value })}
    />
  );
}
