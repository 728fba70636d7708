import { useEffect, useState } from 'react';

/** The part of a list that a wall screen shows now; after the last part comes the first again. */
export function partOf<T>(
  list: readonly T[],
  size: number,
  turn: number,
): { items: T[]; part: number; parts: number } {
  const parts = Math.max(1, Math.ceil(list.length / size));
  const part = turn % parts;
  return { items: list.slice(part * size, part * size + size), part, parts };
}

/** Counts up every so many seconds while it runs; a wall screen turns its lists by it. */
export function useTurns(seconds: number, running: boolean): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setTurn((n) => n + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds, running]);
  return turn;
}
