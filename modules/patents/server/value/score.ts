import { type CalendarDate, diffDays } from '#kernel/calendar/date';
import type { COMPUTED, Score, ValueScheme } from '../../contract.ts';
import type { ValueFacts } from './facts.ts';
import { termOf } from './law.ts';

/** What can be computed of a patent. */
export type Computed = (typeof COMPUTED)[number];

const DEALS = new Set(['transfer', 'licence', 'pledge']);
const SURVIVED = new Set(['partly-invalid']);

/** The computed values of a patent on a day; null where the data do not say. */
export function computedOf(facts: ValueFacts, day: CalendarDate): Record<Computed, number | null> {
  const term = facts.country === 'CN' && facts.filingDate ? termOf(facts.type, facts.filingDate) : null;
  const count = (kinds: ReadonlySet<string>) =>
    facts.events.filter((e) => kinds.has(e.kind) && e.date <= day).length;
  return {
    // A right that has lapsed has no years left; one that is not granted yet has those it would have.
    remainingYears:
      facts.legalStatus === 'lapsed'
        ? 0
        : term
          ? Math.max(0, round(diffDays(day, term.endsOn) / 365.25))
          : null,
    claims: facts.claims > 0 ? facts.claims : null,
    offices: facts.offices,
    forwardCites: facts.forwardCites,
    backwardCites: facts.citations.length > 0 ? facts.citations.length : null,
    scope: facts.ipc.length > 0 ? new Set(facts.ipc.map((s) => s.slice(0, 4))).size : null,
    deals: count(DEALS),
    survived: count(SURVIVED),
  };
}

/** Points of a patent in each scenario of a scheme. Indicators that nobody knows count neither for nor against. */
export function scoresOf(
  scheme: ValueScheme,
  computed: Readonly<Record<Computed, number | null>>,
  expert: ReadonlyMap<string, number>,
): Score[] {
  return scheme.scenarios.map(({ key, title, weights }) => {
    const items = scheme.indicators
      .filter((i) => (weights[i.key] ?? 0) > 0)
      .map((i): Score['items'][number] => {
        const raw = i.computed ? computed[i.computed] : null;
        const points = i.computed
          ? raw === null
            ? null
            : pointsOf(i.steps, raw)
          : (expert.get(i.key) ?? null);
        return {
          key: i.key,
          title: i.title,
          group: i.group,
          section: i.section,
          weight: weights[i.key]!,
          raw,
          points,
          by: i.computed
            ? points === null
              ? 'no-data'
              : 'computed'
            : points === null
              ? 'missing'
              : 'expert',
        };
      });
    const known = items.filter((i) => i.points !== null);
    const weight = known.reduce((sum, i) => sum + i.weight, 0);
    const points =
      weight > 0 ? round(known.reduce((sum, i) => sum + i.weight * i.points!, 0) / weight) : null;
    return {
      scenario: key,
      scenarioTitle: title,
      points,
      grade: points === null ? null : gradeOf(scheme, points),
      known: Math.round(weight * 1000) / 1000,
      items,
    };
  });
}

/** Points of the highest step that a value reaches; 0 below the first. */
export function pointsOf(steps: readonly { from: number; points: number }[], value: number): number {
  const reached = steps.filter((s) => value >= s.from).sort((a, b) => b.from - a.from)[0];
  return reached?.points ?? 0;
}

function gradeOf(scheme: ValueScheme, points: number): string | null {
  return [...scheme.grades].sort((a, b) => b.from - a.from).find((g) => points >= g.from)?.grade ?? null;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
