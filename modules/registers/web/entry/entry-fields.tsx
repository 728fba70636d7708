import { InternalMark, useFieldTitle } from '#shell/components/record-form/marks.tsx';
import type { CellView, Entry } from '../../contract.ts';
import { CellWhole } from '../cells.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import css from './entry.module.css';

type Field = Entry['fields'][number];

const filled = (cell: CellView | undefined) =>
  cell !== undefined && (cell.text !== '' || (cell.rows?.length ?? 0) > 0);

/** The content by field; single values first, lists as tables below, fields of earlier declarations last. */
export function EntryFields({ entry }: { entry: Entry }) {
  const t = useText();
  const title = useFieldTitle();
  const own = entry.fields.filter((f) => !f.retired);
  const full = own.filter((f) => filled(entry.cells[f.key]));
  const retired = entry.fields.filter((f) => f.retired && filled(entry.cells[f.key]));
  const lists = full.filter((f) => f.type === 'rows');
  const unfilled = own.filter((f) => !filled(entry.cells[f.key]));
  return (
    <>
      <section className={shared.section} aria-labelledby="entry-content">
        <h2 id="entry-content">{t('entry.content')}</h2>
        <FieldList fields={full.filter((f) => f.type !== 'rows')} entry={entry} />
        {unfilled.length > 0 && (
          <p className={css.unfilled}>
            {t('entry.unfilled', { fields: unfilled.map((f) => f.label).join(t('listComma')) })}
          </p>
        )}
      </section>
      {lists.map((field) => (
        <section key={field.key} className={shared.section} aria-labelledby={`list-${field.key}`}>
          <h2 id={`list-${field.key}`}>
            {title(field)}
            {field.internal && <InternalMark />}
            <span className={css.count}>
              {t('entry.rows', { count: entry.cells[field.key]?.rows?.length ?? 0 })}
            </span>
          </h2>
          <CellWhole field={field} cell={entry.cells[field.key]} />
        </section>
      ))}
      {retired.length > 0 && (
        <section className={shared.section} aria-labelledby="entry-retired">
          <h2 id="entry-retired">{t('entry.retired')}</h2>
          <p className={shared.note}>{t('entry.retiredHelp')}</p>
          <FieldList fields={retired} entry={entry} />
        </section>
      )}
    </>
  );
}

function FieldList({ fields, entry }: { fields: readonly Field[]; entry: Entry }) {
  const t = useText();
  return (
    <dl className={css.fields}>
      {fields.map((field) => (
        <div key={field.key} data-wide={field.type === 'long-text' || undefined}>
          <dt>
            {field.label}
            {field.internal && <InternalMark />}
            {field.computed && (
              <span className={css.computed} title={t('field.computedHelp')}>
                {t('field.computed')}
              </span>
            )}
          </dt>
          <dd>
            <CellWhole field={field} cell={entry.cells[field.key]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
