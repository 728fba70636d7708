import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';

/** The n-th of many valid made-up codes: of an enterprise in the fictitious Dongdu District. */
export function codeNo(n: number): string {
  const org = `M${String(n).padStart(7, '0')}`;
  const first17 = `91990102${org}${orgCodeCheckCharacter(org)}`;
  return `${first17}${usccCheckCharacter(first17)}`;
}
