import type { Searched } from '../../contract.ts';
import type { PatentSearch } from '../address.ts';

/** One condition of a search, for naming it and for leaving it out. */
export type Condition =
  | { kind: 'word'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'applicant' | 'ipc' | 'region' | 'type' | 'status' | 'from' | 'to' | 'span'; text: string };

/** The conditions that a search was understood as; first and last day together are one. */
export function conditionsOf(searched: Searched): Condition[] {
  const { from, to } = searched;
  const list: Condition[] = searched.words.map((text) => ({ kind: 'word', text }));
  if (searched.numbers.length > 0) list.push({ kind: 'number', text: searched.numbers.join(' ') });
  if (searched.applicant) list.push({ kind: 'applicant', text: searched.applicant });
  if (searched.ipc) list.push({ kind: 'ipc', text: searched.ipc });
  if (from && to) list.push({ kind: 'span', text: `${from} ${to}` });
  else if (from) list.push({ kind: 'from', text: from });
  else if (to) list.push({ kind: 'to', text: to });
  if (searched.region) list.push({ kind: 'region', text: searched.region });
  if (searched.type) list.push({ kind: 'type', text: searched.type });
  if (searched.legalStatus) list.push({ kind: 'status', text: searched.legalStatus });
  return list;
}

/** The change of the address that leaves a condition out. */
export function without(condition: Condition, searched: Searched): Partial<PatentSearch> {
  const page = undefined;
  switch (condition.kind) {
    case 'word': {
      const words = searched.words.filter((word) => word !== condition.text);
      return { q: join([...words.map(quoted), ...searched.numbers.slice(0, 1)]), page };
    }
    case 'number':
      return { q: join(searched.words.map(quoted)), page };
    case 'span':
      return { from: undefined, to: undefined, page };
    default:
      return { [condition.kind]: undefined, page };
  }
}

function join(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** As it must be typed to be one word again. */
function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}
