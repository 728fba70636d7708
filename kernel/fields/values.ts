import type * as z from 'zod';
import { looseDateMessage, parseLooseDate } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import type { TextField } from '#kernel/city/schema-fields';
import type { IdentifierCheck } from '#kernel/identifiers/check';
import { checkCnApplication } from '#kernel/identifiers/cn-application';
import { checkCnPublication } from '#kernel/identifiers/cn-publication';
import { checkIpc } from '#kernel/identifiers/ipc';
import { checkUscc } from '#kernel/identifiers/uscc';
import { numberText } from '#kernel/tables/cells';
import { compact, lengthOf, likeness, manyLines, nameText, oneLine, visible } from './clean.ts';
import type { ReadContext } from './context.ts';
import { bad, good, type Reading } from './issues.ts';
import type { SimpleModel } from './model.ts';
import { readNumber } from './numbers.ts';
import { readRegion } from './regions.ts';

type TextDef = DeepReadonly<z.infer<typeof TextField>>;

/** Characters that a text may have where the declaration sets no bound. */
export const LONGEST = { text: 500, 'long-text': 10_000, uri: 2_000, name: 200 } as const;

/** Longest text that is looked at at all, before blanks are folded. */
const SLACK = 2_000;

const EMPTY: Reading = good(undefined);

/** What people write into a cell that has nothing to say. Only taken so where it could mean nothing else. */
const DASHES = /^[-—–/／_]+$/;

/** Reads one value. `day` is the day of which the record speaks, for regions. */
export function readSimple(field: SimpleModel, value: unknown, ctx: ReadContext, day: string): Reading {
  if (value === undefined || value === null) return EMPTY;
  let given = value;
  if (typeof given === 'string') {
    const limit = maxLengthOf(field) + SLACK;
    if (given.length > limit) return bad('too-long', { limit: maxLengthOf(field), found: given.length });
    if (/…（已截断，全文 \d+ 字）$/.test(given)) return bad('truncated');
    given = visible(given).trim();
    if (given === '') return EMPTY;
    if (isCode(field) && ctx.source === 'cell' && DASHES.test(given as string)) return EMPTY;
  }
  if (field.def.type === 'boolean') return readBoolean(given);
  if (field.def.type !== 'string') return readNumber(field, given, ctx.source);
  if (typeof given === 'number' && ctx.source === 'cell') {
    if (Math.abs(given) >= 1e15) return bad('digits-lost');
    given = numberText(given);
  }
  if (typeof given === 'boolean' && ctx.source === 'cell') given = given ? 'TRUE' : 'FALSE';
  if (typeof given !== 'string') return bad('kind', { wanted: { zh: '文字', en: 'a text' } });
  if (ctx.source === 'cell' && isCode(field) && /^\d(\.\d+)?e\+1\d$/i.test(given)) return bad('digits-lost');
  return bounded(field, readText(field, given, ctx, day));
}

/** Is it something that cannot be any text: a code, a date, a choice, a number? */
function isCode(field: SimpleModel): boolean {
  return !['text', 'long-text', 'person', 'organisation'].includes(field.type);
}

function maxLengthOf(field: SimpleModel): number {
  const { def } = field;
  if (def.type !== 'string') return LONGEST.text;
  if (def.maxLength !== undefined) return def.maxLength;
  if (field.type === 'uri') return LONGEST.uri;
  return field.type === 'long-text' ? LONGEST['long-text'] : LONGEST.text;
}

/** Bounds of a text as its declaration and its format set them. */
export function textBounds(field: SimpleModel): { min: number | null; max: number } {
  const def = field.def as TextDef;
  const isName = field.type === 'person' || field.type === 'organisation';
  return {
    min: def.minLength ?? (isName ? 2 : null),
    max: Math.min(def.maxLength ?? 10_000, isName ? LONGEST.name : maxLengthOf(field)),
  };
}

const patterns = new Map<string, RegExp | null>();

/** The pattern of a declaration; null where it is no regular expression. */
export function patternOf(source: string): RegExp | null {
  let made = patterns.get(source);
  if (made === undefined) {
    try {
      made = new RegExp(source, 'u');
    } catch {
      made = null;
    }
    patterns.set(source, made);
  }
  return made;
}

function bounded(field: SimpleModel, reading: Reading): Reading {
  if (!reading.ok || typeof reading.value !== 'string') return reading;
  const def = field.def as TextDef;
  if (def.oneOf) return reading;
  const { min, max } = textBounds(field);
  const text = reading.value;
  if (text.length > max && lengthOf(text) > max)
    return bad('too-long', { limit: max, found: lengthOf(text) });
  if (min !== null && text.length < min * 2 && lengthOf(text) < min)
    return bad('too-short', { limit: min, found: lengthOf(text) });
  if (def.pattern !== undefined && patternOf(def.pattern)?.test(text) === false)
    return bad('pattern', { says: def['x-pattern-says'] ?? def.pattern });
  return reading;
}

const YES = new Set(['是', '有', 'true', 'yes', 'y', '1', '√', '✓', '☑']);
const NO = new Set(['否', '无', '没有', 'false', 'no', 'n', '0', '×', '✗', '☐']);

function readBoolean(value: unknown): Reading {
  if (typeof value === 'boolean') return good(value);
  const text = typeof value === 'string' || typeof value === 'number' ? likeness(String(value)) : '';
  if (YES.has(text)) return good(true);
  if (NO.has(text)) return good(false);
  return bad('boolean');
}

function readText(field: SimpleModel, text: string, ctx: ReadContext, day: string): Reading {
  const def = field.def as TextDef;
  switch (field.type) {
    case 'choice':
      return readChoice(field, text);
    case 'long-text':
      return good(manyLines(text) || undefined);
    case 'uscc':
      return identified(checkUscc(text));
    case 'ipc':
      return identified(checkIpc(text));
    case 'patent-number':
      return readPatentNumber(text, ctx.today);
    case 'region':
      return readRegion(ctx.lookup, text, day);
    case 'date': {
      const date = parseLooseDate(text);
      return date.ok ? good(date.date) : bad('date', { why: looseDateMessage(date.reason) });
    }
    case 'person': {
      const name = nameText(text);
      return /\p{L}/u.test(name) ? good(name) : bad('person');
    }
    case 'organisation': {
      const name = nameText(text);
      return /\p{L}/u.test(name) ? good(name) : bad('organisation');
    }
    case 'uri':
      return readAddress(text);
    case 'email':
      return readEmail(text);
    case 'phone':
      return readPhone(text);
    case 'file':
      return readFile(text, ctx);
    case 'reference':
      return readReference(def['x-register'] ?? '', text, ctx);
    default:
      return good(oneLine(text) || undefined);
  }
}

function identified(check: IdentifierCheck): Reading {
  return check.valid && check.normalized !== null
    ? good(check.normalized)
    : bad('identifier', { why: check.reason ?? { zh: '不是有效的编号', en: 'Not a valid number' } });
}

function readChoice(field: SimpleModel, text: string): Reading {
  const like = likeness(text);
  const choices = field.choices ?? [];
  const found =
    choices.find((c) => c.value === text) ??
    choices.find((c) => [c.label.zh, c.label.en, c.value].some((label) => likeness(label) === like));
  if (found) return good(found.value);
  const named = (lang: 'zh' | 'en') =>
    choices
      .slice(0, 12)
      .map((c) => c.label[lang])
      .join(lang === 'zh' ? '、' : ', ') + (choices.length > 12 ? '…' : '');
  return bad('choice', { choices: { zh: named('zh'), en: named('en') } });
}

/** Chinese numbers are checked and get one spelling (`CN201510958772.0`, `CN106844774A`); others are only tidied. */
function readPatentNumber(text: string, today: string): Reading {
  const tidied = compact(text)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .toUpperCase();
  if (/^(CN|ZL)?\d{7,9}[ABCDUYS]\d?$/.test(tidied)) {
    const check = checkCnPublication(tidied.replace(/^(ZL|CN)?/, 'CN'));
    return check.valid ? good(check.normalized) : patentFault(check);
  }
  if (/^PCT/.test(tidied))
    return /^PCT\/[A-Z]{2}\d{2,4}\/\d{1,6}$/.test(tidied) ? good(tidied) : patentFault(null);
  if (/^(?!CN|ZL)[A-Z]{2}/.test(tidied)) {
    const foreign = tidied.replace(/[-/.,\s]/g, '');
    return /^[A-Z]{2}[A-Z]{0,3}\d{4,14}[A-Z]?\d{0,2}$/.test(foreign) ? good(foreign) : patentFault(null);
  }
  const check = checkCnApplication(text, { today });
  return check.valid ? good(`CN${check.normalized}`) : patentFault(check);
}

function patentFault(check: IdentifierCheck | null): Reading {
  const reason = check?.reason;
  if (!reason || reason.code === 'format')
    return bad('patent-number', { why: { zh: '请核对', en: 'check it' } });
  return bad('identifier', { why: reason });
}

function readAddress(text: string): Reading {
  const typed = oneLine(text).replace(/^(https?)：\/\//i, '$1://');
  if (!/^https?:\/\/\S+$/i.test(typed) || !URL.canParse(typed)) return bad('uri');
  const { hostname, username, password } = new URL(typed);
  const named = /[^.]\.[^.]|^localhost$|^\[/.test(hostname);
  return named && username === '' && password === '' ? good(typed) : bad('uri');
}

function readEmail(text: string): Reading {
  const typed = compact(text);
  const m =
    /^([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/.exec(
      typed,
    );
  return m && typed.length <= 254 ? good(`${m[1]}@${m[2]!.toLowerCase()}`) : bad('email');
}

function readPhone(text: string): Reading {
  const typed = compact(text)
    .replace(/[\u2010-\u2015\u2212\u30fc]/g, '-')
    .replace(/(转|分机|ext\.?|x)(\d{1,6})$/i, '转$2');
  const digits = typed.replace(/转\d+$/, '').replace(/\D/g, '').length;
  return /^\+?[\d()-]+(转\d{1,6})?$/.test(typed) && digits >= 5 && digits <= 20 ? good(typed) : bad('phone');
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** A file's id, alone or behind its name in brackets as an export writes it. */
function readFile(text: string, ctx: ReadContext): Reading {
  const id = new RegExp(`^(?:.*\\[)?(${UUID.source})\\]?$`, 'i').exec(oneLine(text))?.[1]?.toLowerCase();
  return id !== undefined && ctx.fileExists?.(id) !== false ? good(id) : bad('file');
}

const NUMBER = /^([A-Z]{2,5})[-—－]?(\d{1,9})(?:\s.*)?$/i;

function readReference(register: string, text: string, ctx: ReadContext): Reading {
  const typed = oneLine(text).normalize('NFKC');
  const m = NUMBER.exec(typed);
  const no = m ? `${m[1]!.toUpperCase()}-${m[2]}` : null;
  if (!ctx.reference) {
    return no === null ? referenceFault('reference', register, typed, ctx) : good(no);
  }
  const byNo = no === null ? null : ctx.reference(register, no);
  if (byNo && 'no' in byNo) return good(byNo.no);
  const byTitle = ctx.reference(register, oneLine(text));
  if ('no' in byTitle) return good(byTitle.no);
  return referenceFault(byTitle.problem === 'many' ? 'reference-many' : 'reference', register, typed, ctx);
}

function referenceFault(
  code: 'reference' | 'reference-many',
  register: string,
  found: string,
  ctx: ReadContext,
): Reading {
  return bad(code, {
    register: ctx.registerTitle?.(register) ?? register,
    found: found.slice(0, 60),
    example: 'AB-0001',
  });
}
