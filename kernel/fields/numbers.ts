import type * as z from 'zod';
import type { DeepReadonly } from '#kernel/city/schema';
import type { NumberField } from '#kernel/city/schema-fields';
import { numberText } from '#kernel/tables/cells';
import { compact } from './clean.ts';
import { bad, good, type Reading } from './issues.ts';
import { FEN, type SimpleModel, unitOf, withUnit } from './model.ts';

type NumberDef = DeepReadonly<z.infer<typeof NumberField>>;

/** A decimal as digits and a power of ten; nothing is lost to binary fractions. */
interface Decimal {
  sign: string;
  digits: string;
  power: number;
}

const DECIMAL = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

function decimal(text: string): Decimal | null {
  const m = DECIMAL.exec(text);
  if (!m || text.length > 400) return null;
  const whole = (m[2] ?? '').replaceAll(',', '');
  const fraction = m[3] ?? '';
  if (whole === '' && fraction === '') return null;
  return {
    sign: m[1] === '-' ? '-' : '',
    digits: whole + fraction,
    power: Number(m[4] ?? 0) - fraction.length,
  };
}

function toNumber({ sign, digits, power }: Decimal): number {
  const value = Number(`${sign}${digits}e${power}`);
  return value === 0 ? 0 : value;
}

/** The number if it is whole, null when something stands after the point. */
function toWhole({ sign, digits, power }: Decimal): number | null {
  const cut = power < 0 ? digits.slice(0, power) : digits;
  const rest = power < 0 ? digits.slice(power) : '';
  const padded = power < 0 && digits.length < -power ? digits : rest;
  if (/[1-9]/.test(padded)) return null;
  return toNumber({ sign, digits: cut === '' ? '0' : cut, power: Math.max(0, power) });
}

/** Powers of ten of one unit of money in fen. */
const MONEY_POWERS: Record<string, number> = {
  元: 2,
  圆: 2,
  yuan: 2,
  cny: 2,
  rmb: 2,
  千元: 5,
  千: 5,
  万元: 6,
  万: 6,
  百万元: 8,
  百万: 8,
  千万元: 9,
  千万: 9,
  亿元: 10,
  亿: 10,
  '10,000cny': 6,
  '100millioncny': 10,
  万亿元: 14,
  万亿: 14,
};
const POWER_OF = { yuan: 2, wan: 6, yi: 10 } as const;
const MULTIPLES: Record<string, number> = { 万: 4, 亿: 8 };

/** A unit in small letters, without the sign that multiplies by it: `×10,000CNY` → `10,000cny`. */
function bareUnit(text: string): string {
  return text.toLowerCase().replace(/^[×*]/, '');
}

/** Text before its unit, and the unit in small letters. */
function splitUnit(text: string): { figure: string; unit: string } {
  const m = /^([+-]?[\d.,]*\d\.?(?:e[+-]?\d{1,3}(?!\d))?)(.*)$/i.exec(text);
  return m ? { figure: m[1]!, unit: bareUnit(m[2]!) } : { figure: text, unit: '' };
}

/** Reads a number, an amount of money or a year; see `ReadContext.source` for what a bare number of money means. */
export function readNumber(field: SimpleModel, value: unknown, source: 'json' | 'cell'): Reading {
  const def = field.def as NumberDef;
  if (typeof value !== 'number' && typeof value !== 'string')
    return bad('kind', { wanted: { zh: '数值', en: 'a number' } });
  if (def.format === 'money') return within(def, readMoney(def, value, source), field);
  const reading = typeof value === 'number' ? good(value === 0 ? 0 : value) : readFigure(field, def, value);
  if (!reading.ok) return reading;
  const number = reading.value as number;
  if (!Number.isFinite(number)) return bad('number-range');
  if (def.format === 'year') {
    if (!Number.isInteger(number) || number < 1900 || number > 2200) return bad('year');
  } else if (def.type === 'integer') {
    if (!Number.isInteger(number)) return bad('integer');
    if (!Number.isSafeInteger(number)) return bad('number-range');
  }
  return within(def, reading, field);
}

function within(def: NumberDef, reading: Reading, field: SimpleModel): Reading {
  if (!reading.ok) return reading;
  const number = reading.value as number;
  const shown = (limit: number) =>
    def.format === 'money' ? numberText(limit / FEN[def['x-money'] ?? 'yuan']) : numberText(limit);
  const unit = unitOf(field);
  const limit = (n: number) => ({ zh: withUnit(shown(n), unit?.zh), en: withUnit(shown(n), unit?.en) });
  if (def.minimum !== undefined && number < def.minimum) return bad('minimum', { limit: limit(def.minimum) });
  if (def.maximum !== undefined && number > def.maximum) return bad('maximum', { limit: limit(def.maximum) });
  return reading;
}

function dashes(text: string): string {
  return compact(text).replace(/[\u2010-\u2015\u2212]/g, '-');
}

function readFigure(field: SimpleModel, def: NumberDef, text: string): Reading {
  const unit = unitOf(field);
  const units = unit ? { zh: `（${unit.zh}）`, en: ` (${unit.en})` } : '';
  if (text.length > 400) return bad('number', { unit: units });
  const { figure, unit: written } = splitUnit(dashes(text));
  const parsed = decimal(figure);
  if (!parsed) return bad('number', { unit: units });
  if (written === '') return good(toNumber(parsed));
  if (def.format === 'year')
    return ['年', '年度', 'year'].includes(written) ? good(toNumber(parsed)) : bad('year');
  const own = unit ? [unit.zh, unit.en].map((u) => bareUnit(dashes(u))) : [];
  if (own.includes(written)) return good(toNumber(parsed));
  const multiple = MULTIPLES[written.charAt(0)];
  const rest = written.slice(1);
  if (multiple !== undefined && !own.some((u) => /^[万亿]/.test(u)) && (rest === '' || own.includes(rest)))
    return good(toNumber({ ...parsed, power: parsed.power + multiple }));
  if (own.some((u) => /^[万亿]/.test(u) && written === u.charAt(0))) return good(toNumber(parsed));
  return unit
    ? bad('unit', { found: written.slice(0, 20), unit })
    : bad('number', { unit: { zh: '', en: '' } });
}

function readMoney(def: NumberDef, value: number | string, source: 'json' | 'cell'): Reading {
  if (source === 'json') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return bad('money-json');
    return Number.isSafeInteger(value) ? good(value === 0 ? 0 : value) : bad('number-range');
  }
  const own = def['x-money'] ?? 'yuan';
  const text = typeof value === 'number' ? numberText(value) : dashes(value).replace(/^([+-]?)[¥$]?/, '$1');
  if (typeof value === 'number' && !Number.isFinite(value)) return bad('number-range');
  if (text.length > 400) return bad('number', { unit: '' });
  const bare = text.replace(/^(人民币|rmb|cny|¥)/i, '').replace(/整$/, '');
  const { figure, unit } = splitUnit(bare);
  const parsed = decimal(figure);
  if (!parsed) return bad('number', { unit: { zh: '（金额）', en: ' (an amount)' } });
  const power = unit === '' ? POWER_OF[own] : MONEY_POWERS[unit];
  if (power === undefined) return bad('unit', { found: unit.slice(0, 20), unit: moneyUnit(own) });
  const inFen = { ...parsed, power: parsed.power + power };
  let fen = toWhole(inFen);
  // A number computed by a spreadsheet carries noise far below the fen.
  if (fen === null && typeof value === 'number') fen = Math.round(toNumber(inFen)) || 0;
  if (fen === null) return bad('money-fen');
  return Number.isSafeInteger(fen) ? good(fen) : bad('number-range');
}

function moneyUnit(unit: keyof typeof FEN) {
  return { zh: { yuan: '元', wan: '万元', yi: '亿元' }[unit], en: 'CNY' };
}

/** Whether a head's unit changes what a number of this field means: `（亿元）` over a field in 万元. */
export function knownUnit(field: SimpleModel, written: string): boolean {
  const text = dashes(written).toLowerCase();
  const def = field.def as NumberDef;
  if (def.format === 'money') return MONEY_POWERS[bareUnit(text)] !== undefined;
  // A year or a count behind the label is no unit: it would run into the figures.
  const one = `1${text}`;
  return text !== '' && splitUnit(one).figure === '1' && readFigure(field, def, one).ok;
}

/**
 * An amount in the unit of its field, exact as a number where a number can hold it, else as text. Reading it back gives
 * the same fen.
 */
export function moneyInUnit(field: SimpleModel, fen: number): number | string {
  const unit = (field.def as NumberDef)['x-money'] ?? 'yuan';
  const number = fen / FEN[unit];
  const back = readMoney(field.def as NumberDef, numberText(number), 'cell');
  return back.ok && back.value === fen ? number : exactText(fen, POWER_OF[unit]);
}

function exactText(whole: number, power: number): string {
  const digits = String(Math.abs(whole)).padStart(power + 1, '0');
  const text = `${digits.slice(0, -power)}.${digits.slice(-power)}`.replace(/\.?0+$/, '');
  return whole < 0 ? `-${text}` : text;
}
