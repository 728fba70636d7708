import { sql } from 'kysely';
import { upgrade } from '#kernel/fields/upgrade';
import type { Records } from '#kernel/records';
import type { EntryState } from '../../contract.ts';
import type { RegisterModel } from '../fields/model.ts';
import type { EntryData } from '../tables.ts';

/** An entry as it stands, with its newest content. */
export interface Standing {
  id: string;
  no: string;
  state: EntryState;
  version: number;
  key: string | null;
  title: string;
  region: string | null;
  mergedIntoNo: string | null;
  /** Who made the last version, and when. */
  changedBy: string;
  changedAt: Date;
  /** By present key; fields that no longer exist are left out. */
  data: EntryData;
}

/** Entries by number and by key, in one statement. */
export async function standing(
  records: Records,
  model: RegisterModel,
  wanted: { nos?: readonly string[]; keys?: readonly string[] },
): Promise<{ byNo: Map<string, Standing>; byKey: Map<string, Standing> }> {
  const [nos, keys] = [[...new Set(wanted.nos ?? [])], [...new Set(wanted.keys ?? [])]];
  if (nos.length === 0 && keys.length === 0) return { byNo: new Map(), byKey: new Map() };
  const { rows } = await sql<Standing>`
    select e.id, e.no, e.state, e.version, e.key, s.title, s.region, m.no as "mergedIntoNo",
      coalesce(c.actor_name, '') as "changedBy", e.updated_at as "changedAt", s.data
    from register_entry e
    join register_slice s on s.entry = e.id and s.recorded_to is null and s.last
    left join register_entry m on m.id = e.merged_into
    left join register_change c on c.entry = e.id and c.version = e.version
    where e.register = ${model.decl.id} and e.id in (
      select id from register_entry where register = ${model.decl.id} and no = any(${nos}::text[])
      union all
      select id from register_entry where register = ${model.decl.id} and key = any(${keys}::text[])
    )`.execute(records);
  const found = rows.map((row) => ({ ...row, data: upgrade(model, row.data).data }));
  return {
    byNo: new Map(found.map((entry) => [entry.no, entry])),
    byKey: new Map(found.flatMap((entry) => (entry.key === null ? [] : [[entry.key, entry]]))),
  };
}
