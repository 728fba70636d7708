import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { ReportView } from '../contract.ts';
import type { BoardState } from './board.ts';
import { periodsOf } from './domain/periods.ts';
import { CITY } from './figures.ts';
import { plannedPeriod } from './periods.ts';
import { planDb } from './tables.ts';
import { packIndicator, type ReportRow, readReport, reportView, summaryOf } from './views.ts';

/** Filter of the report list. */
export interface ReportFilter {
  period?: string | undefined;
  state?: ReportView['state'] | undefined;
  no?: string | undefined;
  scope?: string | undefined;
  page: number;
  size: number;
}

/** Reading reports: the plan office and leaders see all, officers those of their own organisation or region. */
export function reportQueries(platform: Platform) {
  const db = planDb(platform.records);

  async function view(state: BoardState, actor: Actor, row: ReportRow): Promise<ReportView> {
    const to = plannedPeriod(platform, row.period).to;
    const region = row.scope === CITY ? null : row.scope;
    const measured = (await state.measured(row.indicator, null, to, region))?.value ?? null;
    const parts = await state.measuredParts(packIndicator(platform, row.indicator), to, region);
    return reportView(platform, state.names, db, actor, row, { measured, parts });
  }

  return {
    view,

    async get(state: BoardState, actor: Actor, id: string): Promise<ReportView> {
      const row = await readReport(db, id);
      platform.policy.demand(
        actor,
        'plan.report.read',
        row.scope === CITY ? { organisation: row.organisation ?? '' } : { region: row.scope },
      );
      return view(state, actor, row);
    },

    async list(state: BoardState, actor: Actor, filter: ReportFilter) {
      // A pack that lost an indicator or period keeps its reports, but nothing can be said about them any more.
      let query = db
        .selectFrom('planReport')
        .where(
          'indicator',
          'in',
          platform.pack.indicators.map((i) => i.no),
        )
        .where('period', 'in', [...periodsOf(platform.pack).keys()]);
      if (filter.period) query = query.where('period', '=', filter.period);
      if (filter.state) query = query.where('state', '=', filter.state);
      if (filter.no) query = query.where('indicator', '=', filter.no);
      if (filter.scope) query = query.where('scope', '=', filter.scope);
      const grants = platform.policy.grantsOf(actor, 'plan.report.read');
      const everywhere = grants.some((g) => platform.policy.roles.get(g.role)?.scope === 'platform');
      if (!everywhere) {
        const organisations = grants.flatMap((g) => g.organisation ?? []);
        const regions = grants.flatMap((g) => g.region ?? []);
        query = query.where((e) =>
          e.or([
            e.and([
              e('scope', '=', CITY),
              e('organisation', 'in', organisations.length ? organisations : ['']),
            ]),
            e('scope', 'in', regions.length ? regions : ['']),
          ]),
        );
      }
      const total = await query.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
      const rows = await query
        .selectAll()
        .orderBy('submittedAt', 'desc')
        .orderBy('id')
        .limit(filter.size)
        .offset((filter.page - 1) * filter.size)
        .execute();
      return {
        total: Number(total.n),
        reports: rows.map((r) => summaryOf(platform, state.names, actor, r)),
      };
    },
  };
}
