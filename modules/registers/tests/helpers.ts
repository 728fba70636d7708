import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';

/** A valid made-up credit code for each number below a million. */
export function usccOf(n: number): string {
  const eight = `MA${String(n).padStart(6, '0')}`;
  const first = `91999999${eight}${orgCodeCheckCharacter(eight)}`;
  return first + usccCheckCharacter(first);
}
