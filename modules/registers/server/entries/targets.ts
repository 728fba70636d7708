import { sql } from 'kysely';
import type { CityPack } from '#kernel/city/schema';
import type { ReadContext } from '#kernel/fields/context';
import type { FieldModel, SimpleModel } from '#kernel/fields/model';
import type { Records, Trx } from '#kernel/records';
import { catalogueOf } from '../catalogue.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';
import { namedTargets, searchable } from './project.ts';

/** What reading needs to know of stored things that the inputs may refer to. */
export type Targets = Required<Pick<ReadContext, 'reference' | 'fileExists' | 'registerTitle'>>;

/**
 * Looks up in a few statements everything that the inputs of many records may refer to: entries by number or title, kept
 * files by id. Inputs may be values or cells; a cell with a list is taken apart at everything that may separate its items.
 */
export async function targetsOf(
  db: Records | Trx,
  pack: CityPack,
  model: RegisterModel,
  inputs: readonly Readonly<Record<string, unknown>>[],
): Promise<Targets> {
  const files = new Set<string>();
  const wanted = new Map<string, Set<string>>();
  const note = (field: SimpleModel | FieldModel, value: unknown) => {
    if (field.type === 'file')
      for (const text of pieces(value)) if (UUID.test(text)) files.add(text.toLowerCase());
    const register = field.def.type === 'string' ? field.def['x-register'] : undefined;
    if (field.type !== 'reference' || register === undefined) return;
    const list = wanted.get(register) ?? new Set();
    for (const text of pieces(value)) list.add(searchable(text));
    wanted.set(register, list);
  };
  for (const input of inputs)
    for (const field of model.fields)
      for (const key of [field.key, ...field.formerly]) {
        const value = input[key];
        if (value === undefined || value === null) continue;
        if (field.items.length === 0) note(field, value);
        else
          for (const item of field.items)
            for (const row of Array.isArray(value) ? value : [value])
              note(
                item,
                typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[item.key] : row,
              );
      }
  const entries = new Map<string, Map<string, string[]>>();
  for (const [register, texts] of wanted) entries.set(register, await entriesNamed(db, register, [...texts]));
  const known = await filesKept(db, [...files]);
  const catalogue = catalogueOf(pack);
  return {
    registerTitle: (register) => catalogue.get(register)?.decl.title ?? null,
    fileExists: (id) => known.has(id.toLowerCase()),
    reference: (register, text) => {
      const found = entries.get(register)?.get(searchable(text)) ?? [];
      if (found.length === 1) return { no: found[0] as string };
      return { problem: found.length === 0 ? 'none' : 'many' };
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A text, and its parts where it may be a list in one cell. */
function pieces(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return [...new Set([value.trim(), ...value.split(/[\n|；;、]/).map((part) => part.trim())])].filter(
    Boolean,
  );
}

/** Numbers of the living entries that have such a number or title. */
async function entriesNamed(
  db: Records | Trx,
  register: string,
  texts: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (texts.length === 0) return found;
  const { rows } = await sql<{ no: string; title: string }>`
    select s.no, s.title from register_slice s
     where s.register = ${register} and s.last and s.recorded_to is null and s.state <> 'removed'
       and (lower(s.no) = any(${texts}::text[]) or lower(normalize(s.title, NFKC)) = any(${texts}::text[]))
     order by s.serial`.execute(db as Records);
  // A number is one entry, whatever else bears it as a title.
  for (const { no } of rows) found.set(searchable(no), [no]);
  const numbers = new Set(rows.map((r) => searchable(r.no)));
  for (const { no, title } of rows) {
    const key = searchable(title);
    if (!numbers.has(key)) found.set(key, [...(found.get(key) ?? []), no]);
  }
  return found;
}

async function filesKept(db: Records | Trx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await (db as Records).selectFrom('storedFile').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map((r) => r.id));
}

/** A reference that leads back to the entry through others, or null. Looks at most fifty steps far. */
export async function findCycle(
  trx: Trx,
  model: RegisterModel,
  entry: string,
  data: EntryData,
): Promise<{ field: string; no: string } | null> {
  const targets = namedTargets(model, data);
  if (targets.length === 0) return null;
  for (const target of targets) {
    const { rows } = await sql<{ found: boolean }>`
      with recursive way (id, steps) as (
        select id, 1 from register_entry where register = ${target.register} and no = ${target.no}
        union
        select l.target, w.steps + 1 from way w join register_link l on l.entry = w.id where w.steps < 50
      )
      select exists (select 1 from way where id = ${entry}) as found`.execute(trx);
    if (rows[0]?.found) return { field: target.field, no: target.no };
  }
  return null;
}
