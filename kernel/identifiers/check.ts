import type { CalendarDate } from '#kernel/calendar/date';
import type { Text } from '#kernel/text';

/** Why a value is not a valid identifier: a code for programs, a sentence for people that says what to mend. */
export interface IdentifierReason extends Text {
  code: string;
}

/** What an identifier is made of; the keys are listed at each checker. */
export type IdentifierParts = Record<string, string | number | null>;

/** The answer about one value. `normalized` is the one form to store and compare; null when the value is not valid. */
export interface IdentifierCheck {
  valid: boolean;
  normalized: string | null;
  parts: IdentifierParts;
  reason: IdentifierReason | null;
}

/** One spell during which a region's code was in force. Both ends are included; null means open or unknown. */
export interface RegionSpell {
  code: string;
  name: string;
  validFrom: CalendarDate | null;
  validTo: CalendarDate | null;
  /** Codes that took over when this one ended. */
  successors: readonly string[];
  /** Which list the code belongs to, e.g. `gb2260`, `statistical`, `own`. */
  list?: string;
}

/** What a check may need besides the value. */
export interface IdentifierContext {
  /** The day after which a year or a birth date lies in the future. The day in Shanghai unless given. */
  today?: CalendarDate;
  /** Every spell of a region code, none if the code never existed. Without it only the form of a code is checked. */
  regions?: (code: string) => readonly RegionSpell[];
  /** The day for which a region code is asked; `today` unless given. */
  asOf?: CalendarDate;
}

/** Checks a value as people write it. Never throws. */
export type IdentifierChecker = (value: string, ctx?: IdentifierContext) => IdentifierCheck;

/** A valid answer. */
export function accept(normalized: string, parts: IdentifierParts): IdentifierCheck {
  return { valid: true, normalized, parts, reason: null };
}

/** A negative answer; `parts` holds what could still be read. */
export function reject(code: string, zh: string, en: string, parts: IdentifierParts = {}): IdentifierCheck {
  return { valid: false, normalized: null, parts, reason: { code, zh, en } };
}

/** Longest text that is looked at; no identifier comes near it. */
const LONGEST = 200;

/**
 * Folds what keyboards and exports vary: full-width letters and digits, every kind of dash, upper case, outer and inner
 * white space (also zero-width). Returns null for a text too long to be an identifier.
 */
export function tidy(value: string): string | null {
  if (value.length > LONGEST) return null;
  return value
    .normalize('NFKC')
    .replaceAll(/[\s\u200b-\u200d\u2060\ufeff]+/g, '')
    .replaceAll(/[\u2010-\u2015\u2212\u2500\u30fc]/g, '-')
    .toUpperCase();
}

/** Makes a checker out of a reader of tidied text; empty and overlong values are answered alike for every kind. */
export function identifier(
  read: (text: string, ctx: IdentifierContext) => IdentifierCheck,
): IdentifierChecker {
  return (value, ctx = {}) => {
    const text = tidy(value);
    if (text === null) {
      return reject(
        'too-long',
        '内容过长，不是编号，请只填编号本身',
        'Too long for a number: give the number alone',
      );
    }
    return text === ''
      ? reject('empty', '内容为空，请填写', 'Nothing was given: fill it in')
      : read(text, ctx);
  };
}

/** Sum of digit values times weights. */
export function weightedSum(values: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (values[i] ?? 0), 0);
}
