import type { FacetName, FacetValue } from '../../contract/search.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { asStatus, asType, useCodeWords, useStatusWord, useTypeWord } from '../words.ts';

const KEPT = 'zc.patents.labels';

/** Names of applicants by their ids, as answers gave them: an address holds the id alone. */
const labels = new Map<string, string>(readKept());

function readKept(): [string, string][] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? (kept as [string, string][]) : [];
  } catch {
    return [];
  }
}

/** Keeps the names that an answer gave, for naming them when they are no longer among the most frequent. */
export function rememberLabels(facet: FacetName, values: readonly FacetValue[]): void {
  let grown = false;
  for (const { value, label } of values) {
    const key = `${facet}:${value}`;
    if (label === null || labels.get(key) === label) continue;
    labels.set(key, label);
    grown = true;
  }
  if (!grown) return;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...labels].slice(-500)));
  } catch {
    // Not kept; names are there until the window is closed.
  }
}

/** Gives the words for the values of facets. */
export function useFacetWords(): (facet: FacetName, value: string, label?: string | null) => string {
  const t = useText();
  const regions = useRegions();
  const typeWord = useTypeWord();
  const statusWord = useStatusWord();
  const codes = useCodeWords();
  return (facet, value, label) => {
    switch (facet) {
      case 'year':
      case 'filingYear':
        return value === '0' || value === '' ? t('facet.noDate') : value;
      case 'type': {
        const type = asType(value);
        return type ? typeWord(type) : value;
      }
      case 'legalStatus': {
        const status = asStatus(value);
        return status ? statusWord(status) : value;
      }
      case 'country': {
        const name = codes.office(value);
        return name === value ? value : `${value} ${name}`;
      }
      case 'region':
        return value === '' || value === '-' ? t('region.none') : regions.nameOf(value);
      case 'granted':
        return t(value === '1' ? 'granted' : 'published');
      case 'lang':
        return value === '' ? t('facet.notGiven') : codes.language(value);
      case 'familySize':
        return value === '20' ? t('facet.family20') : t('facet.familyOf', { count: value });
      case 'applicant':
        return label ?? labels.get(`${facet}:${value}`) ?? t('facet.applicantId', { id: value });
      default:
        return (label ?? value) || t('facet.notGiven');
    }
  };
}
