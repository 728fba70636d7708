import { useState } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { toCsv } from '#shell/csv';
import type { BatchLine, batchLookUp } from '../../contract/export.ts';

/** What a batch look-up answered. */
export type BatchAnswer = EndpointResponse<typeof batchLookUp>;

/** Outcomes in the order in which they are shown. */
export const OUTCOMES = ['found', 'ambiguous', 'missing', 'unreadable'] as const;

/** Most numbers that one query can ask for. */
export const MOST_IN_QUERY = 2000;

/** What was typed and what came of it. */
interface Kept {
  text: string;
  answer: BatchAnswer | null;
}

let kept: Kept = { text: '', answer: null };

/** The same, kept while records are opened and until the window is closed: a long list is not looked up twice. */
export function useKeptBatch(): [Kept, (change: Partial<Kept>) => void] {
  const [state, setState] = useState(kept);
  return [
    state,
    (change) => {
      kept = { ...kept, ...change };
      setState(kept);
    },
  ];
}

/** All publications that were found without doubt, once each, in the order of the list. */
export function foundNumbers(lines: readonly BatchLine[]): string[] {
  return [...new Set(lines.filter((line) => line.state === 'found').flatMap((line) => line.records))];
}

/** The query that finds exactly these publications. */
export function queryOfNumbers(numbers: readonly string[]): string {
  return `PN=(${numbers.join(' OR ')})`;
}

/** The answer as a table for spreadsheets. */
export function batchCsv(
  lines: readonly BatchLine[],
  heads: readonly string[],
  word: (state: BatchLine['state']) => string,
): string {
  return toCsv([
    heads,
    ...lines.map((line) => [
      line.line,
      line.input,
      word(line.state),
      line.readAs.join(' '),
      line.records.join(' '),
      line.reason,
    ]),
  ]);
}
