import type { DeepReadonly, Indicator as PackIndicator } from '#kernel/city/schema';
import type { Issue } from '#kernel/errors';
import type { ReportBody } from '../../contract.ts';
import { plainNumber } from './light.ts';

/** An indicator as the pack gives it. */
export type Indicator = DeepReadonly<PackIndicator>;

/** Fields that a report must fill. */
export type Ask = 'value' | 'range' | 'parts' | 'stage' | 'weight';

/** What a report of this indicator, year and scope has to say. A county adds its denominator where the rule needs one. */
export function asksOf(indicator: Indicator, year: string, scope: 'city' | 'county'): Ask[] {
  const weighted =
    scope === 'county' && indicator.county.rule === 'weighted' && indicator.county.weight === 'reported';
  if (indicator.kind === 'composite') return ['parts'];
  if (indicator.kind === 'milestone' && typeof indicator.targets[year] !== 'number') return ['stage'];
  const field: Ask = indicator.kind === 'range' ? 'range' : 'value';
  return weighted ? [field, 'weight'] : [field];
}

interface NumberRule {
  kind: string;
  unit: string;
  decimals: number;
}

/** A share lies between 0 and 100 %, a rate may fall, everything else is not negative; counts are whole. */
function numberIssue(path: string, n: number | null | undefined, rule: NumberRule): Issue | null {
  if (n === null || n === undefined) return { path, code: 'required', message: 'a number is required' };
  if (!Number.isFinite(n) || Math.abs(n) > 1e12)
    return { path, code: 'number', message: 'not a usable number' };
  if (rule.kind !== 'rate' && n < 0) return { path, code: 'negative', message: 'must not be negative' };
  if (rule.unit === '%' && rule.kind !== 'rate' && n > 100)
    return { path, code: 'over_100', message: 'a share is at most 100 %' };
  const scale = 10 ** Math.max(rule.decimals, 0);
  if (Math.abs(n * scale - Math.round(n * scale)) > 1e-6)
    return {
      path,
      code: 'decimals',
      message: `at most ${rule.decimals} digits after the point`,
      params: { decimals: rule.decimals },
    };
  return null;
}

/**
 * Everything wrong with a body. `previous` is the last accepted number of the same scope: a cumulative count below it is
 * possible (a correction) but must be explained.
 */
export function bodyIssues(
  indicator: Indicator,
  year: string,
  scope: 'city' | 'county',
  body: ReportBody,
  previous: number | null,
): Issue[] {
  const issues: (Issue | null)[] = [];
  const rule = { kind: indicator.kind, unit: indicator.unit?.zh ?? '', decimals: indicator.decimals ?? 0 };
  for (const ask of asksOf(indicator, year, scope)) {
    if (ask === 'value') issues.push(numberIssue('/value', body.value, rule));
    if (ask === 'weight' && body.weight === null)
      issues.push({ path: '/weight', code: 'required', message: 'the denominator is required' });
    if (ask === 'range') {
      if (body.range === null) issues.push(numberIssue('/value', body.value, rule));
      else {
        issues.push(
          numberIssue('/range/min', body.range.min, rule),
          numberIssue('/range/max', body.range.max, rule),
        );
        if (body.range.min > body.range.max)
          issues.push({
            path: '/range/max',
            code: 'range_order',
            message: 'the upper end lies below the lower',
          });
      }
    }
    if (ask === 'stage' && !indicator.milestones?.stages.some((s) => s.id === body.stage))
      issues.push({ path: '/stage', code: 'required', message: 'choose a stage' });
    if (ask === 'parts') {
      for (const part of indicator.parts ?? [])
        issues.push(
          numberIssue(`/parts/${part.id}`, body.parts?.[part.id], {
            kind: part.kind,
            unit: part.unit.zh,
            decimals: part.decimals ?? 0,
          }),
        );
      for (const id of Object.keys(body.parts ?? {}))
        if (!indicator.parts?.some((p) => p.id === id))
          issues.push({ path: `/parts/${id}`, code: 'unknown', message: 'there is no such part' });
    }
  }
  const fell =
    indicator.kind === 'cumulative' && previous !== null && body.value !== null && body.value < previous;
  if (fell && body.explanation.trim() === '')
    issues.push({
      path: '/explanation',
      code: 'cumulative_fell',
      message: 'a cumulative figure below the one before needs an explanation',
      params: { previous },
    });
  return issues.filter((i) => i !== null);
}

/** A body with exactly the fields that are asked for; everything else is emptied. */
export function trimBody(
  indicator: Indicator,
  year: string,
  scope: 'city' | 'county',
  body: ReportBody,
): ReportBody {
  const asks = asksOf(indicator, year, scope);
  const ranged = asks.includes('range') && body.range !== null;
  return {
    value: (asks.includes('value') || asks.includes('range')) && !ranged ? body.value : null,
    range: ranged ? body.range : null,
    parts: asks.includes('parts') ? body.parts : null,
    stage: asks.includes('stage') ? body.stage : null,
    weight: asks.includes('weight') ? body.weight : null,
    explanation: body.explanation.trim(),
    files: body.files,
  };
}

/** The reported number: the value, the lower end of a range, the rank of a stage, or one part's number. */
export function numberOf(indicator: Indicator, body: ReportBody, part: string | null): number | null {
  if (part !== null) return body.parts?.[part] ?? null;
  if (body.range) return body.range.min;
  if (body.stage !== null) return indicator.milestones?.stages.find((s) => s.id === body.stage)?.rank ?? null;
  return body.value;
}

/** A body in words, as lists, bulletins and logs show it: `24.3件/万人`, `5-6家`, `10家／100个／200家`, `有效运行`. */
export function displayBody(indicator: Indicator, body: ReportBody): string {
  const unit = indicator.unit?.zh ?? '';
  const decimals = indicator.decimals ?? 0;
  if (body.parts)
    return (indicator.parts ?? [])
      .map((p) => {
        const n = body.parts?.[p.id];
        return n === null || n === undefined ? '—' : `${plainNumber(n, p.decimals ?? 0)}${p.unit.zh}`;
      })
      .join('／');
  if (body.stage !== null)
    return indicator.milestones?.stages.find((s) => s.id === body.stage)?.label ?? body.stage;
  if (body.range)
    return `${plainNumber(body.range.min, decimals)}-${plainNumber(body.range.max, decimals)}${unit}`;
  return body.value === null ? '—' : `${plainNumber(body.value, decimals)}${unit}`;
}

/** A target in words, for forms and bulletins; the printed text where the plan gives no number. */
export function displayTarget(indicator: Indicator, year: string): string {
  const unit = indicator.unit?.zh ?? '';
  if (indicator.parts)
    return indicator.parts
      .map((p) => {
        const t = p.targets[year];
        return typeof t === 'number' ? `${plainNumber(t, p.decimals ?? 0)}${p.unit.zh}` : '—';
      })
      .join('／');
  const t = indicator.targets[year];
  if (t === null || t === undefined) return indicator.printed[year] ?? '—';
  const more = indicator.floors?.includes(year) ? '以上' : '';
  return typeof t === 'number'
    ? `${plainNumber(t, indicator.decimals ?? 0)}${unit}${more}`
    : `${t.min}-${t.max}${unit}`;
}
