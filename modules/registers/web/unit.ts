/** A shown figure without its unit, where the head of the column says it: `1,234.5 万元` → `1,234.5`. */
export function withoutUnit(text: string, unit: string | null | undefined): string {
  return unit && text.endsWith(unit) ? text.slice(0, -unit.length).trimEnd() : text;
}
