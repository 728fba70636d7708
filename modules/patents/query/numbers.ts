import { tidy } from '#kernel/identifiers/check';
import { checkCnApplication, cnApplicationCheckDigit } from '#kernel/identifiers/cn-application';
import { checkCnPublication } from '#kernel/identifiers/cn-publication';
import type { Text } from '#kernel/text';

/** A publication number taken apart. `number` is the identity of a record in the corpus. */
export interface PublicationNumber {
  /** `CN106844774A`, `WO2018012345A1`, `EP0240590B1`. */
  number: string;
  /** Two-letter code of the office (WIPO ST.3). */
  country: string;
  /** Kind code (`A`, `B1`), empty where the source gave none. */
  kind: string;
  /** The number without kind. */
  base: string;
}

/** A reading, or why there is none. */
export type Reading<T> = { ok: true; value: T } | { ok: false; reason: Text };

/** Offices whose numbers are recognised without further sign; others still pass in imports. */
const OFFICES = new Set(
  'CN WO EP US JP KR DE GB FR TW HK MO IN RU SU CA AU BR CH IT ES NL BE SE DK NO FI AT PL CZ HU TR IL SG MY TH VN ID PH NZ ZA MX AR EA AP OA UA PT IE GR RO BG'.split(
    ' ',
  ),
);

const unreadable: Text = {
  zh: '无法识别的专利文献号，应为国别代码加数字和种类代码，如 CN106844774A、WO2018012345A1',
  en: 'Not recognised as a patent publication: office code, digits and kind, as in CN106844774A or WO2018012345A1',
};

/**
 * Reads a publication number in any usual spelling: spaces, dots, dashes, slashes, full-width characters, missing
 * leading zeros, two-digit years of WO. `country` helps where the number has no office code.
 */
export function readPublication(text: string, country = ''): Reading<PublicationNumber> {
  const folded = fold(text);
  if (folded === null) return { ok: false, reason: unreadable };
  const named = /^[A-Z]{2}/.test(folded) ? folded : `${country.trim().toUpperCase().slice(0, 2)}${folded}`;
  const office = named.slice(0, 2);
  if (office === 'CN') return readChinese(named);
  if (office === 'WO') return readWorld(named);
  const m = /^([A-Z]{2})(DES|RE|PP|D|H|T|S|X|AI)?(\d{1,13})([A-Z]\d{0,2})?$/.exec(named);
  if (!m) return { ok: false, reason: unreadable };
  const [, code = '', series = '', digits = '', kind = ''] = m;
  const letters = series === 'DES' ? 'D' : series;
  const base = `${code}${letters}${standardDigits(code, letters, digits)}`;
  return { ok: true, value: { number: base + kind, country: code, kind, base } };
}

/**
 * The same for records that are brought in: also the spellings of offices with letters or years inside their numbers, such
 * as `mxPA/a/2005/003863`, `TW M415289 U`, `IN 1442CH2015 A`. They are kept as letters and digits.
 */
export function readAnyPublication(text: string, country = ''): Reading<PublicationNumber> {
  const read = readPublication(text, country);
  if (read.ok || !/\d{3}/.test(text)) return read;
  const folded = fold(text);
  const named =
    folded === null || /^[A-Z]{2}/.test(folded)
      ? folded
      : `${country.trim().toUpperCase().slice(0, 2)}${folded}`;
  const m =
    named === null || named.startsWith('CN') ? null : /^([A-Z]{2})([A-Z0-9]{3,18}?)([A-Z]\d?)?$/.exec(named);
  if (!m) return read;
  const [, code = '', body = '', kind = ''] = m;
  return { ok: true, value: { number: code + body + kind, country: code, kind, base: code + body } };
}

function standardDigits(office: string, series: string, digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (office === 'EP') return plain.padStart(7, '0');
  if (office === 'US' && series === '') {
    // Applications: year and seven digits (some sources leave one zero out).
    if (/^(19|20)\d{8}$/.test(digits)) return `${digits.slice(0, 4)}0${digits.slice(4)}`;
    if (/^(19|20)\d{9}$/.test(digits)) return digits;
    return plain;
  }
  return office === 'JP' ? digits : plain;
}

function readChinese(named: string): Reading<PublicationNumber> {
  const bare = /^CN(\d{7,9})$/.exec(named);
  if (bare) return { ok: true, value: { number: named, country: 'CN', kind: '', base: named } };
  const check = checkCnPublication(named);
  if (!check.valid || check.normalized === null) return { ok: false, reason: check.reason ?? unreadable };
  const base = `CN${check.parts.number}`;
  return {
    ok: true,
    value: { number: check.normalized, country: 'CN', kind: check.normalized.slice(base.length), base },
  };
}

function readWorld(named: string): Reading<PublicationNumber> {
  const m = /^WO(\d{5,11})([A-Z]\d?)?$/.exec(named);
  const base = m ? worldBase(m[1]!) : null;
  if (!base) return { ok: false, reason: unreadable };
  const kind = m?.[2] ?? '';
  return { ok: true, value: { number: base + kind, country: 'WO', kind, base } };
}

/** WO digits as year (4) and serial (6). PCT publication began in 1978. */
function worldBase(digits: string): string | null {
  const century = (yy: string) => (Number(yy) >= 78 ? `19${yy}` : `20${yy}`);
  if (digits.length >= 9 && /^(19|20)/.test(digits))
    return `WO${digits.slice(0, 4)}${digits
      .slice(4)
      .replace(/^0+(?=\d{6})/, '')
      .padStart(6, '0')}`;
  if (digits.length === 7 || digits.length === 8)
    return `WO${century(digits.slice(0, 2))}${digits.slice(2).padStart(6, '0')}`;
  return null;
}

/** Drops spaces, dashes, slashes, commas and dots; null for a text that is no number of any kind. */
function fold(text: string): string | null {
  const folded = tidy(text)?.replace(/[-./,、，·\\]/g, '') ?? '';
  return /^[A-Z0-9]{4,20}$/.test(folded) ? folded : null;
}

/** An application number: as shown, and without check digit for comparing. */
export interface ApplicationNumber {
  /** Written with ZL, which only granted patents carry. */
  granted?: true;
  /** `CN201710117081.7` */
  number: string;
  /** `CN201710117081` */
  key: string;
}

/**
 * Reads an application number. Chinese ones are checked (year, type, check digit; a missing check digit is filled in,
 * and those of 1985 to 1988 had none); others are only tidied.
 */
export function readApplication(text: string, today?: string): Reading<ApplicationNumber> {
  const tidied = tidy(text) ?? '';
  if (/^PCT/.test(tidied)) {
    const m = /^PCT[/]?([A-Z]{2})(\d{2,4})[/](\d{1,6})$/.exec(tidied);
    if (m) {
      const year = m[2]!.length === 4 ? m[2]! : Number(m[2]) >= 78 ? `19${m[2]}` : `20${m[2]}`;
      const number = `PCT/${m[1]}${year}/${m[3]!.padStart(6, '0')}`;
      return { ok: true, value: { number, key: number.replaceAll('/', '') } };
    }
  }
  if (/^[A-Z]{2}/.test(tidied) && !/^(CN|ZL)/.test(tidied)) {
    const number = tidied.replace(/[^A-Z0-9./]/g, '');
    const key = number.replace(/[^A-Z0-9]/g, '');
    if (/\d{3}/.test(key) && key.length <= 40) return { ok: true, value: { number, key } };
  }
  const check = checkCnApplication(text, today === undefined ? {} : { today });
  const granted = check.parts.prefix === 'ZL' ? ({ granted: true } as const) : {};
  if (check.valid && check.normalized) return chinese(check.normalized, granted);
  const year = Number(check.parts.year ?? 0);
  if (check.reason?.code === 'check-digit-missing') {
    const digits = tidied.replace(/\D/g, '');
    if (year >= 1985 && year <= 1988)
      return { ok: true, value: { number: `CN${digits}`, key: `CN${digits}`, ...granted } };
    return chinese(`${digits}.${cnApplicationCheckDigit(digits)}`, granted);
  }
  return { ok: false, reason: check.reason ?? unreadable };
}

function chinese(normalized: string, granted: { granted?: true }): Reading<ApplicationNumber> {
  return { ok: true, value: { number: `CN${normalized}`, key: `CN${normalized.split('.')[0]}`, ...granted } };
}

/** Under which spellings a record is found: `p:` publications with and without kind, `a:` applications without check digit. */
export function keysOf(
  publication: PublicationNumber | null,
  application: ApplicationNumber | null,
): string[] {
  const keys = new Set<string>();
  if (publication) {
    keys.add(`p:${publication.number}`);
    keys.add(`p:${publication.base}`);
  }
  if (application) keys.add(`a:${application.key}`);
  return [...keys];
}

/**
 * The keys that a text may mean when it is read as a number, or none when it does not look like one. Bare digits count
 * from eight on, and are read as Chinese: 8 and 12 an application, 9 an old application or a publication, 13 with check.
 */
export function candidateKeys(text: string): string[] {
  const tidied = tidy(text) ?? '';
  if (!/^[A-Z0-9./,-]{7,40}$/.test(tidied)) return [];
  const keys = new Set<string>();
  const pct = /^PCT/.test(tidied) ? readApplication(text) : null;
  if (pct) return pct.ok ? [`a:${pct.value.key}`] : [];
  const chineseDigits = /^(CN|ZL)?(\d{12}|\d{8})(\.?[\dX])?$/.exec(tidied);
  if (chineseDigits) keys.add(`a:CN${chineseDigits[2]}`);
  const folded = fold(text);
  if (folded && /^\d{9}$/.test(folded)) keys.add(`p:CN${folded}`);
  if (folded && OFFICES.has(folded.slice(0, 2)) && /\d{5}/.test(folded)) {
    const publication = readPublication(folded);
    if (publication.ok) keys.add(`p:${publication.value.number}`);
    const bare = folded.slice(2);
    if (/^\d{5,14}$/.test(bare) && !folded.startsWith('CN')) keys.add(`a:${folded}`);
  }
  return [...keys];
}

/** The spelling of a key that people read. */
export function keyText(key: string): string {
  return key.slice(2);
}

/**
 * The right form of a Chinese application number whose check digit does not fit; null where there is nothing to say. A
 * search warns and goes on without the digit: published samples carry wrong ones.
 */
export function wrongCheckDigit(text: string): string | null {
  const m = /^(?:CN|ZL)?(\d{12}|\d{8})\.([\dX])$/.exec(tidy(text) ?? '');
  if (!m) return null;
  const right = cnApplicationCheckDigit(m[1]!);
  return right === m[2] ? null : `${m[1]}.${right}`;
}
