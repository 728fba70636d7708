import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listRegions, type RegionView } from '../contract.ts';
import { fits, NameCell, NowCell, ValidityCell } from './columns.tsx';
import { PartyFilters } from './filters.tsx';
import css from './parties.module.css';
import { PartiesSearch } from './search.ts';
import { useText } from './text.ts';
import { regionKinds, usePeriodWords } from './words.ts';

/** The city, its counties and parks with all codes they ever had. */
export function RegionsPage() {
  const t = useText();
  const lang = useLang();
  const words = usePeriodWords();
  const navigate = useNavigate();
  const [search] = usePageSearch(PartiesSearch);
  const list = useQuery({
    ...queryOf(listRegions, { query: { asOf: search.asOf } }),
    placeholderData: (before) => before,
  });
  const asOf = list.data?.asOf ?? '';
  const rows = list.data?.regions.filter((r) => fits(r, search));
  return (
    <article>
      <PageHeader
        title={t('regions.title')}
        subtitle={t('regions.subtitle')}
        scope={
          <PartyFilters
            placeholder={t('regions.search')}
            kinds={regionKinds}
            uncoded
            asOf={list.data?.asOf}
          />
        }
        actions={list.data?.abilities.edit && <Link to="/admin/regions/new">{t('regions.add')}</Link>}
      />
      <DataTable<RegionView>
        caption={t('regions.title')}
        rows={rows}
        total={rows?.length}
        rowKey={(r) => r.id}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('list.nothing')}</p>}
        onOpen={(r) => void navigate({ to: '/admin/regions/$id', params: { id: r.id } })}
        columns={[
          {
            id: 'name',
            title: t('list.name'),
            fixed: true,
            width: 260,
            cell: (r) => <NameCell kind="region" view={r} lang={lang} />,
          },
          { id: 'kind', title: t('list.kind'), cell: (r) => t(`kind.${r.kind}`) },
          {
            id: 'code',
            title: t('list.code'),
            cell: (r) => r.code ?? <span className={css.gone}>{t('list.noCode')}</span>,
          },
          {
            id: 'codes',
            title: t('list.codes'),
            cell: (r) =>
              r.codes.map((c) => (
                <div key={c.code}>
                  {c.code} <span className={css.gone}>{words(c.from, c.to)}</span>
                </div>
              )),
          },
          {
            id: 'validity',
            title: t('list.validity'),
            cell: (r) => <ValidityCell view={r} asOf={asOf} />,
          },
          { id: 'now', title: t('list.now'), cell: (r) => <NowCell kind="region" view={r} /> },
          { id: 'origin', title: t('list.origin'), cell: (r) => t(`origin.${r.origin}`) },
        ]}
      />
    </article>
  );
}
