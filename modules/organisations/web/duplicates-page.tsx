import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatShare } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import {
  listOrganisationDuplicates,
  listOrganisationMerges,
  type OrganisationDuplicates,
  type OrganisationRow,
} from '../contract.ts';
import { MentionCount } from './compare.tsx';
import { Code, FormerNames } from './marks.tsx';
import { MergeList } from './merge-list.tsx';
import css from './organisations.module.css';
import { DuplicatesSearch } from './search.ts';
import { useText } from './text.ts';

const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }));
const pageSize = 20;

/** Organisations that may be one, side by side; and the merges that were made, with the way back. */
export function DuplicatesPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(DuplicatesSearch);
  const merges = search.show === 'merges';
  return (
    <article>
      <PageHeader
        title={t('duplicates.title')}
        subtitle={t('duplicates.subtitle')}
        before={<Link to="/organisations">{t('page.back')}</Link>}
        scope={
          <ToggleGroup>
            <Toggle pressed={!merges} onChange={() => setSearch({ show: undefined, page: undefined })}>
              {t('duplicates.groups')}
            </Toggle>
            <Toggle pressed={merges} onChange={() => setSearch({ show: 'merges', page: undefined })}>
              {t('duplicates.merges')}
            </Toggle>
          </ToggleGroup>
        }
      />
      {merges ? <Merges page={search.page ?? 1} /> : <Groups page={search.page ?? 1} />}
    </article>
  );
}

function Groups({ page }: { page: number }) {
  const t = useText();
  const [merging, setMerging] = useState<string | null>(null);
  const list = useQuery({
    ...queryOf(listOrganisationDuplicates, { query: { page, limit: pageSize } }),
    placeholderData: (before) => before,
  });
  if (list.error && !list.data)
    return <ErrorPanel error={list.error} what={t('duplicates.title')} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} />;
  const { groups, total } = list.data;
  const open = groups.find((group) => keyOfGroup(group) === merging);
  return (
    <>
      <p className={css.count} role="status">
        {t('duplicates.count', { count: total })}
      </p>
      {groups.length === 0 && <p className={css.empty}>{t('duplicates.empty')}</p>}
      {groups.map((group) => (
        <Group key={keyOfGroup(group)} group={group} onMerge={() => setMerging(keyOfGroup(group))} />
      ))}
      <Pager page={page} size={pageSize} total={total} />
      <Suspense>
        {open && <MergeDialog members={open.organisations} onClose={() => setMerging(null)} />}
      </Suspense>
    </>
  );
}

const keyOfGroup = (group: OrganisationDuplicates) => group.organisations.map((one) => one.id).join(' ');

function Group({ group, onMerge }: { group: OrganisationDuplicates; onMerge: () => void }) {
  const t = useText();
  const { organisations: members } = group;
  const line = (name: string, of: (one: OrganisationRow) => React.ReactNode) => (
    <tr>
      <th scope="row">{name}</th>
      {members.map((one) => (
        <td key={one.id}>{of(one)}</td>
      ))}
    </tr>
  );
  return (
    <section className={css.group} aria-label={group.name}>
      <header>
        <h2>{group.name}</h2>
        <span className={css.sub}>
          {group.reason}
          {group.closeness !== null &&
            ` · ${t('duplicates.closeness', { share: formatShare(group.closeness, 0) })}`}
        </span>
        <Button onClick={onMerge}>{t('merge.compareAnd')}</Button>
      </header>
      <ScrollBox label={group.name}>
        <table className={css.compare}>
          <tbody>
            {line(t('field.name'), (one) => (
              <>
                <Link to="/organisations/$id" params={{ id: one.id }}>
                  {one.name}
                </Link>
                <FormerNames names={one.formerNames} />
              </>
            ))}
            {line(t('field.code'), (one) => (
              <Code code={one.code} />
            ))}
            {line(t('field.region'), (one) => one.region?.name ?? '')}
            {line(t('field.address'), (one) => one.address ?? '')}
            {line(t('mentions.title'), (one) => (
              <MentionCount id={one.id} />
            ))}
            {line(t('field.updated'), (one) => formatMoment(one.updatedAt))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

function Merges({ page }: { page: number }) {
  const t = useText();
  const list = useQuery({
    ...queryOf(listOrganisationMerges, { query: { page, limit: pageSize } }),
    placeholderData: (before) => before,
  });
  if (list.error && !list.data)
    return <ErrorPanel error={list.error} what={t('merges.title')} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={8} />;
  return (
    <>
      <p className={css.count} role="status">
        {t('merges.count', { count: list.data.total })}
      </p>
      {list.data.merges.length === 0 ? (
        <p className={css.empty}>{t('merges.empty')}</p>
      ) : (
        <MergeList merges={list.data.merges} />
      )}
      <Pager page={page} size={pageSize} total={list.data.total} />
    </>
  );
}
