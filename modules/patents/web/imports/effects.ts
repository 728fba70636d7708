import { type IndicatorView, listIndicators } from '#modules/plan/contract';
import { queries, queryOf } from '#shell/query';

/** An indicator of the plan that is measured from patents, and its value. */
export interface PatentIndicator {
  no: string;
  title: string;
  unit: string | null;
  decimals: number;
  value: number | null;
  /** Patents behind the value. */
  facts: number;
}

/** Values on the plan's own day. */
export interface PatentIndicators {
  asOf: string;
  list: PatentIndicator[];
}

/** Measures of this module are called so. */
const OWN = 'patents.';

/** The indicators that imports can move, out of a board. */
export function patentIndicators(board: {
  asOf: string;
  indicators: readonly IndicatorView[];
}): PatentIndicators {
  const list = board.indicators.flatMap(({ no, title, unit, decimals, measured }) =>
    measured?.measure.startsWith(OWN)
      ? [{ no: String(no), title, unit, decimals, value: measured.value, facts: measured.facts }]
      : [],
  );
  return { asOf: board.asOf, list };
}

/** Reads the values as they stand, to compare with them later; null when they cannot be read now. */
export async function readBefore(): Promise<PatentIndicators | null> {
  try {
    return patentIndicators(
      await queries.fetchQuery({ ...queryOf(listIndicators, {}), staleTime: 0, retry: false }),
    );
  } catch {
    return null;
  }
}

const kept = (importId: string) => `zc.patents.before ${importId}`;

/** Keeps the values from before an import for its page, as long as this window is open. */
export function keepBefore(importId: string, before: PatentIndicators | null): void {
  if (!before) return;
  try {
    sessionStorage.setItem(kept(importId), JSON.stringify(before));
  } catch {
    // Storage may be full or forbidden: the page then shows the new values alone.
  }
}

/** The values from before an import, where this window has seen it begin. */
export function valuesBefore(importId: string): PatentIndicators | null {
  try {
    return JSON.parse(sessionStorage.getItem(kept(importId)) ?? 'null') as PatentIndicators | null;
  } catch {
    return null;
  }
}
