import { checkUscc } from '../identifiers/uscc.ts';
import { isPerson, maskAddress } from './persons.ts';

/** What can be masked in a text before everybody reads it. */
export const MASK_RULES = [
  'person',
  'organisation',
  'resident-id',
  'phone',
  'email',
  'bank-account',
  'home',
] as const;
/** One of them. */
export type MaskRule = (typeof MASK_RULES)[number];

/** A place that was masked: offsets in the text as it was, in UTF-16 units, and what stands there now. */
export interface MaskedPlace {
  rule: MaskRule;
  start: number;
  end: number;
  was: string;
  is: string;
}

/** A text with all that the rules name masked, and the places where that was done, from first to last. */
export interface MaskedText {
  text: string;
  places: MaskedPlace[];
}

/** Family names of two characters; any other Chinese family name is taken for one. */
const DOUBLE =
  /^(?:欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐)/;
/** Tell persons of one family name apart. */
const STEMS = '甲乙丙丁戊己庚辛壬癸';
/** Who is named right after one of these words is a person, or an organisation with a longer name. */
const NAMED =
  /(?:姓名|法定代表人|负责人|经营者|投资人|委托代理人|代理人|联系人|当事人|申请人|举报人|投诉人|证人|身份证姓名)(?:（[^（）\n]{1,12}）)?\s?[：:]\s?(\p{Script=Han}{2,4}(?:[·•]\p{Script=Han}{1,8})?)(?=[\s，。；、,;（(]|$)/gmu;
const HOME =
  /(?:家庭住址|家庭地址|户籍所在地|户籍地|经常居住地|现住址|住址)\s?[：:]?\s?([^，。；,;\n]{4,80})|[，；,;]住(\p{Script=Han}{2,10}[省市区县][^，。；,;\n]{0,60})/gu;
const PATTERNS: readonly { rule: MaskRule; find: RegExp; is: (was: string) => string | null }[] = [
  {
    rule: 'resident-id',
    find: /(?<![0-9A-Z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])/g,
    is: (was) => (isCreditCode(was) ? null : `${was.slice(0, 6)}×××`),
  },
  {
    rule: 'bank-account',
    find: /(?<![0-9A-Z.])\d(?: ?\d){15,18}(?![0-9A-Z])/g,
    is: (was) => (isCreditCode(was) ? null : '×××'),
  },
  { rule: 'phone', find: /(?<![0-9A-Z])1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Z])/g, is: () => '×××' },
  { rule: 'phone', find: /(?<![0-9A-Z])0\d{2,3}[- ]?\d{7,8}(?![0-9A-Z])/g, is: () => '×××' },
  { rule: 'email', find: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g, is: () => '×××' },
];

/**
 * Masks a text before it is published: names of persons that the matter knows (`names`) or that stand after words such as
 * 法定代表人, of organisations that it knows where the rules say so, identity numbers, telephones, e-mail, accounts, homes. It finds what has a known form and nothing else, so a person reads
 * the result before it goes out. Equal names stay equal, and persons of one family name are told apart.
 */
export function maskText(
  text: string,
  rules: readonly MaskRule[],
  names: readonly string[] = [],
): MaskedText {
  const plain = halfWidth(text);
  const wanted = new Set(rules);
  const found: MaskedPlace[] = [];
  const add = (rule: MaskRule, start: number, was: string, is: string) => {
    found.push({ rule, start, end: start + was.length, was, is });
  };
  for (const { rule, find, is } of PATTERNS)
    if (wanted.has(rule))
      for (const match of plain.matchAll(find)) {
        const masked = is(match[0]);
        const was = text.slice(match.index, match.index + match[0].length);
        if (masked !== null) add(rule, match.index, was, masked);
      }
  if (wanted.has('home'))
    for (const match of text.matchAll(HOME)) {
      const was = match[1] ?? match[2]!;
      const is = maskAddress(was);
      if (is !== was && !was.includes('*')) add('home', match.index + match[0].lastIndexOf(was), was, is);
    }
  if (wanted.has('person')) {
    const named = [...text.matchAll(NAMED)].map((match) => match[1]!);
    const called = callNames([...names, ...named]);
    for (const [name, is] of called)
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
        add('person', at, name, is);
  }
  if (wanted.has('organisation'))
    for (const [name, is] of callOrganisations(names))
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
        add('organisation', at, name, is);
  return replaced(text, found);
}

/** How each organisation that the matter knows is called: 某单位, or 某单位甲 and 某单位乙 where there are several; longest names first. */
function callOrganisations(names: readonly string[]): Map<string, string> {
  const known = [...new Set(names.map((name) => name.trim()))].filter(
    (name) => [...name].length >= 2 && !/[某×*＊]/.test(name) && !isPerson(name),
  );
  return new Map(
    known
      .map((name, n): [string, string] => [
        name,
        `某单位${known.length > 1 ? (STEMS[n] ?? String(n + 1)) : ''}`,
      ])
      .sort(([a], [b]) => b.length - a.length),
  );
}

/** Puts the masks in; of places that overlap the one that begins first counts, of those the longest. */
function replaced(text: string, found: MaskedPlace[]): MaskedText {
  const places: MaskedPlace[] = [];
  let out = '';
  let at = 0;
  for (const place of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.start < at) continue;
    places.push(place);
    out += text.slice(at, place.start) + place.is;
    at = place.end;
  }
  return { text: out + text.slice(at), places };
}

/** How each person is called: 李某, or 李某甲 and 李某乙 where there are two of them; longest names first. */
function callNames(names: readonly string[]): Map<string, string> {
  const persons = [...new Set(names.map((name) => name.trim()))].filter(
    // What was masked before is no name.
    (name) => [...name].length >= 2 && !/[某×*＊]/.test(name) && isPerson(name),
  );
  const families = new Map<string, string[]>();
  for (const name of persons) families.set(family(name), [...(families.get(family(name)) ?? []), name]);
  return new Map(
    persons
      .sort((a, b) => b.length - a.length)
      .map((name): [string, string] => {
        const same = families.get(family(name))!;
        const stem = same.length > 1 ? (STEMS[same.indexOf(name)] ?? String(same.indexOf(name) + 1)) : '';
        return [name, `${family(name)}${/^\p{Script=Han}/u.test(name) ? '某' : '***'}${stem}`];
      }),
  );
}

function family(name: string): string {
  return DOUBLE.exec(name)?.[0] ?? [...name][0]!;
}

/** Digits and signs of numbers as people type them on a Chinese keyboard, character for character. */
function halfWidth(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ＠．－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

/** The credit code of an enterprise may consist of digits alone; no region's code, and so no person's number, begins with 9. */
function isCreditCode(number: string): boolean {
  return number.startsWith('9') && checkUscc(number).valid;
}
