import { sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import type { ShowContext } from '#kernel/fields/show';
import type { Platform } from '#kernel/module';
import { directory } from '#modules/parties/server/index';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';
import { namedTargets } from './project.ts';

/**
 * Names for everything that the contents refer to, read in a few statements. Regions are called as on `asOf`. Titles of
 * entries are those that everybody may see: a reference into a register that is not public shows its number.
 */
export async function showContext(
  platform: Platform,
  model: RegisterModel,
  contents: readonly EntryData[],
  asOf: CalendarDate,
): Promise<ShowContext> {
  const lookup = await directory(platform).lookup();
  const targets = contents.flatMap((data) => namedTargets(model, data));
  return {
    regionName: (id, lang) => {
      const found = lookup.regionAt(id, asOf);
      return found ? found.at.name[lang] : null;
    },
    references: await titlesOf(platform, targets),
    fileNames: await fileNames(platform, model, contents),
  };
}

async function titlesOf(
  platform: Platform,
  targets: readonly { register: string; no: string }[],
): Promise<Map<string, string>> {
  const open = new Set(platform.pack.registers.filter((r) => r.public).map((r) => r.id));
  const asked = targets.filter((t) => open.has(t.register));
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ register: string; no: string; title: string }>`
    select s.register, s.no, s.title from register_slice s
     where s.last and s.recorded_to is null and s.state in ('published', 'expired')
       and s.register = any(${[...new Set(asked.map((t) => t.register))]}::text[])
       and s.no = any(${[...new Set(asked.map((t) => t.no))]}::text[])`.execute(platform.records);
  return new Map(rows.map((r) => [`${r.register}/${r.no}`, r.title]));
}

async function fileNames(
  platform: Platform,
  model: RegisterModel,
  contents: readonly EntryData[],
): Promise<Map<string, string>> {
  const ids = new Set<string>();
  for (const field of model.fields)
    for (const data of contents) {
      const value = data[field.key];
      if (field.type === 'file' && typeof value === 'string') ids.add(value);
      if (!Array.isArray(value)) continue;
      for (const item of field.items)
        if (item.type === 'file')
          for (const row of value) {
            const id = field.type === 'rows' ? (row as EntryData)[item.key] : row;
            if (typeof id === 'string') ids.add(id);
          }
    }
  if (ids.size === 0) return new Map();
  const rows = await platform.records
    .selectFrom('storedFile')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}
