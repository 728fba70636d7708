import { FACETS, type FacetName, USUAL_FACETS } from '../../contract/search.ts';

const KEY = 'zc.patents.facets';

/** Facets that this browser's user wants counted, in the order of the list; the usual ones until they chose. */
export function shownFacets(): readonly FacetName[] {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === null) return USUAL_FACETS;
    const names = kept.split(',');
    return FACETS.filter((name) => names.includes(name));
  } catch {
    return USUAL_FACETS;
  }
}

/** Keeps the choice. */
export function keepShownFacets(names: readonly FacetName[]): void {
  try {
    localStorage.setItem(KEY, names.join(','));
  } catch {
    // Not kept, but in force on this page.
  }
}

/** As the interface takes them. */
export function facetParameter(names: readonly FacetName[]): string {
  return names.length === 0 ? 'none' : names.join(',');
}
