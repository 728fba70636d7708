import { randomInt } from 'node:crypto';

/** Digits and capitals without those that look alike. */
const CAPITALS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
/** The same with small letters. */
const LETTERS = `${CAPITALS}abcdefghjkmnpqrstuvwxyz`;

function groups(alphabet: string, count: number, size: number): string {
  const group = () => Array.from({ length: size }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: count }, group).join('-');
}

/** A receipt that nobody guesses: 16 signs, 79 bits, in groups that can be read out on the telephone. */
export function newReceipt(): string {
  return groups(CAPITALS, 4, 4);
}

/** A receipt as it was typed, in the form in which it is stored. */
export function tidyReceipt(text: string): string {
  const signs = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  return signs.match(/.{1,4}/g)?.join('-') ?? '';
}

/** A password to be used once: 16 signs, 91 bits. */
export function newPassword(): string {
  return groups(LETTERS, 4, 4);
}
