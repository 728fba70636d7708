/** One county's accepted figure. `weight` is the denominator it reported or its population. */
export interface CountyFigure {
  region: string;
  value: number;
  weight: number | null;
}

/** The city's value made of the counties' figures, and how many of them are in it. */
export interface CityFigure {
  value: number;
  reported: number;
  expected: number;
}

/**
 * Makes the city's value from the counties' by the indicator's own rule. `latest` and `not-addable` never make one: there
 * the city's own figure counts. A weighted mean leaves out figures without a weight. Null where nothing can be made.
 */
export function cityFromCounties(
  rule: 'sum' | 'latest' | 'weighted' | 'not-addable',
  figures: readonly CountyFigure[],
  expected: number,
): CityFigure | null {
  if (rule === 'sum') {
    if (figures.length === 0) return null;
    return { value: figures.reduce((s, f) => s + f.value, 0), reported: figures.length, expected };
  }
  if (rule === 'weighted') {
    const usable = figures.filter((f) => f.weight !== null && f.weight > 0);
    const whole = usable.reduce((s, f) => s + f.weight!, 0);
    if (whole === 0) return null;
    const value = usable.reduce((s, f) => s + f.value * f.weight!, 0) / whole;
    return { value, reported: usable.length, expected };
  }
  return null;
}
