import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { type DuplicateGroup, type EntryRow, listDuplicates, type RegisterView } from '../../../contract.ts';
import { CellLine, StateMark } from '../../marks.tsx';
import shared from '../../registers.module.css';
import { fieldsByKey } from '../../use-register.ts';
import { RegisterFrame, Way } from '../register-frame.tsx';
import { DuplicatesSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { survivorFirst } from './choice.ts';
import { Merges } from './merges.tsx';
import { Pair } from './pair.tsx';

/** Entries that look like one, two of them beside each other, and the merges that were made with the way back. */
export function DuplicatesPage() {
  const t = useWorkText();
  const [search, change] = usePageSearch(DuplicatesSearch);
  return (
    <RegisterFrame title={t('duplicates.title')}>
      {(register) => (
        <>
          <PageHeader
            title={t('duplicates.titleOf', { register: register.title })}
            before={
              <>
                <Way register={register} />
                {search.keep && search.drop && (
                  <>
                    {' / '}
                    <Link to="/registers/$register/duplicates" params={{ register: register.id }}>
                      {t('duplicates.title')}
                    </Link>
                  </>
                )}
              </>
            }
            subtitle={t('duplicates.subtitle')}
            scope={
              register.abilities.keep && !(search.keep && search.drop) ? (
                <ToggleGroup>
                  <Toggle pressed={search.show === undefined} onChange={() => change({ show: undefined })}>
                    {t('duplicates.groups')}
                  </Toggle>
                  <Toggle pressed={search.show === 'merges'} onChange={() => change({ show: 'merges' })}>
                    {t('duplicates.merges')}
                  </Toggle>
                </ToggleGroup>
              ) : undefined
            }
          />
          {!register.abilities.keep ? (
            <Notice tone="attention" title={t('notAllowed')}>
              <p>{t('notAllowedWhy', { keeper: register.keeper })}</p>
            </Notice>
          ) : search.keep && search.drop ? (
            <Pair
              key={[search.keep, search.drop].sort().join(' ')}
              register={register}
              keep={search.keep}
              drop={search.drop}
              onSwap={() => change({ keep: search.drop, drop: search.keep })}
            />
          ) : search.show === 'merges' ? (
            <Merges register={register} />
          ) : (
            <Groups register={register} />
          )}
        </>
      )}
    </RegisterFrame>
  );
}

function Groups({ register }: { register: RegisterView }) {
  const t = useWorkText();
  const list = useQuery(queryOf(listDuplicates, { params: { register: register.id } }));
  if (!list.data)
    return list.error ? (
      <ErrorPanel error={list.error} what={t('duplicates.title')} onRetry={() => void list.refetch()} />
    ) : (
      <Skeleton rows={10} />
    );
  const { groups, more } = list.data;
  if (groups.length === 0) return <p className={css.empty}>{t('duplicates.none')}</p>;
  return (
    <>
      <p role="status" className={shared.muted}>
        {t(more ? 'duplicates.countMore' : 'duplicates.count', { count: groups.length })}
      </p>
      {groups.map((group) => (
        <Group key={group.entries.map((e) => e.no).join(' ')} register={register} group={group} />
      ))}
    </>
  );
}

/** Columns of the register that are shown of each entry, besides number, name and state. */
const COLUMNS = 4;

function Group({ register, group }: { register: RegisterView; group: DuplicateGroup }) {
  const t = useWorkText();
  const fields = fieldsByKey(register);
  const entries = survivorFirst(group.entries);
  const first = entries[0]!;
  const columns = [register.organisationFields?.code, ...register.columns]
    .filter(
      (key, i, all): key is string => Boolean(key) && key !== register.titleField && all.indexOf(key) === i,
    )
    .slice(0, COLUMNS)
    .flatMap((key) => fields.get(key) ?? []);
  return (
    <section className={css.group} aria-label={group.reason}>
      <h2>{group.reason}</h2>
      <ScrollBox label={group.reason}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('duplicates.no')}</th>
              <th scope="col">{t('duplicates.entry')}</th>
              <th scope="col">{t('duplicates.state')}</th>
              {columns.map((f) => (
                <th key={f.key} scope="col">
                  {f.label}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('duplicates.compare')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.no}>
                <td className={shared.nowrap}>{entry.no}</td>
                <th scope="row">
                  <Link to="/registers/$register/$no" params={{ register: register.id, no: entry.no }}>
                    {entry.title || entry.no}
                  </Link>
                </th>
                <td>
                  <StateMark state={entry.state} label={entry.stateLabel} />
                </td>
                {columns.map((f) => (
                  <td key={f.key}>
                    <CellLine cell={entry.cells[f.key]} />
                  </td>
                ))}
                <td>{entry !== first && <ToPair register={register} keep={first} drop={entry} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function ToPair({ register, keep, drop }: { register: RegisterView; keep: EntryRow; drop: EntryRow }) {
  const t = useWorkText();
  return (
    <Link
      to="/registers/$register/duplicates"
      params={{ register: register.id }}
      search={{ keep: keep.no, drop: drop.no } as never}
      className={shared.action}
    >
      {t('duplicates.compareWith', { no: keep.no })}
    </Link>
  );
}
