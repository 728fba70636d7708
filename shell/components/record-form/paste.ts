import type { FieldView } from '#kernel/fields/view';
import { emptyRow, type FormRow, type SimpleView } from './values.ts';

/** Where a paste begins, and the names by which regions may stand in a spreadsheet. */
export interface PasteAt {
  row: number;
  column: number;
  regions: readonly { value: string; label: string }[];
}

/**
 * Rows after cells of a spreadsheet were pasted: they fill from a cell to the right and down, rows are added as needed, and
 * words of a closed list are turned into its values. Null for a single cell, which is pasted as text.
 */
export function pasted(
  field: Pick<FieldView, 'items' | 'maxItems'>,
  rows: readonly FormRow[],
  text: string,
  at: PasteAt,
): FormRow[] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  if (lines.length === 1 && !text.includes('\t')) return null;
  const most = field.maxItems ?? Number.POSITIVE_INFINITY;
  const out = [...rows];
  lines.forEach((line, i) => {
    const row = at.row + i;
    if (row >= most) return;
    const cells = line.split('\t').slice(0, field.items.length - at.column);
    const typed = cells.map((cell, k) => {
      const item = field.items[at.column + k]!;
      return [item.key, wordOf(item, cell.trim(), at.regions)] as const;
    });
    out[row] = { ...(out[row] ?? emptyRow(field)), ...Object.fromEntries(typed) };
  });
  return out;
}

function wordOf(item: SimpleView, text: string, regions: PasteAt['regions']): string {
  if (item.type === 'choice') return item.choices?.find((c) => c.label === text)?.value ?? text;
  if (item.type === 'region') return regions.find((r) => r.label === text)?.value ?? text;
  if (item.type === 'boolean')
    return /^(是|有|√|✓|y|yes|true|1)$/i.test(text)
      ? 'true'
      : /^(否|无|×|n|no|false|0)$/i.test(text)
        ? 'false'
        : text;
  return text;
}
