import { type ColumnMapping, type ImportPreview, MappedField } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { FIELD_GROUPS, type FieldGroup, mappingRows } from './mapping.ts';

/** One line for each column: its head, what stands in it, and the field that it feeds. */
export function MappingTable({
  preview,
  mapping,
  onChange,
}: {
  preview: ImportPreview;
  mapping: ColumnMapping;
  onChange: (head: string, field: MappedField | null) => void;
}) {
  const t = useText();
  return (
    <table className={css.mapping}>
      <caption className="visually-hidden">{t('prepare.mapping')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('mapping.column')}</th>
          <th scope="col">{t('mapping.field')}</th>
          <th scope="col">{t('mapping.samples')}</th>
        </tr>
      </thead>
      <tbody>
        {mappingRows(preview.header, preview.rows, mapping).map(({ head, field, samples }, i) => (
          <tr key={head} data-mapped={field !== null}>
            <th scope="row">{head}</th>
            <td>
              <FieldSelect
                id={`mapping-${i}`}
                label={t('mapping.choose', { head })}
                value={field}
                onChange={(next) => onChange(head, next)}
              />
            </td>
            <td className={css.samples}>
              {samples.length === 0 ? (
                <span className={css.muted}>{t('mapping.noSample')}</span>
              ) : (
                samples.map((sample) => <span key={sample}>{sample}</span>)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FieldSelect({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label: string;
  value: MappedField | null;
  onChange: (field: MappedField | null) => void;
}) {
  const t = useText();
  return (
    <select
      id={id}
      aria-label={label}
      className={css.select}
      value={value ?? ''}
      onChange={(event) => onChange(MappedField.safeParse(event.target.value).data ?? null)}
    >
      <option value="">{t('mapping.extra')}</option>
      {(Object.keys(FIELD_GROUPS) as FieldGroup[]).map((group) => (
        <optgroup key={group} label={t(`fields.${group}`)}>
          {FIELD_GROUPS[group].map((field) => (
            <option key={field} value={field}>
              {t(`field.${field}`)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
