import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { formatMoment } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listOrganisations, type OrganisationRow } from '../contract.ts';
import { Code, FormerNames } from './marks.tsx';
import css from './organisations.module.css';
import { useRegionChoices } from './regions.ts';
import { OrganisationsSearch } from './search.ts';
import { useText } from './text.ts';

const pageSize = 50;

/** All organisations, by name, former name, code and region. */
export function ListPage() {
  const t = useText();
  const navigate = useNavigate();
  const [search] = usePageSearch(OrganisationsSearch);
  const page = search.page ?? 1;
  const list = useQuery({
    ...queryOf(listOrganisations, { query: { ...search, page, limit: pageSize } }),
    placeholderData: (before) => before,
  });
  const narrowed = Boolean(search.q || search.region || search.code);
  return (
    <article>
      <PageHeader
        title={t('list.title')}
        subtitle={t('list.subtitle')}
        actions={
          list.data?.abilities.manage && (
            <Link className={css.action} to="/organisations/duplicates">
              {t('duplicates.link')}
            </Link>
          )
        }
        scope={<Filters />}
      />
      <DataTable<OrganisationRow>
        caption={t('list.title')}
        rows={list.data?.organisations}
        rowKey={(o) => o.id}
        total={list.data?.total}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{narrowed ? t('list.nothing') : t('list.empty')}</p>}
        onOpen={(o) => void navigate({ to: '/organisations/$id', params: { id: o.id } })}
        foot={<Pager page={page} size={pageSize} total={list.data?.total ?? 0} />}
        columns={[
          {
            id: 'name',
            title: t('field.name'),
            fixed: true,
            width: 320,
            cell: (o) => (
              <>
                <Link to="/organisations/$id" params={{ id: o.id }} onClick={(e) => e.stopPropagation()}>
                  {o.name}
                </Link>
                <FormerNames names={o.formerNames} />
              </>
            ),
          },
          { id: 'code', title: t('field.code'), width: 200, cell: (o) => <Code code={o.code} /> },
          { id: 'region', title: t('field.region'), cell: (o) => o.region?.name ?? '' },
          { id: 'address', title: t('field.address'), cell: (o) => o.address ?? '' },
          { id: 'public', title: t('field.public'), cell: (o) => (o.public ? t('public.yes') : '') },
          { id: 'updated', title: t('field.updated'), cell: (o) => formatMoment(o.updatedAt) },
        ]}
      />
    </article>
  );
}

function Filters() {
  const t = useText();
  const id = useId();
  const regions = useRegionChoices();
  const [search, setSearch] = usePageSearch(OrganisationsSearch);
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  // Asks 300 ms after the last key.
  useEffect(() => {
    const wanted = typed.trim() || undefined;
    if (wanted === search.q) return;
    const timer = setTimeout(() => setSearch({ q: wanted, page: undefined }), 300);
    return () => clearTimeout(timer);
  }, [typed, search.q, setSearch]);
  return (
    <FieldRow label={t('filters')}>
      <span className={css.search}>
        <label htmlFor={id}>{t('list.search')}</label>
        <input
          id={id}
          type="search"
          placeholder={t('list.placeholder')}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
      </span>
      <SelectField
        label={t('field.region')}
        value={search.region}
        all={t('any')}
        choices={[...regions, { value: 'none', label: t('region.none') }]}
        onChange={(region) => setSearch({ region, page: undefined })}
      />
      <SelectField
        label={t('field.codeShort')}
        value={search.code}
        all={t('any')}
        choices={[
          { value: 'with', label: t('code.with') },
          { value: 'without', label: t('code.without') },
        ]}
        onChange={(code) => setSearch({ code: code as OrganisationsSearch['code'], page: undefined })}
      />
      <SelectField
        label={t('sort')}
        value={search.sort ?? 'name'}
        choices={[
          { value: 'name', label: t('sort.name') },
          { value: 'updated', label: t('sort.updated') },
        ]}
        onChange={(sort) => setSearch({ sort: sort === 'updated' ? sort : undefined, page: undefined })}
      />
      {(search.q || search.region || search.code) && (
        <PlainButton
          onClick={() => setSearch({ q: undefined, region: undefined, code: undefined, page: undefined })}
        >
          {t('clear')}
        </PlainButton>
      )}
    </FieldRow>
  );
}
