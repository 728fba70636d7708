import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import { type CityLookup, cityLookup } from '#kernel/city/lookup';
import type { CityPack } from '#kernel/city/schema';
import { madeUpValue } from '#kernel/fields/made-up';
import { FEN, type FieldModel, type SimpleModel } from '#kernel/fields/model';
import { usccOf } from '#kernel/identifiers/uscc';
import type { Random } from '#kernel/random';
import { fulfils } from '../domain/where.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';

/** A made-up firm that may stand in several registers. */
export interface DemoFirm {
  name: string;
  code: string;
  region: string;
  industry: number;
  address: string;
}

const WORDS_A = '瑞恒海盛锦通晟启博润嘉凌沃云宏力新星江港泰华广远鼎诚汇联金百';
const WORDS_B = '丰泽锦舟帆图禾源岳澜砚达麓帛辰川纺盈瀚屿朗腾越铭科信佳翔宇航';
const TRADES = [
  '纺织科技',
  '家纺',
  '海洋装备',
  '智能装备',
  '电子',
  '新材料',
  '新能源',
  '生物科技',
  '环保科技',
  '机电',
];

/** Firms in the order in which they are asked for: the same place is the same firm in every register. */
export class DemoFirms {
  readonly #places: readonly { id: string; code: string; name: string }[];
  readonly #city: string;
  readonly #made: DemoFirm[] = [];
  readonly #names = new Set<string>();
  readonly #random: Random;
  readonly #lookup: CityLookup;

  constructor(pack: CityPack, random: Random) {
    this.#random = random;
    const lookup = cityLookup(pack);
    this.#lookup = lookup;
    const start = pack.plan.start;
    const counties = lookup.countiesAt(start);
    this.#places = counties.map((r) => {
      const at = lookup.regionAt(r.id, start)?.at;
      return { id: r.id, code: at?.code ?? pack.city.adcode, name: at?.name.zh ?? r.id };
    });
    this.#city = pack.city.name.zh.replace(/市$/, '');
  }

  /** The firm at a place of the list, from 0. */
  at(place: number): DemoFirm {
    while (this.#made.length <= place) this.#made.push(this.#make());
    return this.#made[place] as DemoFirm;
  }

  /** Region in which a firm lies on a day: regions end and are merged. */
  regionOn(firm: DemoFirm, day: CalendarDate): string {
    return this.#lookup.currentRegions(firm.region, day)[0] ?? firm.region;
  }

  #make(): DemoFirm {
    const random = this.#random;
    const place = random.pick(this.#places);
    let name = '';
    let industry = 0;
    do {
      industry = random.int(0, TRADES.length - 1);
      const extra = random.chance(0.5) ? random.pick([...WORDS_B]) : '';
      name = `${this.#city}${random.pick([...WORDS_A])}${random.pick([...WORDS_B])}${extra}${TRADES[industry]}有限公司（演示）`;
    } while (this.#names.has(name));
    this.#names.add(name);
    const serial = String(this.#made.length + 1).padStart(7, '0');
    return {
      name,
      code: usccOf(place.code, `MY${serial.slice(-6)}`),
      region: place.id,
      industry,
      address: `${this.#city}${place.name}${random.pick(['工业园区', '科技路', '创新大道', '港城路'])}${random.int(1, 299)}号`,
    };
  }
}

/** What one generated record is made from. */
export interface DemoContext {
  year: number;
  /** Place among the register's generated records, from 0. */
  place: number;
  random: Random;
  firms: DemoFirms;
  pack: CityPack;
  today: CalendarDate;
}

/** One record that fits its declaration. Everything in it is invented; persons are called by their function. */
export function demoRecord(model: RegisterModel, ctx: DemoContext): EntryData {
  const { decl } = model;
  const { random, year, place } = ctx;
  const firm = ctx.firms.at(place);
  const from = addDays(`${year}-01-01`, random.int(10, 350));
  const data: EntryData = {};
  for (const field of model.fields) {
    const { key } = field;
    if (key === decl.validity.to || field.type === 'file' || field.type === 'reference') continue;
    const chosen = decl.demo?.values?.[key];
    if (chosen) {
      const value = chosen[place % chosen.length];
      const again = key === decl.entry.title && chosen.length <= place;
      if (field.type === 'values') data[key] = [value];
      else data[key] = again ? `${value}${Math.floor(place / chosen.length) + 1}` : value;
    } else if (key === decl.validity.from) data[key] = from;
    else if (key === decl.entry.region) data[key] = ctx.firms.regionOn(firm, from);
    else if (key === decl.entry.organisation?.name) data[key] = firm.name;
    else if (key === decl.entry.organisation?.code) data[key] = firm.code;
    else if (key === decl.entry.organisation?.address) data[key] = firm.address;
    else if (field.type === 'values' || field.type === 'rows') {
      if (field.required || random.chance(0.6)) data[key] = demoList(field, ctx, from);
    } else if (
      field.required ||
      key === decl.entry.title ||
      key === decl.entry.industry ||
      (field.type !== 'date' && random.chance(0.5))
    )
      data[key] = demoValue(
        field as SimpleModel,
        ctx,
        from,
        firm,
        key === decl.entry.title ? decl.title.zh : '',
      );
  }
  return data;
}

/** Fills in when an entry was last re-checked: so that some re-checks are due soon, a few are late, most lie ahead. */
export function demoRechecks(
  model: RegisterModel,
  data: EntryData,
  { random, today }: Pick<DemoContext, 'random' | 'today'>,
): void {
  const { decl } = model;
  const from = data[decl.validity.from];
  for (const check of decl.rechecks ?? []) {
    const done = check.from.findLast((key) => key !== decl.validity.from && data[key] === undefined);
    const last = addDays(addMonths(today, -check.months), random.int(-15, check.months * 28));
    if (done === undefined || last > today || (typeof from === 'string' && last <= from)) continue;
    if (!check.where || fulfils(model, check.where, data, today)) data[done] = last;
  }
}

function demoList(field: FieldModel, ctx: DemoContext, from: CalendarDate): unknown[] {
  const { random } = ctx;
  const list = field.def.type === 'array' ? field.def : null;
  const least = Math.max(1, list?.minItems ?? 0);
  const [only] = field.items;
  if (field.type === 'values') {
    if (!only) return [];
    const values = Array.from({ length: random.int(least, least + 2) }, (_, i) =>
      demoValue(only, { ...ctx, place: ctx.place * 3 + i }, from, ctx.firms.at(ctx.place + i), ''),
    );
    return [...new Set(values.filter((v) => v !== undefined))];
  }
  const years = field.items.find((i) => i.type === 'year');
  const amounts = field.items.find((i) => i.type === 'money');
  if (years && amounts) return demoYears(field, years, amounts, ctx, from);
  return Array.from({ length: random.int(least, least + 2) }, (_, i) => demoRow(field, ctx, from, i));
}

function demoRow(field: FieldModel, ctx: DemoContext, from: CalendarDate, i: number): EntryData {
  const firm = ctx.firms.at(ctx.place * 2 + i);
  const row: EntryData = {};
  for (const item of field.items)
    if (item.required || item.type === 'organisation' || item.type === 'uscc')
      row[item.key] = demoValue(item, { ...ctx, place: ctx.place * 5 + i }, from, firm, '');
  return row;
}

/** Amounts by year that grow by about a third: from the entry's own year to the last whole year of the plan. */
function demoYears(
  field: FieldModel,
  years: SimpleModel,
  amounts: SimpleModel,
  ctx: DemoContext,
  from: CalendarDate,
): EntryData[] {
  const first = Math.max(Number(from.slice(0, 4)), Number(ctx.pack.plan.start.slice(0, 4)) - 1);
  const last = Number(ctx.pack.plan.end.slice(0, 4));
  let amount = ctx.random.int(40, 400) * FEN.wan;
  const rows: EntryData[] = [];
  for (let year = first; year <= last; year++) {
    rows.push({ ...demoRow(field, ctx, from, year - first), [years.key]: year, [amounts.key]: amount });
    amount = Math.round((amount * ctx.random.int(102, 116)) / 100);
  }
  return rows;
}

function demoValue(
  field: SimpleModel,
  ctx: DemoContext,
  from: CalendarDate,
  firm: DemoFirm,
  title: string,
): unknown {
  const { random, place, year } = ctx;
  if (field.type === 'choice' && field.key === 'industry')
    return field.choices?.[firm.industry % field.choices.length]?.value;
  const region = () => ctx.firms.regionOn(firm, from);
  return madeUpValue(field, { random, place, year, from, firm, region, title });
}
