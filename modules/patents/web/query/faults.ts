import type { Lang } from '#kernel/text';
import { ApiError } from '#shell/api-error';
import { QueryFaultJson } from '../../contract/search.ts';
import type { QueryFault } from '../../query/ast.ts';

/** A fault in words of the reader's language. */
export interface ShownFault {
  offset: number;
  length: number;
  message: string;
  expected: string[];
  /** The query or word as it could be meant. */
  suggestion: string | null;
}

/** A fault that this browser found, in words. */
export function shownFault(fault: QueryFault, lang: Lang): ShownFault {
  return { ...fault, message: fault.message[lang] };
}

/** The faults of a query that the server refused; empty for any other failure. */
export function refusedFaults(error: unknown): ShownFault[] {
  if (!(error instanceof ApiError) || error.code !== 'patents_query') return [];
  return error.errors.flatMap((one) => {
    const fault = QueryFaultJson.safeParse(one);
    return fault.success ? [fault.data] : [];
  });
}

/**
 * The whole query with a proposal taken over. A proposal is the whole query, and then begins as the query does before the
 * fault, or the word that should stand at the fault.
 */
export function mended(
  text: string,
  fault: Pick<ShownFault, 'offset' | 'length' | 'suggestion'>,
): string | null {
  const { offset, length, suggestion } = fault;
  if (suggestion === null) return null;
  const before = text.slice(0, offset);
  return suggestion.startsWith(before) ? suggestion : before + suggestion + text.slice(offset + length);
}

/** Whether the fault is only that the query is not finished yet: nothing stands behind it. */
export function isUnfinished(text: string, fault: Pick<ShownFault, 'offset' | 'length'>): boolean {
  return text.slice(fault.offset + fault.length).trim() === '' && fault.length === 0;
}
