import { addDays, type CalendarDate, dateOf, monthEnd } from '#kernel/calendar/date';
import type { CityLookup } from '#kernel/city/lookup';
import { holdsAt } from '#kernel/city/schema';
import { cnApplicationCheckDigit } from '#kernel/identifiers/cn-application';
import type { Random } from '#kernel/random';
import type { LegalStatus, PatentType } from '../../contract.ts';
import type { PatentContent } from '../corpus/content.ts';
import {
  DEMO_FIELDS,
  DEMO_INSTITUTES,
  DEMO_INVENTORS,
  DEMO_SYLLABLES,
  type DemoField,
} from './demo-words.ts';

/** Firms that appear again and again, each in one field and one region. */
interface Firm {
  name: string;
  field: DemoField;
  region: string;
  street: number;
  /** How much it files, relative to others. */
  weight: number;
}

const FIRMS = 420;

/** What one generated patent is to be; the rest is put together from words. */
export interface Wanted {
  kind: 'A' | 'B' | 'U' | 'S' | 'WO';
  filed: CalendarDate;
  published: CalendarDate;
  status: LegalStatus;
  statusText: string;
  statusDate: CalendarDate | '';
}

/**
 * Makes fictitious patents of the city. Serial numbers lie in ranges that the offices have not reached and check digits
 * are right, so that no generated record can meet a real one. The same seed gives the same patents.
 */
export class DemoMaker {
  readonly #random: Random;
  readonly #lookup: CityLookup;
  readonly #firms: Firm[];
  readonly #cumulative: number[];
  readonly #serials = new Map<string, number>();

  constructor(lookup: CityLookup, random: Random) {
    this.#lookup = lookup;
    this.#random = random;
    this.#firms = this.#makeFirms();
    let sum = 0;
    this.#cumulative = this.#firms.map((firm) => (sum += firm.weight));
  }

  #makeFirms(): Firm[] {
    const { pack } = this.#lookup;
    const places = pack.regions.filter((r) => r.kind !== 'city');
    const people = (id: string) => pack.population.find((row) => row.region === id)?.value ?? 250_000;
    const places2 = places.flatMap((r) =>
      Array<string>(Math.max(1, Math.round(people(r.id) / 50_000))).fill(r.id),
    );
    const city = pack.city.name.zh.replace(/市$/, '');
    const used = new Set<string>();
    const firms: Firm[] = [];
    while (firms.length < FIRMS) {
      const field = this.#random.pick(DEMO_FIELDS);
      const brand = this.#random.pick(DEMO_SYLLABLES) + this.#random.pick(DEMO_SYLLABLES);
      const name = `${city}${brand}${this.#random.pick(field.trades)}有限公司（演示）`;
      if (used.has(name)) continue;
      used.add(name);
      const region = this.#random.pick(places2.length > 0 ? places2 : ['']);
      firms.push({
        name,
        field,
        region,
        street: this.#random.int(1, 999),
        weight: 1 / (1 + firms.length / 12),
      });
    }
    return firms;
  }

  #pickFirm(): Firm {
    const at = this.#random.next() * this.#cumulative.at(-1)!;
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return this.#firms[low]!;
  }

  #serial(range: string): number {
    const next = (this.#serials.get(range) ?? 0) + 1;
    this.#serials.set(range, next);
    return next;
  }

  /** One patent, and the earlier publication of the same application with `withFirst`. */
  make(wanted: Wanted, withFirst: boolean): PatentContent[] {
    const firm = this.#pickFirm();
    const { field } = firm;
    const r = this.#random;
    const title = this.#title(field, wanted.kind);
    const application = this.#application(wanted);
    const shared = {
      lang: 'zh',
      titles: [],
      abstracts: [],
      grantDate: '',
      priorities: [],
      province: '',
      events: [],
      extendedFamilyId: '',
      familyMembers: [],
      applicationNumber: application.number,
      applicationKey: application.key,
      title,
      abstract: this.#abstract(title, field, wanted.kind),
      claims: [],
      mainClaimOnly: false,
      description: '',
      applicants: r.chance(0.06) ? [firm.name, r.pick(DEMO_INSTITUTES)] : [firm.name],
      inventors: [r.pick(DEMO_INVENTORS), r.pick(DEMO_INVENTORS)].filter((v, i, all) => all.indexOf(v) === i),
      ipc:
        wanted.kind === 'S'
          ? []
          : [r.pick(field.ipc), r.pick(field.ipc)].filter((v, i, all) => all.indexOf(v) === i),
      cpc: [],
      filingDate: wanted.filed,
      address: this.#address(firm, wanted.filed),
      familyId: '',
      citations: [],
      agency: '',
      agents: [],
      extra: {},
    };
    const grant: PatentContent = {
      ...shared,
      ...this.#publication(wanted.kind, wanted.published, application.key),
      publicationDate: wanted.published,
      legalStatus: wanted.status,
      legalStatusText: wanted.statusText,
      legalStatusDate: wanted.statusDate,
    };
    if (!withFirst) return [grant];
    const published = addDays(wanted.filed, r.int(200, 540));
    if (published >= wanted.published) return [grant];
    const first: PatentContent = {
      ...grant,
      ...this.#publication('A', published, application.key),
      publicationDate: published,
    };
    return [first, grant];
  }

  #publication(kind: Wanted['kind'], published: CalendarDate, applicationKey: string) {
    const lead = { A: 1, B: 1, U: 2, S: 3, WO: 0 }[kind];
    const year = published.slice(0, 4);
    const base =
      kind === 'WO'
        ? `WO${year}9${String(this.#serial(`WO${year}`)).padStart(5, '0')}`
        : `CN${lead}99${String(this.#serial(`CN${kind}`)).padStart(6, '0')}`;
    const code = kind === 'WO' ? 'A1' : kind;
    const type: PatentType = kind === 'U' ? 'utility' : kind === 'S' ? 'design' : 'invention';
    return {
      number: base + code,
      country: base.slice(0, 2),
      kind: code,
      type,
      granted: kind === 'B' || kind === 'U' || kind === 'S',
      keys: [`p:${base}${code}`, `p:${base}`, `a:${applicationKey}`],
    };
  }

  #application(wanted: Wanted): { number: string; key: string } {
    const year = wanted.filed.slice(0, 4);
    if (wanted.kind === 'WO') {
      const number = `PCT/CN${year}/9${String(this.#serial(`PCT${year}`)).padStart(5, '0')}`;
      return { number, key: number.replaceAll('/', '') };
    }
    const type = wanted.kind === 'U' ? 2 : wanted.kind === 'S' ? 3 : 1;
    const digits = `${year}${type}99${String(this.#serial(`${year}${type}`)).padStart(5, '0')}`;
    return { number: `CN${digits}.${cnApplicationCheckDigit(digits)}`, key: `CN${digits}` };
  }

  #title(field: DemoField, kind: Wanted['kind']): string {
    const r = this.#random;
    const product = r.pick(field.products);
    if (kind === 'S') return `${product}（${r.pick(['海浪', '兰草', '云纹', '几何', '条纹', '花鸟'])}）`;
    const head = `一种${r.pick(field.features)}${product}`;
    if (kind === 'U') return head;
    return head + r.pick(['', '', '及其制备方法', '的制备方法', '及其控制方法', '及加工工艺']);
  }

  #abstract(title: string, field: DemoField, kind: Wanted['kind']): string {
    if (kind === 'S') return '';
    const r = this.#random;
    const name = kind === 'U' ? '本实用新型' : '本发明';
    const at = r.int(0, field.parts.length - 1);
    const parts = [0, 1, 2].map((n) => field.parts[(at + n) % field.parts.length]);
    const effects = r.int(0, field.effects.length - 1);
    const effect = (n: number) => field.effects[(effects + n) % field.effects.length];
    return `${name}公开了${title}，属于${field.field}技术领域，包括${parts[0]}、${parts[1]}和${parts[2]}，${r.pick(field.means)}。${name}${effect(0)}，${effect(1)}。`;
  }

  #address(firm: Firm, date: CalendarDate): string {
    const { pack } = this.#lookup;
    const region = this.#lookup.region(firm.region);
    const lives = region?.names.some((name) => holdsAt(name, date));
    const ids = lives ? [firm.region] : this.#lookup.currentRegions(firm.region, date);
    const name = ids[0] ? (this.#lookup.regionAt(ids[0], date)?.at.name.zh ?? '') : '';
    const city = pack.city.name.zh;
    return `${pack.city.province.name.zh}${city}${name.startsWith(city.replace(/市$/, '')) ? name.slice(city.length - 1) : name}演示路${firm.street}号`;
  }
}

/** Days of a month, drawn evenly. */
export function dayIn(random: Random, year: number, month: number): CalendarDate {
  const first = dateOf(year, month, 1);
  return addDays(first, random.int(0, Number(monthEnd(first).slice(8)) - 1));
}
