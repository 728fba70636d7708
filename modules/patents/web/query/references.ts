const KEY = 'zc.patents.history';
const MOST = 50;

/** An earlier query and the number under which it can be used again. */
export interface Reference {
  /** `#3`. */
  name: string;
  text: string;
}

/** Queries of this window that the account's history numbered, latest first. */
export function knownReferences(): readonly Reference[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? (kept as Reference[]) : [];
  } catch {
    return [];
  }
}

/** Keeps one. */
export function rememberReference(number: number, text: string): void {
  const name = `#${number}`;
  const others = knownReferences().filter((one) => one.name !== name);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([{ name, text }, ...others].slice(0, MOST)));
  } catch {
    // Not proposed then; it can still be typed.
  }
}
