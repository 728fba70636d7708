import { sql } from 'kysely';
import type { DeepReadonly } from '#kernel/city/schema';
import type { Register } from '#kernel/city/schema-register';
import { upgrade } from '#kernel/fields/upgrade';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Platform } from '#kernel/module';
import type { Text } from '#kernel/text';
import { catalogueOf } from './catalogue.ts';
import { projectionOf } from './entries/project.ts';
import { modelOf, type RegisterModel } from './fields/model.ts';
import { type EntryData, withRegisters } from './tables.ts';

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
  const known = new Map<string, SchemaState>();
  for (const model of catalogueOf(platform.pack).values())
    known.set(model.decl.id, await loadSchema(platform, model));
  states.set(platform.pack, known);
}

async function loadSchema(platform: Platform, model: RegisterModel): Promise<SchemaState> {
  const { id } = model.decl;
  const { demo: _, ...doc } = model.decl;
  const hash = sha256(canonicalJson(doc));
  const db = withRegisters(platform.records);
  const rows = await db
    .selectFrom('registerSchema')
    .selectAll()
    .where('register', '=', id)
    .orderBy('version')
    .execute();
  const last = rows.at(-1);
  const docs = rows.map((r) => r.doc as unknown as DeepReadonly<Register>);
  if (last?.hash !== hash) {
    await db
      .insertInto('registerSchema')
      .values({
        register: id,
        version: (last?.version ?? 0) + 1,
        hash,
        doc: JSON.stringify(doc) as never,
        at: platform.clock.now(),
      })
      .onConflict((c) => c.doNothing())
      .execute();
    if (last) await project(platform, model);
  }
  const living = new Set(model.fields.flatMap((f) => [f.key, ...f.formerly]));
  const retired = new Map<string, Text>();
  for (const old of docs)
    for (const field of modelOf(old).fields) if (!living.has(field.key)) retired.set(field.key, field.label);
  return { version: (last?.version ?? 0) + (last?.hash === hash ? 0 : 1), retired };
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
