import { useSyncExternalStore } from 'react';
import type { Lang } from '#kernel/text';

/** What one person set for this browser. Nothing of it goes to the server except the language of answers. */
export interface Prefs {
  lang: Lang;
  /** Larger letters and wider rows. */
  largePrint: boolean;
  /** Row height of tables. */
  density: 'compact' | 'normal' | 'touch';
  /** The navigation is folded away on wide screens. */
  navFolded: boolean;
}

const key = 'zc.prefs';

/** Reads what was kept; anything unreadable counts as not set. */
export function readPrefs(kept: string | null, browserLang: string, coarsePointer: boolean): Prefs {
  let raw: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(kept ?? '{}');
    if (parsed && typeof parsed === 'object') raw = parsed as Record<string, unknown>;
  } catch {
    // Broken by hand or by another version: start again from the defaults.
  }
  const density = raw.density;
  return {
    lang: raw.lang === 'zh' || raw.lang === 'en' ? raw.lang : /^en\b/i.test(browserLang) ? 'en' : 'zh',
    largePrint: raw.largePrint === true,
    density:
      density === 'compact' || density === 'normal' || density === 'touch'
        ? density
        : coarsePointer
          ? 'touch'
          : 'normal',
    navFolded: raw.navFolded === true,
  };
}

function load(): Prefs {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(key);
  } catch {
    // Storage may be forbidden; the page works without it.
  }
  return readPrefs(kept, navigator.language, matchMedia('(pointer: coarse)').matches);
}

let current = load();
const listeners = new Set<() => void>();

/** The settings now, for code outside components. */
export function prefs(): Prefs {
  return current;
}

/** Changes some settings, keeps them, and redraws whoever shows them. */
export function setPrefs(change: Partial<Prefs>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Not kept, but in force until the window is closed.
  }
  for (const listener of listeners) listener();
}

/** The settings, followed by the component. */
export function usePrefs(): Prefs {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, prefs);
}
