/** Names that are closest to a mistyped one, best first; only those that are close. */
export function nearest(typed: string, names: readonly string[], most = 3): string[] {
  const wanted = typed.toUpperCase();
  return names
    .map((name) => ({ name, distance: distance(wanted, name.toUpperCase()) }))
    .filter(({ name, distance: d }) => d <= Math.max(1, Math.floor(Math.max(name.length, wanted.length) / 3)))
    .sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Fewest insertions, deletions and replacements (Levenshtein); long words are only compared by their beginning. */
function distance(a: string, b: string): number {
  const x = [...a].slice(0, 30);
  const y = [...b].slice(0, 30);
  let row = y.map((_, i) => i + 1);
  row.unshift(0);
  for (const [i, char] of x.entries()) {
    const next = [i + 1];
    for (const [j, other] of y.entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (char === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
