/** Letters and digits that are not mistaken for each other when read aloud or written down. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of four groups of four, about 78 bits: `k7mp-x2qa-9ert-h4zd`. */
export function newPassword(): string {
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join(''));
  return groups.join('-');
}

function letter(): string {
  // Bytes past the last whole multiple are thrown away: every letter is equally likely.
  const most = 256 - (256 % letters.length);
  for (;;) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0]!;
    if (byte < most) return letters[byte % letters.length]!;
  }
}
