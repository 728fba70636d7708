/** A piece of a text, marked or not. */
export interface Piece {
  /** Where it begins in the text. */
  at: number;
  text: string;
  marked: boolean;
}

/** Cuts a text at its marks (start and length, in order, not overlapping). Marks outside the text are left out. */
export function piecesOf(text: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  const add = (from: number, to: number, marked: boolean) => {
    if (to > from) pieces.push({ at: from, text: text.slice(from, to), marked });
  };
  for (const [start, length] of marks) {
    const end = start + length;
    if (start < done || end > text.length) continue;
    add(done, start, false);
    add(start, end, true);
    done = end;
  }
  add(done, text.length, false);
  return pieces;
}
