import { compact } from '#kernel/fields/clean';
import { fault, givenText, type RecordIssue } from '#kernel/fields/issues';
import { splitRows } from '#kernel/fields/list-text';
import { type Cell, cellText, numberText } from '#kernel/tables/cells';
import { unguard } from './guard.ts';
import type { ColumnMatch, ColumnTarget } from './heads.ts';

/** A row of a file as far as it is known what its columns are. */
export interface SheetRow {
  /** For `readRecord` with `source: 'cell'`. Every field that has a column is there, empty ones as null. */
  input: Record<string, unknown>;
  /** Number of the entry, in capitals; null for a new one. */
  no: string | null;
  /** Version of the entry from which the file was made; null where the file does not say. */
  version: number | null;
  /** Cells that hold a formula; its cached result was read. */
  formulas: number;
  /** Cells that cannot be read at all: formula errors. */
  issues: RecordIssue[];
}

/** Takes the cells of a row for the fields that their columns stand for. */
export function fromCells(columns: readonly ColumnMatch[], cells: readonly (Cell | undefined)[]): SheetRow {
  const row: SheetRow = { input: {}, no: null, version: null, formulas: 0, issues: [] };
  for (const { index, head, target } of columns) {
    if (target.kind === 'ignored') continue;
    const cell = cells[index];
    if (cell?.kind === 'error') {
      const key = target.kind === 'field' ? target.field.key : '';
      const label = target.kind === 'field' ? target.field.label : { zh: head, en: head };
      const found = fault('cell-error', { found: cell.value.slice(0, 20) });
      row.issues.push({ key, path: key === '' ? '' : `/${key}`, label, value: cell.value, ...found });
      continue;
    }
    if (cell?.formula) row.formulas += 1;
    if (target.kind === 'field') row.input[target.field.key] = cellValue(cell, target);
    else if (target.kind === 'no') row.no = compact(cellText(cell)).toUpperCase().slice(0, 40) || null;
    else readVersion(cell, head, row);
  }
  return row;
}

function readVersion(cell: Cell | undefined, head: string, row: SheetRow): void {
  const text = compact(cellText(cell));
  if (text === '') return;
  const version = Number(text);
  if (Number.isInteger(version) && version > 0) {
    row.version = version;
    return;
  }
  const label = { zh: head, en: head };
  row.issues.push({ key: '', path: '', label, value: givenText(text), ...fault('integer') });
}

function cellValue(cell: Cell | undefined, target: Extract<ColumnTarget, { kind: 'field' }>): unknown {
  if (cell === undefined || cell.kind === 'empty' || cell.kind === 'error') return null;
  if (cell.kind === 'number') {
    if (target.unit !== null) return `${numberText(cell.value)}${target.unit}`;
    return target.field.type === 'rows' ? numberText(cell.value) : cell.value;
  }
  if (cell.kind === 'boolean') return cell.value;
  const text = unguard(cellText(cell));
  if (target.unit !== null) return /\d\s*$/.test(text) ? `${text.trim()}${target.unit}` : text;
  const { columns } = target;
  if (columns === null || /…（已截断，全文 \d+ 字）$/.test(text)) return text;
  // The head says in which order the columns stand; a line that has more of them is refused when it is read.
  const all = target.field.items.length;
  return splitRows(text).map((pieces) => {
    // A piece too many makes the whole line unreadable, which the reader of records says.
    if (pieces.slice(columns.length).some((piece) => piece !== ''))
      return [...pieces, ...Array.from({ length: Math.max(0, all + 1 - pieces.length) }, () => '…')];
    return Object.fromEntries(columns.map((column, i) => [column.key, pieces[i]]));
  });
}
