import { addDays, type CalendarDate } from '#kernel/calendar/date';
import type { Random } from '#kernel/random';
import { FEN, type SimpleModel } from './model.ts';

/** What an invented value is made from. */
export interface MadeUpFrom {
  random: Random;
  /** Place among the generated records, from 0. */
  place: number;
  year: number;
  /** Day from which the record holds. */
  from: CalendarDate;
  firm: { name: string; code: string };
  /** Region in which it lies. */
  region: () => string;
  /** What the record is called, where the value is its title; else empty. */
  title: string;
}

/** A value that fits a field, for demonstrations: everything in it is invented, and persons are called by their function. */
export function madeUpValue(field: SimpleModel, of: MadeUpFrom): unknown {
  const { random, place, from, firm, title } = of;
  const number = String(place + 1).padStart(4, '0');
  const { def } = field;
  switch (field.type) {
    case 'choice':
      return random.pick(field.choices ?? [])?.value;
    case 'boolean':
      return random.chance(0.6);
    case 'date':
      return addDays(from, random.int(0, 25));
    case 'year':
      return of.year;
    case 'money':
      return random.int(20, 5000) * FEN.wan;
    case 'integer':
    case 'number': {
      const least = 'minimum' in def ? (def.minimum ?? 1) : 1;
      const most = 'maximum' in def ? (def.maximum ?? least + 60) : least + 60;
      return random.int(Math.ceil(least), Math.floor(Math.min(most, least + 60)));
    }
    case 'region':
      return of.region();
    case 'organisation':
      return firm.name;
    case 'uscc':
      return firm.code;
    case 'person':
      return `${title === '' ? field.label.zh : title.replace(/(名录|清单|目录|库|登记|名册)$/, '')}${number}`;
    case 'patent-number':
      return `CN1${String(10_000_000 + place * 7 + random.int(0, 6)).slice(-8)}B`;
    case 'ipc':
      return random.pick(['D03D15/00', 'B63B35/44', 'H01L21/02', 'B25J9/16', 'C08L23/06', 'H02J3/38']);
    case 'uri':
      return 'https://example.com/';
    case 'email':
      return 'demo@example.com';
    case 'phone':
      return '010-80000000';
    case 'text':
    case 'long-text':
      return title === '' ? `${field.label.zh}${number}（演示）` : `${title}${number}（演示）`;
    default:
      return undefined;
  }
}
