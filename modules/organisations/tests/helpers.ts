import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';

/** The n-th of many valid made-up codes: an enterprise of a region code that belongs to nobody. */
export function codeNo(n: number): string {
  const org = `M${String(n).padStart(7, '0')}`;
  const first17 = `91990101${org}${orgCodeCheckCharacter(org)}`;
  return `${first17}${usccCheckCharacter(first17)}`;
}
