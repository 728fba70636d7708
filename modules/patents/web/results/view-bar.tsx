import { type ReactNode, useState } from 'react';
import { SelectField, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { setPrefs, usePrefs } from '#shell/prefs';
import { PatentSort } from '../../contract/search.ts';
import type { PatentSearch } from '../address.ts';
import type { ChangeSearch } from '../search/use-search.ts';
import { useText } from '../text.ts';
import css from './view-bar.module.css';
import { COLUMNS, setViewPrefs, useViewPrefs } from './view-prefs.ts';

/** Order, grouping, and how the results are shown. */
export function ViewBar({
  search,
  onChange,
  onReview,
  children,
}: {
  search: PatentSearch;
  onChange: ChangeSearch;
  /** Begins reading one record after another. */
  onReview: () => void;
  /** What stands before it in the line. */
  children: ReactNode;
}) {
  const t = useText();
  const { view } = useViewPrefs();
  return (
    <div className={`${css.bar} no-print`}>
      {children}
      <SelectField
        label={t('view.sort')}
        value={search.sort ?? 'newest'}
        choices={PatentSort.options.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
        onChange={(value) => {
          const sort = PatentSort.options.find((one) => one === value);
          onChange({ sort: sort === 'newest' ? undefined : sort });
        }}
      />
      <Families search={search} onChange={onChange} />
      <span className={css.right}>
        <ToggleGroup>
          {(['list', 'table', 'cards'] as const).map((one) => (
            <Toggle key={one} pressed={view === one} onChange={() => setViewPrefs({ view: one })}>
              {t(`view.${one}`)}
            </Toggle>
          ))}
        </ToggleGroup>
        {view === 'table' && <TableSettings />}
        <Toggle pressed={false} onChange={onReview}>
          {t('view.review')}
        </Toggle>
      </span>
    </div>
  );
}

const OFFICES = 'CN,US,EP,WO,JP,KR';

/** One representative of each family, and which one it is. */
function Families({ search, onChange }: { search: PatentSearch; onChange: ChangeSearch }) {
  const t = useText();
  const on = search.group === 'family';
  const offices = /^[A-Z]{2}/.test(search.prefer ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const order = typed ?? (offices ? search.prefer! : OFFICES);
  const read = order
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((code) => code.length === 2)
    .join(',');
  const commit = () => {
    setTyped(null);
    if (read !== '' && read !== search.prefer) onChange({ prefer: read });
  };
  return (
    <>
      <Toggle
        pressed={on}
        onChange={(pressed) => onChange({ group: pressed ? 'family' : undefined, prefer: undefined })}
      >
        {t('view.group')}
      </Toggle>
      {on && (
        <SelectField
          label={t('view.prefer')}
          value={offices ? 'offices' : (search.prefer ?? 'latest')}
          choices={(['latest', 'earliest', 'granted', 'offices'] as const).map((one) => ({
            value: one,
            label: t(`prefer.${one}`),
          }))}
          onChange={(value) =>
            onChange({ prefer: value === 'latest' ? undefined : value === 'offices' ? OFFICES : value })
          }
        />
      )}
      {on && offices && (
        <input
          className={css.offices}
          type="text"
          size={16}
          value={order}
          aria-label={t('view.offices')}
          title={t('view.offices')}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      )}
    </>
  );
}

/** Columns of the table and the height of its rows. */
function TableSettings() {
  const t = useText();
  const { columns } = useViewPrefs();
  const { density } = usePrefs();
  return (
    <details className={css.settings}>
      <summary>{t('view.columns')}</summary>
      <div className={css.panel}>
        <ul>
          {COLUMNS.map((column) => (
            <li key={column}>
              <label>
                <input
                  type="checkbox"
                  checked={columns.includes(column)}
                  onChange={(event) =>
                    setViewPrefs({
                      columns: COLUMNS.filter((c) =>
                        c === column ? event.target.checked : columns.includes(c),
                      ),
                    })
                  }
                />
                {t(`column.${column}`)}
              </label>
            </li>
          ))}
        </ul>
        <SelectField
          label={t('view.density')}
          value={density}
          choices={(['compact', 'normal', 'touch'] as const).map((one) => ({
            value: one,
            label: t(`density.${one}`),
          }))}
          onChange={(value) =>
            setPrefs({ density: value === 'compact' || value === 'touch' ? value : 'normal' })
          }
        />
      </div>
    </details>
  );
}
