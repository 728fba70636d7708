/** Which rows are shown: of which part, behind which half of a quotient, as known when. */
export interface RowsChoice {
  part: string | null;
  side: 'of' | 'per';
  known: 'then' | 'now';
}

/** A choice as the address keeps it: `.of.then`, `share.per.then`. */
export function rowsKey({ part, side, known }: RowsChoice): string {
  return `${part ?? ''}.${side}.${known}`;
}
