import { behindFigure } from '#shell/format';

/** A shown figure without its unit, where the head of the column says it: `1,234.5 万元` → `1,234.5`. */
export function withoutUnit(text: string, unit: string | null | undefined): string {
  if (!unit) return text;
  const tail = behindFigure(unit);
  return text.endsWith(tail) ? text.slice(0, -tail.length).trimEnd() : text;
}
