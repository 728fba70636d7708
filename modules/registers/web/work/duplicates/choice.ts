import { typed } from '#shell/components/record-form/values';
import type { Entry } from '../../../contract/entries.ts';

/** Whose value stays: of the entry that is kept, or of the one that is merged into it. */
export type Side = 'keep' | 'drop';

/** Field key → whose value stays. */
export type Choice = Readonly<Record<string, Side>>;

type Content = Pick<Entry, 'fields' | 'data'>;

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Do two stored values say the same? The order of an object's keys says nothing. */
export function sameStored(a: unknown, b: unknown): boolean {
  return (isEmpty(a) && isEmpty(b)) || canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  );
}

/** Fields that are typed, those that differ first told apart from those that do not; both in the order of the register. */
export function compared(keep: Content, drop: Content) {
  const fields = typed(keep.fields);
  const differs = (key: string) => !sameStored(keep.data[key], drop.data[key]);
  return {
    different: fields.filter((f) => differs(f.key)),
    same: fields.filter((f) => !differs(f.key) && !isEmpty(keep.data[f.key])),
  };
}

/** What is chosen until somebody chooses: the kept entry's value, unless it has none. */
export function firstChoice(keep: Content, drop: Content): Choice {
  return Object.fromEntries(
    compared(keep, drop).different.map((f): [string, Side] => [
      f.key,
      isEmpty(keep.data[f.key]) ? 'drop' : 'keep',
    ]),
  );
}

/** The content that remains. */
export function mergedData(keep: Content, drop: Content, choice: Choice): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const { key } of typed(keep.fields)) {
    const value = (choice[key] === 'drop' ? drop : keep).data[key];
    if (!isEmpty(value)) data[key] = value;
  }
  return data;
}

const RANK = ['published', 'verified', 'expired', 'proposed', 'removed'];

/** Which of several should remain: the one that has come furthest, then the one with the lowest number. */
export function survivorFirst<T extends Pick<Entry, 'no' | 'state'>>(entries: readonly T[]): T[] {
  return [...entries].sort(
    (a, b) =>
      RANK.indexOf(a.state) - RANK.indexOf(b.state) || a.no.localeCompare(b.no, 'en', { numeric: true }),
  );
}
