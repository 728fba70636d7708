import type { Batch, BatchRowKind } from '../../../contract/batches.ts';

/** What may become of a row, in the order in which it is told. */
export const KINDS: readonly BatchRowKind[] = ['added', 'changed', 'unchanged', 'rejected'];

/** What may become of a row of this batch: a bulk change makes no new entries. */
export function kindsOf({ kind }: Pick<Batch, 'kind'>): readonly BatchRowKind[] {
  return kind === 'import' ? KINDS : KINDS.filter((k) => k !== 'added');
}

/** The server works on it: worth asking again. */
export function isMoving({ state }: Pick<Batch, 'state'>): boolean {
  return state === 'preparing' || state === 'applying';
}

/** Share of the present step that is worked through, 0 to 1; null while nobody knows how much there is. */
export function shareOf({ progress, state }: Pick<Batch, 'progress' | 'state'>): number | null {
  if (state === 'done') return 1;
  if (progress.total === null) return null;
  return progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total);
}

/** Rows that applying would write, or has written. */
export function toWrite({ counts }: Pick<Batch, 'counts'>): number {
  return counts.added + counts.changed;
}

/** Rows of a batch that failed on the way which are still to be written. */
export function leftOf({ progress, state }: Pick<Batch, 'progress' | 'state'>): number {
  return state === 'failed' && progress.total !== null ? progress.total - progress.done : 0;
}

/** The kind of rows to show: the one asked for, else the first that has any. */
export function kindShown(
  batch: Pick<Batch, 'counts' | 'kind'>,
  asked: BatchRowKind | undefined,
): BatchRowKind {
  const kinds = kindsOf(batch);
  if (asked && kinds.includes(asked)) return asked;
  return kinds.find((kind) => batch.counts[kind] > 0) ?? kinds[0]!;
}

/** Columns of a file that are read, and heads of those that are not. */
export function columnsOf(columns: Batch['columns']): {
  read: { head: string; label: string }[];
  ignored: string[];
} {
  return {
    read: columns.flatMap((c) => (c.field === null ? [] : [{ head: c.head, label: c.label ?? c.field }])),
    ignored: columns.filter((c) => c.field === null).map((c) => c.head),
  };
}

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** `131289` → `128.2 kB` (1 kB = 1024 bytes). */
export function sizeText(bytes: number): string {
  let n = bytes;
  let unit = 0;
  while (n >= 1024 && unit < UNITS.length - 1) {
    n /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? n : n.toFixed(1)} ${UNITS[unit]}`;
}
