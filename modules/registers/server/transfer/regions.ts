import type { CityLookup } from '#kernel/city/lookup';
import { readRegion } from '#kernel/fields/regions';
import type { Lang } from '#kernel/text';

/**
 * How a region is written for a record of a day so that it is read back as the same: its name where that is enough, else
 * its code or id. Kept while the sheet is written.
 */
export function regionWriter(
  lookup: CityLookup,
  today: string,
): (id: string, day: string | null, lang: Lang) => string {
  const known = new Map<string, string>();
  return (id, day, lang) => {
    const on = day ?? today;
    const key = `${lang} ${on} ${id}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const at = lookup.regionAt(id, on)?.at;
    const isRead = (text: string | null | undefined): text is string => {
      if (!text) return false;
      const reading = readRegion(lookup, text, on);
      return reading.ok && reading.value === id;
    };
    const found = [at?.name[lang], at?.code].find(isRead) ?? id;
    known.set(key, found);
    return found;
  };
}
