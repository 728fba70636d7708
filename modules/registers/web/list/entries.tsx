import { Link, useNavigate } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { type DataColumn, DataTable } from '#shell/components/data-table.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { InternalMark, useFieldTitle } from '#shell/components/record-form/marks.tsx';
import { formatNumber } from '#shell/format';
import type { EntryRow, listEntries, RegisterView } from '../../contract.ts';
import { CellLine, DueMark, isFigure, StateMark } from '../marks.tsx';
import shared from '../registers.module.css';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import { fieldsByKey } from '../use-register.ts';
import css from './list.module.css';
import { PAGE_SIZE } from './list-query.ts';
import { queryText, WIDE } from './narrowing.ts';

/** The entries found, with the register's own columns, and what can be done with several at once. */
export function Entries({
  register,
  list,
  error,
  loading,
  search,
  narrowed,
  selected,
  onSelect,
  onChange,
  onRetry,
}: {
  register: RegisterView;
  list: EndpointResponse<typeof listEntries> | undefined;
  error: unknown;
  loading: boolean;
  search: ListSearch;
  narrowed: boolean;
  selected: readonly string[];
  onSelect: (nos: readonly string[]) => void;
  onChange: (change: Partial<ListSearch>) => void;
  onRetry: () => void;
}) {
  const t = useText();
  const navigate = useNavigate();
  const keep = register.abilities.keep && !search.known;
  const columns = useColumns(register, search);
  const rows = list?.entries ?? [];
  const here = rows.map((r) => r.no);
  const allHere = here.length > 0 && here.every((no) => selected.includes(no));
  const toggle = (no: string) =>
    onSelect(selected.includes(no) ? selected.filter((n) => n !== no) : [...selected, no]);
  const select: DataColumn<EntryRow> = {
    id: 'select',
    title: t('select.column'),
    width: 56,
    cell: (row) => (
      // biome-ignore lint/a11y/noStaticElementInteractions: keeps a press beside the box from opening the row.
      // biome-ignore lint/a11y/useKeyWithClickEvents: the box inside takes the keys.
      <span className={css.box} onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          aria-label={t('select.one', { no: row.no, title: row.title })}
          checked={selected.includes(row.no)}
          onChange={() => toggle(row.no)}
        />
      </span>
    ),
  };
  return (
    <>
      {keep && rows.length > 0 && list && (
        <div className={`${css.selection} no-print`} data-some={selected.length > 0}>
          <button
            type="button"
            className={shared.plain}
            onClick={() =>
              onSelect(
                allHere ? selected.filter((no) => !here.includes(no)) : [...new Set([...selected, ...here])],
              )
            }
          >
            {t(allHere ? 'select.noneHere' : 'select.allHere')}
          </button>
          {selected.length > 0 && (
            <>
              <span role="status">{t('select.count', { count: formatNumber(selected.length) })}</span>
              <Link
                to="/registers/$register/bulk"
                params={{ register: register.id }}
                search={{ nos: selected.join(',') } as never}
                className={shared.action}
              >
                {t('bulk.selected')}
              </Link>
              <button type="button" className={shared.plain} onClick={() => onSelect([])}>
                {t('select.clear')}
              </button>
            </>
          )}
          {selected.length === 0 && (
            <Link
              to="/registers/$register/bulk"
              params={{ register: register.id }}
              search={{ query: queryText(search) } as never}
            >
              {t('bulk.found', { count: formatNumber(list.total) })}
            </Link>
          )}
        </div>
      )}
      <DataTable<EntryRow>
        caption={register.title}
        rows={list?.entries}
        rowKey={(row) => row.no}
        total={list?.total}
        loading={loading}
        error={error}
        onRetry={onRetry}
        empty={<Nothing register={register} search={search} narrowed={narrowed} onChange={onChange} />}
        onOpen={(row) =>
          void navigate({
            to: '/registers/$register/$no',
            params: { register: register.id, no: row.no },
            search: { known: search.known } as never,
          })
        }
        sorting={search.sort ? { column: search.sort, descending: search.desc === 'true' } : undefined}
        onSort={(sorting) =>
          onChange({
            sort: sorting?.column,
            desc: sorting?.descending ? 'true' : undefined,
            page: undefined,
          })
        }
        columns={keep ? [select, ...columns] : columns}
        foot={<Pager page={list?.page ?? 1} size={PAGE_SIZE} total={list?.total ?? 0} />}
      />
    </>
  );
}

/** The declared columns, with the number before and state and due date after them. */
function useColumns(register: RegisterView, search: ListSearch): DataColumn<EntryRow>[] {
  const t = useText();
  const title = useFieldTitle();
  const fields = fieldsByKey(register);
  const sortOf = (key: string) => {
    if (key === register.titleField) return 'title';
    if (key === register.regionField) return 'region';
    if (key === register.validity.from) return 'validFrom';
    if (key === register.validity.to) return 'validTo';
    return register.facets.includes(key) ? key : null;
  };
  // An entry must be told by its name even where the declaration does not list it.
  const keys = register.columns.includes(register.titleField)
    ? register.columns
    : [register.titleField, ...register.columns];
  const declared = keys.flatMap((key): DataColumn<EntryRow>[] => {
    const field = fields.get(key);
    if (!field) return [];
    const sort = sortOf(key);
    const isTitle = key === register.titleField;
    return [
      {
        id: sort ?? key,
        title: title(field),
        align: isFigure(field) ? 'right' : undefined,
        sortable: sort !== null,
        fixed: isTitle,
        width: isTitle ? 260 : undefined,
        cell: (row) =>
          isTitle ? (
            <Link
              to="/registers/$register/$no"
              params={{ register: register.id, no: row.no }}
              search={{ known: search.known } as never}
              className={css.title}
              onClick={(event) => event.stopPropagation()}
            >
              {row.title || row.no}
            </Link>
          ) : (
            <span className={css.cell} data-type={field.type}>
              <CellLine cell={row.cells[key]} unit={field.unit} />
              {field.internal && row.cells[key]?.text && <InternalMark />}
            </span>
          ),
      },
    ];
  });
  // The state stands beside the name: in a wide table it would otherwise be out of sight.
  const after = declared.findIndex((c) => c.fixed) + 1;
  return [
    {
      id: 'no',
      title: t('column.no'),
      sortable: true,
      cell: (row) => <span className={shared.nowrap}>{row.no}</span>,
    },
    ...declared.slice(0, after),
    {
      id: 'state',
      title: t('column.state'),
      sortable: true,
      cell: (row) => <StateMark state={row.state} label={row.stateLabel} />,
    },
    ...declared.slice(after),
    {
      id: 'due',
      title: t('column.due'),
      sortable: true,
      cell: (row) => (row.due ? <DueMark due={row.due} /> : <CellLine cell={undefined} />),
    },
  ];
}

function Nothing({
  register,
  search,
  narrowed,
  onChange,
}: {
  register: RegisterView;
  search: ListSearch;
  narrowed: boolean;
  onChange: (change: Partial<ListSearch>) => void;
}) {
  const t = useText();
  const params = { register: register.id };
  const { keep, propose } = register.abilities;
  if (search.page)
    return (
      <p>
        {t('nothing.behind')}{' '}
        <button type="button" className={shared.plain} onClick={() => onChange({ page: undefined })}>
          {t('nothing.first')}
        </button>
      </p>
    );
  if (narrowed || search.on || search.known)
    return (
      <>
        <p>{t('nothing.narrowed')}</p>
        <p>
          <button
            type="button"
            className={shared.plain}
            onClick={() => onChange({ ...WIDE, on: undefined, known: undefined })}
          >
            {t('nothing.all')}
          </button>
        </p>
      </>
    );
  return (
    <>
      <p>{t('nothing.yet')}</p>
      {(keep || propose) && (
        <p>
          {t('nothing.begin')}{' '}
          <Link to="/registers/$register/new" params={params} className={shared.link}>
            {t('tools.new')}
          </Link>
          {keep && (
            <>
              {' · '}
              <Link to="/registers/$register/import" params={params} className={shared.link}>
                {t('tools.import')}
              </Link>
            </>
          )}
        </p>
      )}
    </>
  );
}
