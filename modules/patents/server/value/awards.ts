import type { CalendarDate } from '#kernel/calendar/date';
import type { Platform } from '#kernel/module';
import { entriesNaming } from '#modules/registers/server/index';
import type { Criterion } from '../../contract.ts';
import type { Award } from './criteria.ts';
import type { ValueFacts } from './facts.ts';

/** Spellings of a Chinese application number as registers write patent numbers: with ZL, CN or nothing before it. */
function spellings(facts: ValueFacts): string[] {
  const plain = facts.applicationNumber
    .toUpperCase()
    .replace(/^(?:CN|ZL)/, '')
    .replace(/[^0-9X]/g, '');
  return plain === '' ? [] : [plain, `ZL${plain}`, `CN${plain}`];
}

/** What registers of awards say of some patents, by number and register. */
export async function readAwards(
  platform: Platform,
  criteria: readonly Criterion[],
  facts: readonly ValueFacts[],
  day: CalendarDate,
): Promise<Map<string, Map<string, Award[]>>> {
  const found = new Map(facts.map((one) => [one.number, new Map<string, Award[]>()]));
  const known = new Set(platform.pack.registers.map((register) => register.id));
  for (const criterion of criteria) {
    if (criterion.kind !== 'award' || !known.has(criterion.register)) continue;
    const wanted = new Map(facts.flatMap((one) => spellings(one).map((s) => [s, one.number] as const)));
    const entries = await entriesNaming(
      platform.records,
      criterion.register,
      criterion.field,
      [...wanted.keys()],
      day,
    );
    for (const one of facts) found.get(one.number)!.set(criterion.register, []);
    for (const { number, no, title, validFrom } of entries)
      found
        .get(wanted.get(number)!)!
        .get(criterion.register)!
        .push({ register: criterion.register, no, title, date: validFrom });
  }
  return found;
}
