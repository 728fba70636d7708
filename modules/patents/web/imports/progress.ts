import type { PatentImport } from '../../contract.ts';

/** The server still works on it, or will: worth asking again. */
export function isActive(one: Pick<PatentImport, 'state'>): boolean {
  return one.state === 'waiting' || one.state === 'running';
}

/** Share of the file that is worked through, 0 to 1. */
export function shareDone({ bytesDone, size, state }: PatentImport): number {
  if (state === 'done') return 1;
  return size === 0 ? 0 : Math.min(1, bytesDone / size);
}

/** Seconds to the end at the speed so far, or null while nothing can be said. */
export function secondsLeft(one: PatentImport): number | null {
  const { counts, rowsPerSecond, bytesDone, size } = one;
  if (one.state !== 'running' || counts.read === 0 || rowsPerSecond === 0 || bytesDone === 0) return null;
  const bytesPerSecond = (bytesDone / counts.read) * rowsPerSecond;
  return Math.max(0, Math.ceil((size - bytesDone) / bytesPerSecond));
}

/** Hours, minutes and seconds; seconds are dropped from an hour on. */
export function partsOfTime(seconds: number): { hours: number; minutes: number; seconds: number } {
  const whole = Math.round(seconds);
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 };
}
