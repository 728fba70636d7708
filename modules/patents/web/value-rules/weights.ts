/** Weights by key of an indicator, as fractions of 1. */
export type Weights = Readonly<Record<string, number>>;

/**
 * Fractions as percentages of so many decimals that add up to what the fractions do: what rounding down leaves over goes to
 * those that lost most by it. A third three times gives 33.3, 33.3 and 33.4.
 */
export function percentages(fractions: readonly number[], decimals: number): number[] {
  const unit = 10 ** decimals;
  const exact = fractions.map((one) => one * 100 * unit);
  // Fractions such as 0.3 ÷ 5 come out a little short of what they stand for.
  const floors = exact.map((one) => Math.floor(one + 1e-6));
  let left = Math.round(total(exact)) - total(floors);
  const order = exact
    .map((one, at) => ({ at, lost: one - floors[at]! }))
    .sort((a, b) => b.lost - a.lost || b.at - a.at);
  for (const { at } of order) {
    if (left <= 0) break;
    floors[at] = floors[at]! + 1;
    left -= 1;
  }
  return floors.map((one) => one / unit);
}

/** Percentages as they are typed: without digits that say nothing; `''` for an indicator without a weight. */
export function percentTexts(keys: readonly string[], weights: Weights): Record<string, string> {
  const shares = percentages(
    keys.map((key) => weights[key] ?? 0),
    2,
  );
  return Object.fromEntries(keys.map((key, at) => [key, weights[key] ? String(shares[at]) : '']));
}

/** A typed percentage; null for what is none. An empty field is 0. */
export function readPercent(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/%\s*$/, '').trim();
  if (plain === '') return 0;
  if (!/^\d{1,3}(?:\.\d{1,2})?$/.test(plain)) return null;
  const value = Number(plain);
  return value <= 100 ? value : null;
}

/** The sum of typed percentages; what is none counts nothing. */
export function sumOfPercents(texts: readonly string[]): number {
  // In hundredths, where sums are whole.
  return total(texts.map((text) => Math.round((readPercent(text) ?? 0) * 100))) / 100;
}

/** Whether a sum is 100 %, but for what rounding to two digits may leave. */
export function isWhole(sum: number): boolean {
  return Math.abs(sum - 100) < 0.05;
}

/** The sum of some numbers. */
export function total(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
