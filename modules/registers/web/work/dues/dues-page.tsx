import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EndpointResponse } from '#kernel/http/contract';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, SelectField, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { useRegions } from '#shell/regions';
import { useSession } from '#shell/session';
import { listDues, listRegisters } from '../../../contract.ts';
import { DueMark } from '../../marks.tsx';
import shared from '../../registers.module.css';
import { Way } from '../register-frame.tsx';
import { DuesSearch } from '../search.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { DEFAULT_WITHIN, DUES_PAGE, duesQuery, WITHIN } from './dues-query.ts';
import { SaveDues } from './save-dues.tsx';
import { byWeek, type DueWeek } from './weeks.ts';

type Due = EndpointResponse<typeof listDues>['entries'][number];

/** What ends or is to be looked at again, over all registers that the reader may see: what is over first, then by week. */
export function DuesPage() {
  const t = useWorkText();
  const [search, change] = usePageSearch(DuesSearch);
  const list = useQuery({
    ...queryOf(listDues, { query: duesQuery(search) }),
    placeholderData: (before) => before,
  });
  return (
    <article>
      <PageHeader
        title={t('dues.title')}
        subtitle={t('dues.subtitle')}
        before={<Way />}
        scope={<Narrow search={search} change={change} />}
        actions={list.data && list.data.total > 0 && <SaveDues search={search} total={list.data.total} />}
      />
      {!list.data ? (
        list.error ? (
          <ErrorPanel error={list.error} what={t('dues.title')} onRetry={() => void list.refetch()} />
        ) : (
          <Skeleton rows={12} />
        )
      ) : list.data.total === 0 ? (
        <Nothing search={search} change={change} />
      ) : (
        <div aria-busy={list.isPlaceholderData} className={css.busy}>
          <Total search={search} total={list.data.total} />
          <Weeks weeks={byWeek(list.data.entries)} whole={list.data.total <= DUES_PAGE} />
          <Pager page={search.page ?? 1} size={DUES_PAGE} total={list.data.total} />
        </div>
      )}
    </article>
  );
}

/** How many there are, and where what is still to come begins: much that is overdue must not hide it. */
function Total({ search, total }: { search: DuesSearch; total: number }) {
  const t = useWorkText();
  const { data } = useQuery(
    queryOf(
      listDues,
      { query: { ...duesQuery(search), within: 0, page: 1, limit: 1 } },
      { interactive: false },
    ),
  );
  const past = data?.total ?? 0;
  const first = Math.floor(past / DUES_PAGE) + 1;
  return (
    <p role="status" className={shared.muted}>
      {past === 0
        ? t('dues.count', { count: formatNumber(total) })
        : t('dues.countPast', {
            count: formatNumber(total),
            past: formatNumber(past),
            ahead: formatNumber(total - past),
          })}{' '}
      {total > past && first > (search.page ?? 1) && (
        <Link
          to="."
          search={((before: object) => ({ ...before, page: first })) as never}
          className={shared.link}
        >
          {t('dues.toAhead', { page: first })}
        </Link>
      )}
    </p>
  );
}

interface Narrowing {
  search: DuesSearch;
  change: (part: Partial<DuesSearch>) => void;
}

function Narrow({ search, change }: Narrowing) {
  const t = useWorkText();
  const session = useSession();
  const regions = useRegions();
  const { data } = useQuery(queryOf(listRegisters, {}));
  const registers = data?.registers ?? [];
  const works = session.signedIn && registers.some((r) => r.abilities.keep || r.abilities.propose);
  const within = search.within ?? DEFAULT_WITHIN;
  const set = (part: Partial<DuesSearch>) => change({ ...part, page: undefined });
  return (
    <FieldRow label={t('dues.narrow')}>
      <ToggleGroup>
        {WITHIN.map((days) => (
          <Toggle
            key={days}
            pressed={within === days}
            onChange={() => set({ within: days === DEFAULT_WITHIN ? undefined : days })}
          >
            {t('dues.within', { days })}
          </Toggle>
        ))}
      </ToggleGroup>
      <SelectField
        label={t('dues.register')}
        value={search.register}
        choices={registers.map((r) => ({ value: r.id, label: r.title }))}
        all={t('all')}
        onChange={(register) => set({ register })}
      />
      <SelectField
        label={t('dues.region')}
        value={search.region}
        choices={regions.choices}
        all={t('all')}
        onChange={(region) => set({ region })}
      />
      {works && (
        <Toggle
          pressed={search.mine === 'true'}
          onChange={(pressed) => set({ mine: pressed ? 'true' : undefined })}
        >
          {t('dues.mine')}
        </Toggle>
      )}
    </FieldRow>
  );
}

function Nothing({ search, change }: Narrowing) {
  const t = useWorkText();
  const narrowed = search.register ?? search.region ?? search.mine;
  return (
    <div className={css.empty}>
      <p>{t('dues.nothing', { days: search.within ?? DEFAULT_WITHIN })}</p>
      {narrowed && (
        <p>
          <button
            type="button"
            className={shared.plain}
            onClick={() =>
              change({ register: undefined, region: undefined, mine: undefined, page: undefined })
            }
          >
            {t('dues.widen')}
          </button>
        </p>
      )}
      {(search.within ?? DEFAULT_WITHIN) < 365 && (
        <p>
          <button
            type="button"
            className={shared.plain}
            onClick={() => change({ within: 365, page: undefined })}
          >
            {t('dues.further')}
          </button>
        </p>
      )}
    </div>
  );
}

function Weeks({
  weeks,
  whole,
}: {
  weeks: readonly DueWeek<Due>[];
  /** Everything stands on this page; else the first and the last week may go on on the pages beside it. */
  whole: boolean;
}) {
  const t = useWorkText();
  const name = (week: DueWeek<Due>) => {
    if (week.to === null) return t('dues.past');
    const span = t('dues.span', { from: week.key, to: week.to });
    if (week.ahead === 0) return t('dues.thisWeek', { span });
    return week.ahead === 1 ? t('dues.nextWeek', { span }) : span;
  };
  return (
    <table className={`${shared.table} ${css.dues}`} aria-label={t('dues.title')}>
      <thead>
        <tr>
          <th scope="col">{t('dues.when')}</th>
          <th scope="col">{t('dues.what')}</th>
          <th scope="col">{t('dues.entry')}</th>
          <th scope="col">{t('dues.register')}</th>
          <th scope="col">{t('dues.region')}</th>
        </tr>
      </thead>
      {weeks.map((week, i) => (
        <tbody key={week.key} data-past={week.to === null}>
          <tr className={css.week}>
            <th scope="rowgroup" colSpan={5}>
              {name(week)}{' '}
              <span className={shared.muted}>
                {t(whole || (i > 0 && i < weeks.length - 1) ? 'dues.inWeek' : 'dues.inWeekHere', {
                  count: week.entries.length,
                })}
              </span>
            </th>
          </tr>
          {week.entries.map((one) => (
            <tr key={`${one.register} ${one.no} ${one.due.kind}`}>
              <td>
                <DueMark due={one.due} short />
              </td>
              <td>{one.due.label}</td>
              <td>
                <Link to="/registers/$register/$no" params={{ register: one.register, no: one.no }}>
                  {one.title || one.no}
                </Link>
                <span className={shared.sub}>{one.no}</span>
              </td>
              <td>
                <Link to="/registers/$register" params={{ register: one.register }} className={css.quiet}>
                  {one.registerTitle}
                </Link>
              </td>
              <td>{one.region?.name ?? ''}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
