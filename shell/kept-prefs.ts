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
