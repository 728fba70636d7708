import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Text } from '#kernel/text';
import type { Indicator } from './domain/body.ts';
import type { PlannedPeriod } from './domain/periods.ts';
import { planError } from './errors.ts';
import { CITY } from './figures.ts';
import type { Names } from './names.ts';

/** One scope for which somebody answers, and how that came about. */
export interface Answering {
  scope: string;
  scopeName: string;
  /** Department that reports: the officer's own, or the county's. */
  organisation: string | null;
  why: Text;
}

/**
 * For which scopes of an indicator the actor reports in a period. A department officer answers for the city where their
 * department is responsible, or took over from one that was; a county officer for their own county or park.
 */
export function answersFor(
  platform: Platform,
  names: Names,
  actor: Actor,
  indicator: Indicator,
  period: Pick<PlannedPeriod, 'to'>,
): Answering[] {
  const city = platform.pack.city.name;
  const grants = platform.policy.grantsOf(actor, 'plan.report');
  const out: Answering[] = [];
  for (const g of grants) {
    if (g.organisation && out.every((a) => a.scope !== CITY)) {
      const lead = indicator.lead.find((id) => names.answering(id).includes(g.organisation as string));
      if (lead)
        out.push({
          scope: CITY,
          scopeName: city.zh,
          organisation: g.organisation,
          why: whyLead(names, indicator, lead, g.organisation),
        });
    }
    if (g.region && indicator.county.reports) {
      const region = names.reporters(period.to).find((r) => r.id === g.region);
      if (region && out.every((a) => a.scope !== region.id))
        out.push({
          scope: region.id,
          scopeName: region.name,
          organisation: null,
          why: {
            zh: `该指标由各县（市）区、园区分别报送，本账号负责${region.name}。${indicator.county.note}`,
            en: `Counties and parks report their part; this account answers for ${region.name}`,
          },
        });
    }
  }
  return out;
}

function whyLead(names: Names, indicator: Indicator, lead: string, own: string): Text {
  const printed = names.department(lead).calledThen;
  const { rows } = indicator.departmentsAsPrinted;
  // Goals outside the table have no rows: there the pack says in words how the department was found.
  const numbered = /^\d/.test(rows);
  const where = numbered
    ? { zh: `计划路线图第 ${rows} 行`, en: `rows ${rows} of the roadmap` }
    : { zh: rows, en: 'the plan prints no department here' };
  if (lead === own)
    return {
      zh: `${printed}为该指标责任部门（${where.zh}）`,
      en: `${printed} is responsible for this indicator (${where.en})`,
    };
  const now = names.department(own).calledThen;
  return {
    zh: `计划所列责任部门${printed}的职责已由${now}承接（${where.zh}）`,
    en: `${now} took over from ${printed}, which the plan names as responsible (${where.en})`,
  };
}

/** The actor's answering for one scope; throws `plan_scope` or `plan_not_yours` saying who reports it. */
export function demandAnswering(
  platform: Platform,
  names: Names,
  actor: Actor,
  indicator: Indicator,
  period: PlannedPeriod,
  scope: string,
): Answering {
  if (scope !== CITY) {
    const known = names.reporters(period.to).some((r) => r.id === scope);
    if (!known || !indicator.county.reports)
      throw planError('plan_scope', {
        no: indicator.no,
        scope,
        why: known ? indicator.county.note : '该期没有这个县（市）区或园区',
      });
  }
  const found = answersFor(platform, names, actor, indicator, period).find((a) => a.scope === scope);
  if (found) return found;
  const lead =
    scope === CITY
      ? indicator.lead.map((id) => names.department(id).calledThen).join('、')
      : names.regionName(scope, period.to);
  throw planError('plan_not_yours', { no: indicator.no, lead });
}

/** Every scope that is expected to report an indicator in a period: the city, and its counties and parks where they report. */
export function expectedScopes(
  names: Names,
  indicator: Indicator,
  period: Pick<PlannedPeriod, 'to'>,
): string[] {
  return [CITY, ...(indicator.county.reports ? names.reporters(period.to).map((r) => r.id) : [])];
}
