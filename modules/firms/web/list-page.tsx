import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '#shell/components/data-table.tsx';
import { FieldRow, SelectField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import {
  type Application,
  ApplicationState,
  FEATURE_TEXT,
  type Firm,
  FirmState,
  listApplications,
  listFirms,
} from '../contract.ts';
import css from './firms.module.css';
import { FeatureLine } from './parts/features.tsx';
import { FirmsSearch } from './search.ts';
import { useText } from './text.ts';

const SIZE = 50;

/** Applications and firms, for those who decide. */
export function FirmsPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(FirmsSearch);
  const show = search.show ?? 'applications';
  const states = show === 'firms' ? FirmState.options : ApplicationState.options;
  const state = (states as readonly string[]).find((s) => s === search.state);
  const word = (s: string) =>
    show === 'firms' ? t(`state.${s as FirmState}`) : t(`app.${s as ApplicationState}`);
  return (
    <article>
      <PageHeader
        title={t('list.title')}
        subtitle={t('list.subtitle')}
        scope={
          <FieldRow label={t('list.which')}>
            <SelectField
              label={t('list.which')}
              value={show}
              choices={[
                { value: 'applications', label: t('list.applications') },
                { value: 'firms', label: t('list.firms') },
              ]}
              onChange={(next) =>
                setSearch({
                  show: next === 'firms' ? 'firms' : undefined,
                  state: undefined,
                  page: undefined,
                })
              }
            />
            <SelectField
              label={t('list.state')}
              value={state}
              all={t('list.any')}
              choices={states.map((s) => ({ value: s, label: word(s) }))}
              onChange={(next) => setSearch({ state: next, page: undefined })}
            />
          </FieldRow>
        }
      />
      {show === 'firms' ? (
        <FirmList state={state as FirmState | undefined} page={search.page ?? 1} />
      ) : (
        <ApplicationList state={state as ApplicationState | undefined} page={search.page ?? 1} />
      )}
    </article>
  );
}

function ApplicationList({ state, page }: { state: ApplicationState | undefined; page: number }) {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const list = useQuery(queryOf(listApplications, { query: { state, page, pageSize: SIZE } }));
  return (
    <DataTable<Application>
      caption={t('list.applications')}
      rows={list.data?.applications}
      total={list.data?.total}
      rowKey={(a) => a.id}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={<p>{t('list.noApplications')}</p>}
      onOpen={(a) => void navigate({ to: '/admin/firms/applications/$id', params: { id: a.id } })}
      foot={<Pager page={page} size={SIZE} total={list.data?.total ?? 0} />}
      columns={[
        {
          id: 'name',
          title: t('list.name'),
          cell: (a) => (
            <>
              <Link to="/admin/firms/applications/$id" params={{ id: a.id }}>
                {a.name}
              </Link>
              <span className={css.sub}>{a.code}</span>
            </>
          ),
        },
        { id: 'contact', title: t('list.contact'), cell: (a) => a.contact },
        {
          id: 'wants',
          title: t('list.wants'),
          cell: (a) => (
            <>
              {a.features.map((f) => FEATURE_TEXT[f].title[lang]).join(' · ')}
              <span className={css.sub}>{t('list.seatCount', { count: a.seats })}</span>
            </>
          ),
        },
        { id: 'sent', title: t('list.sent'), width: 160, cell: (a) => formatMoment(a.sentAt) },
        { id: 'state', title: t('list.state'), width: 110, cell: (a) => t(`app.${a.state}`) },
      ]}
    />
  );
}

function FirmList({ state, page }: { state: FirmState | undefined; page: number }) {
  const t = useText();
  const navigate = useNavigate();
  const list = useQuery(queryOf(listFirms, { query: { state, page, pageSize: SIZE } }));
  return (
    <DataTable<Firm>
      caption={t('list.firms')}
      rows={list.data?.firms}
      total={list.data?.total}
      rowKey={(f) => f.id}
      error={list.error}
      onRetry={() => void list.refetch()}
      empty={<p>{t('list.noFirms')}</p>}
      onOpen={(f) => void navigate({ to: '/admin/firms/$id', params: { id: f.id } })}
      foot={<Pager page={page} size={SIZE} total={list.data?.total ?? 0} />}
      columns={[
        {
          id: 'name',
          title: t('list.name'),
          cell: (f) => (
            <>
              <Link to="/admin/firms/$id" params={{ id: f.id }}>
                {f.name}
              </Link>
              <span className={css.sub}>{f.code}</span>
            </>
          ),
        },
        {
          id: 'features',
          title: t('list.features'),
          cell: (f) => f.features.map((one) => <FeatureLine key={one.feature} state={one} />),
        },
        {
          id: 'seats',
          title: t('list.seats'),
          align: 'right',
          width: 90,
          cell: (f) => t('list.seatsOf', { active: f.active, seats: f.seats }),
        },
        { id: 'until', title: t('list.until'), width: 130, cell: (f) => f.validUntil },
        { id: 'state', title: t('list.state'), width: 110, cell: (f) => t(`state.${f.state}`) },
      ]}
    />
  );
}
