import { type Insertable, type Selectable, sql } from 'kysely';
import type { DeepReadonly } from '#kernel/city/schema';
import type { Register } from '#kernel/city/schema-register';
import { upgrade } from '#kernel/fields/upgrade';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Text } from '#kernel/text';
import { catalogueOf } from './catalogue.ts';
import { projectionOf } from './entries/project.ts';
import { modelOf, type RegisterModel } from './fields/model.ts';
import { type EntryData, type RegisterTables, withRegisters } from './tables.ts';

type SchemaRow = Selectable<RegisterTables['registerSchema']>;

/** What is known of a register's shape over time. */
export interface SchemaState {
  /** Current version, from 1. */
  version: number;
  /** Labels of fields that only earlier versions had. */
  retired: ReadonlyMap<string, Text>;
}

const states = new WeakMap<object, Map<string, SchemaState>>();

/** Shape of a register as loaded at the start. */
export function schemaState(platform: Platform, register: string): SchemaState {
  return states.get(platform.pack)?.get(register) ?? { version: 1, retired: new Map() };
}

/**
 * At every start: remembers the shape of each register as a new version where it differs from the last one, and brings
 * the columns that follow from content and declaration in line with it. What entries say is never touched.
 */
export async function loadSchemas(platform: Platform): Promise<void> {
  const db = withRegisters(platform.records);
  // Read and written all at once: a city has dozens of registers, and every start waits for this.
  const kept = new Map<string, SchemaRow[]>();
  for (const row of await db.selectFrom('registerSchema').selectAll().orderBy('version').execute())
    kept.set(row.register, [...(kept.get(row.register) ?? []), row]);
  const known = new Map<string, SchemaState>();
  const fresh: Insertable<RegisterTables['registerSchema']>[] = [];
  const changed: RegisterModel[] = [];
  for (const model of catalogueOf(platform.pack).values()) {
    const { id: register } = model.decl;
    const { demo: _, ...doc } = model.decl;
    const hash = sha256(canonicalJson(doc));
    const rows = kept.get(register) ?? [];
    const last = rows.at(-1);
    const version = (last?.version ?? 0) + (last?.hash === hash ? 0 : 1);
    known.set(register, { version, retired: retiredOf(model, rows) });
    if (last?.hash === hash) continue;
    fresh.push({ register, version, hash, doc: JSON.stringify(doc), at: platform.clock.now() });
    if (last) changed.push(model);
  }
  if (fresh.length > 0)
    await db
      .insertInto('registerSchema')
      .values(fresh)
      .onConflict((c) => c.doNothing())
      .execute();
  for (const model of changed) await project(platform, model);
  states.set(platform.pack, known);
}

/** Labels of the fields that only earlier shapes had. */
function retiredOf(model: RegisterModel, earlier: readonly SchemaRow[]): Map<string, Text> {
  const living = new Set(model.fields.flatMap((f) => [f.key, ...f.formerly]));
  const retired = new Map<string, Text>();
  for (const { doc } of earlier)
    for (const field of modelOf(doc as unknown as DeepReadonly<Register>).fields)
      if (!living.has(field.key)) retired.set(field.key, field.label);
  return retired;
}

/** Rows brought in line at once. */
const STEP = 1000;

/** Computes anew what slices hold besides their content. */
async function project(platform: Platform, model: RegisterModel): Promise<void> {
  const db = withRegisters(platform.records);
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('registerSlice')
      .select(['id', 'no', 'state', 'void', 'data', 'validFrom', 'validTo'])
      .where('register', '=', model.decl.id)
      .where('id', '>', after as never)
      .orderBy('id')
      .limit(STEP)
      .execute();
    if (rows.length === 0) return;
    after = rows.at(-1)?.id ?? after;
    const fresh = rows.map((row) => {
      const p = projectionOf(model, row, upgrade(model, row.data as EntryData).data, row);
      return {
        ...p.slots,
        id: row.id,
        title: p.title,
        region: p.region,
        search: p.search,
        due_on: p.dueOn,
        due_kind: p.dueKind,
      };
    });
    await sql`
      update register_slice s set title = x.title, region = x.region, search = x.search, c1 = x.c1, c2 = x.c2, c3 = x.c3,
        c4 = x.c4, c5 = x.c5, c6 = x.c6, due_on = x.due_on, due_kind = x.due_kind
      from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as x(id bigint, title text, region text, search text,
        c1 text, c2 text, c3 text, c4 text, c5 text, c6 text, due_on date, due_kind text)
      where s.id = x.id`.execute(platform.records);
  }
}
