import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { type DepartmentView, listDepartments } from '../contract.ts';
import { fits, NameCell, NowCell, ValidityCell } from './columns.tsx';
import { PartyFilters } from './filters.tsx';
import { PartiesSearch } from './search.ts';
import { useText } from './text.ts';
import { departmentKinds } from './words.ts';

/** Departments as they stood on a day: names, validity, who took over. */
export function DepartmentsPage() {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const [search] = usePageSearch(PartiesSearch);
  const list = useQuery({
    ...queryOf(listDepartments, { query: { asOf: search.asOf } }),
    placeholderData: (before) => before,
  });
  const asOf = list.data?.asOf ?? '';
  const rows = list.data?.departments.filter((d) => fits(d, search));
  return (
    <article>
      <PageHeader
        title={t('departments.title')}
        subtitle={t('departments.subtitle')}
        scope={
          <PartyFilters
            placeholder={t('departments.search')}
            kinds={departmentKinds}
            asOf={list.data?.asOf}
          />
        }
        actions={list.data?.abilities.edit && <Link to="/admin/departments/new">{t('departments.add')}</Link>}
      />
      <DataTable<DepartmentView>
        caption={t('departments.title')}
        rows={rows}
        total={rows?.length}
        rowKey={(d) => d.id}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{t('list.nothing')}</p>}
        onOpen={(d) => void navigate({ to: '/admin/departments/$id', params: { id: d.id } })}
        columns={[
          {
            id: 'name',
            title: t('list.name'),
            fixed: true,
            width: 300,
            cell: (d) => <NameCell kind="department" view={d} lang={lang} />,
          },
          { id: 'kind', title: t('list.kind'), cell: (d) => t(`kind.${d.kind}`) },
          {
            id: 'validity',
            title: t('list.validity'),
            cell: (d) => <ValidityCell view={d} asOf={asOf} />,
          },
          { id: 'now', title: t('list.now'), cell: (d) => <NowCell kind="department" view={d} /> },
          { id: 'origin', title: t('list.origin'), cell: (d) => t(`origin.${d.origin}`) },
        ]}
      />
    </article>
  );
}
