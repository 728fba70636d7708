import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { getPlan, listIndicators, listPeriods, listReports } from '#modules/plan/contract';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import css from '../office.module.css';
import { ReportsSearch } from '../search.ts';
import { StateMark, useStateWord } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { usePeriodLabel } from '../use-period-label.ts';
import { listQuery, pageSize } from './list-query.ts';

/** One row of the list. */
type Row = EndpointResponse<typeof listReports>['reports'][number];

const states = ['submitted', 'returned', 'accepted'] as const;

/** Reports by period, state, indicator and area; the plan office sees all, officers their own. */
export function ReportsPage() {
  const t = useText();
  const period = usePeriodLabel();
  const navigate = useNavigate();
  const [search] = usePageSearch(ReportsSearch);
  const list = useQuery({
    ...queryOf(listReports, { query: listQuery(search) }),
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
  const total = list.data?.total;
  const filtered = Boolean(search.period || search.state || search.no || search.scope);
  return (
    <article>
      <PageHeader title={t('reports.title')} subtitle={t('reports.subtitle')} scope={<Filters />} />
      <DataTable<Row>
        caption={t('reports.title')}
        rows={list.data?.reports}
        rowKey={(r) => r.id}
        total={total}
        loading={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<p>{filtered ? t('reports.emptyFiltered') : t('reports.empty')}</p>}
        onOpen={(r) => void navigate({ to: '/reports/$id', params: { id: r.id }, search: search as never })}
        foot={<Pager page={search.page ?? 1} size={pageSize} total={total ?? 0} />}
        columns={[
          {
            id: 'title',
            title: t('reports.indicator'),
            fixed: true,
            width: 280,
            cell: (r) => (
              <Link to="/reports/$id" params={{ id: r.id }} search={search as never}>
                <span className={css.no}>{r.no}</span> {r.title}
              </Link>
            ),
          },
          { id: 'scope', title: t('reports.scope'), cell: (r) => r.scopeName },
          { id: 'period', title: t('period'), cell: (r) => period(r.period) },
          {
            id: 'value',
            title: t('report.value'),
            align: 'right',
            cell: (r) => <span className={css.valueCell}>{r.display}</span>,
          },
          { id: 'state', title: t('state'), cell: (r) => <StateMark state={r.state} /> },
          { id: 'by', title: t('reports.by'), cell: (r) => r.submittedBy },
          { id: 'at', title: t('reports.at'), cell: (r) => formatMoment(r.submittedAt) },
        ]}
      />
    </article>
  );
}

function Filters() {
  const t = useText();
  const lang = useLang();
  const stateWord = useStateWord();
  const [search, setSearch] = usePageSearch(ReportsSearch);
  const periods = useQuery(queryOf(listPeriods, {}));
  const plan = useQuery({ ...queryOf(getPlan, {}), staleTime: 600_000 });
  const board = useQuery({ ...queryOf(listIndicators, { query: {} }), staleTime: 600_000 });
  const change = (part: Partial<ReportsSearch>) => setSearch({ page: undefined, ...part });
  const used = (periods.data?.periods ?? []).filter((p) => p.state !== 'planned').toReversed();
  const scopes = plan.data && [
    { value: 'city', label: plan.data.city[lang] },
    ...plan.data.counties.map((c) => ({ value: c.id, label: c.name })),
  ];
  return (
    <FieldRow label={t('filters')}>
      <SelectField
        label={t('state')}
        value={search.state}
        all={t('anyState')}
        choices={states.map((value) => ({ value, label: stateWord(value) }))}
        onChange={(state) => change({ state: state as ReportsSearch['state'] })}
      />
      <SelectField
        label={t('period')}
        value={search.period}
        all={t('reports.anyPeriod')}
        choices={used.map((p) => ({ value: p.id, label: p.label[lang] }))}
        onChange={(period) => change({ period })}
      />
      <SelectField
        label={t('reports.indicator')}
        value={search.no}
        all={t('reports.anyIndicator')}
        choices={(board.data?.indicators ?? []).map((i) => ({
          value: String(i.no),
          label: `${i.no} ${i.title}`,
        }))}
        onChange={(no) => change({ no })}
      />
      <SelectField
        label={t('reports.scope')}
        value={search.scope}
        all={t('reports.anyScope')}
        choices={scopes ?? []}
        onChange={(scope) => change({ scope })}
      />
      {(search.period || search.state || search.no || search.scope) && (
        <PlainButton
          onClick={() => change({ period: undefined, state: undefined, no: undefined, scope: undefined })}
        >
          {t('clearFilters')}
        </PlainButton>
      )}
    </FieldRow>
  );
}
