import type { FormValues } from '#shell/components/record-form/values';

/** How changes are meant and on what they rest: of one entry, of an import, of a bulk change. */
export interface Meaning {
  mode: 'correct' | 'change';
  /** First day of a change. */
  from: string;
  reason: string;
  basis: string;
}

/** Nothing said yet. */
export const UNSAID: Meaning = { mode: 'correct', from: '', reason: '', basis: '' };

/** State in which a new entry begins. */
export type NewState = 'proposed' | 'verified' | 'published';

/** How the change of an entry is meant, beside the content. */
export interface Why extends Meaning {
  state: NewState;
}

/** What this browser keeps of a form until the server has it. */
export interface Draft {
  /** Version of the entry from which it began; 0 for a new one. */
  version: number;
  /** First day of the segment that is corrected; null for one without, or for none. */
  segment: string | null;
  /** The content as it was then: needed to tell my changes from theirs. */
  base: FormValues;
  values: FormValues;
  why: Why;
  /** Names of files that were uploaded, by their id. */
  files: Readonly<Record<string, string>>;
  /** The same key is sent until a new entry is taken, so that it is taken once. */
  submitKey: string;
  /** When it was typed, ISO. */
  at: string;
}

/** The part of `localStorage` that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Name under which a draft is kept: two people at one computer do not see each other's. */
export function draftName(account: string, register: string, no: string | undefined): string {
  return `zc.register:${[account, register, no ?? ''].map(encodeURIComponent).join(':')}`;
}

/** What was kept; null for nothing, or for something that has not the form's shape. */
export function readDraft(store: Store | null, name: string): Draft | null {
  try {
    const kept = JSON.parse(store?.getItem(name) ?? 'null') as unknown;
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a draft, or with null forgets it. False where the browser keeps nothing. */
export function keepDraft(store: Store | null, name: string, draft: Draft | null): boolean {
  try {
    if (!store) return false;
    if (draft) store.setItem(name, JSON.stringify(draft));
    else store.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The kept values laid over the form as the register is declared now: a field that is gone is dropped, a field that was
 * added keeps what the form begins with, and a list is only taken where a list belongs.
 */
export function laidOver(start: FormValues, kept: FormValues): FormValues {
  return Object.fromEntries(
    Object.entries(start).map(([key, value]) => {
      const old = kept[key];
      return [key, old !== undefined && typeof old === typeof value ? old : value];
    }),
  );
}

const isValues = (v: unknown): v is FormValues =>
  typeof v === 'object' &&
  v !== null &&
  !Array.isArray(v) &&
  Object.values(v).every(
    (one) =>
      typeof one === 'string' ||
      (Array.isArray(one) &&
        one.every(
          (row) => row && typeof row === 'object' && Object.values(row).every((x) => typeof x === 'string'),
        )),
  );

/** Written by another version of the page, or by hand: only what has the form's shape is taken back. */
function isDraft(kept: unknown): kept is Draft {
  if (!kept || typeof kept !== 'object') return false;
  const d = kept as Partial<Record<keyof Draft, unknown>>;
  const why = d.why as Partial<Why> | undefined;
  return (
    Number.isInteger(d.version) &&
    (d.segment === null || typeof d.segment === 'string') &&
    isValues(d.base) &&
    isValues(d.values) &&
    typeof why === 'object' &&
    why !== null &&
    (why.mode === 'correct' || why.mode === 'change') &&
    (why.state === 'proposed' || why.state === 'verified' || why.state === 'published') &&
    [why.from, why.reason, why.basis, d.submitKey, d.at].every((text) => typeof text === 'string') &&
    typeof d.files === 'object' &&
    d.files !== null
  );
}
