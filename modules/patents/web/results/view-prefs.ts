import { useSyncExternalStore } from 'react';
import * as z from 'zod';

/** Columns of the table in the order in which they are offered; the title is always there. */
export const COLUMNS = [
  'number',
  'applicants',
  'published',
  'filed',
  'status',
  'type',
  'ipc',
  'cpc',
  'application',
  'country',
  'region',
  'agency',
  'claims',
  'citations',
  'citedBy',
  'family',
  'abstract',
] as const;
export type ColumnId = (typeof COLUMNS)[number];

const Kept = z.object({
  view: z.enum(['list', 'table', 'cards']).catch('list'),
  columns: z
    .array(z.enum(COLUMNS))
    .catch(['number', 'applicants', 'published', 'filed', 'status', 'type', 'ipc']),
});
/** How this browser's user wants results shown. */
export type ViewPrefs = z.output<typeof Kept>;

const KEY = 'zc.patents.view';

/** Reads what was kept; what cannot be read is the usual. */
export function readViewPrefs(kept: string | null): ViewPrefs {
  try {
    return Kept.parse(JSON.parse(kept ?? '{}') ?? {});
  } catch {
    return Kept.parse({});
  }
}

let current: ViewPrefs | null = null;
const listeners = new Set<() => void>();

function prefs(): ViewPrefs {
  if (!current) {
    let kept: string | null = null;
    try {
      kept = localStorage.getItem(KEY);
    } catch {
      // Storage may be forbidden; the page works without it.
    }
    current = readViewPrefs(kept);
  }
  return current;
}

/** The settings, followed by the component. */
export function useViewPrefs(): ViewPrefs {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, prefs);
}

/** Changes some of them and keeps them. */
export function setViewPrefs(change: Partial<ViewPrefs>): void {
  current = { ...prefs(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Not kept, but in force until the window is closed.
  }
  for (const listener of listeners) listener();
}
