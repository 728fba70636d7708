import { FACETS, type FacetName } from '../../contract/search.ts';

/** A value of a facet that must hold or must not. */
export interface Chosen {
  facet: FacetName;
  value: string;
  not: boolean;
}

/** The chosen values of an address: `legalStatus:in-force|-country:US`; what is none is left out. */
export function readFilter(filter: string | undefined): Chosen[] {
  return splitParts(filter ?? '').flatMap((part) => {
    const m = /^(-?)([A-Za-z]+):([\s\S]+)$/.exec(part);
    const facet = FACETS.find((name) => name === m?.[2]);
    return m && facet ? [{ facet, value: m[3]!, not: m[1] === '-' }] : [];
  });
}

/** Writes them back; undefined for none. */
export function formatFilter(chosen: readonly Chosen[]): string | undefined {
  const parts = chosen.map(
    ({ facet, value, not }) => `${not ? '-' : ''}${facet}:${value.replace(/[\\|]/g, '\\$&')}`,
  );
  return parts.length === 0 ? undefined : [...new Set(parts)].join('|');
}

/** How a value is chosen now: it must hold, must not, or neither. */
export function stateOf(chosen: readonly Chosen[], facet: FacetName, value: string): 'in' | 'out' | null {
  const found = chosen.find((c) => c.facet === facet && c.value === value);
  return found ? (found.not ? 'out' : 'in') : null;
}

/** Chooses a value, or takes it back where it is chosen that way already. */
export function toggled(chosen: readonly Chosen[], one: Chosen): Chosen[] {
  const others = chosen.filter((c) => c.facet !== one.facet || c.value !== one.value);
  return stateOf(chosen, one.facet, one.value) === (one.not ? 'out' : 'in') ? others : [...others, one];
}

/**
 * The value under which a counted value is filtered by; null where it cannot be. No region is written `-`; an empty agency or
 * language has no filter.
 */
export function filterValue(facet: FacetName, value: string): string | null {
  if (value !== '') return value;
  return facet === 'region' ? '-' : null;
}

function splitParts(filter: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < filter.length; i++) {
    const char = filter[i]!;
    if (char === '\\' && i + 1 < filter.length) {
      part += filter[i + 1];
      i += 1;
    } else if (char === '|') {
      parts.push(part);
      part = '';
    } else part += char;
  }
  parts.push(part);
  return parts.filter((p) => p.trim() !== '');
}
