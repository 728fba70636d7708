import { sql } from 'kysely';
import type { Actor } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import { normalName } from './normal-name.ts';
import type { OrganisationAction, OrganisationDoc } from './tables.ts';

/** An organisation as it is read to be changed. */
export interface Live extends OrganisationDoc {
  id: string;
  /** Version that was read; 0 for one that is to be made. */
  version: number;
  nameNormal: string;
}

/** Who writes, and when. */
export interface Writing {
  now: Date;
  by: Pick<Actor, 'id' | 'name'>;
}

/**
 * Writes the next version of each organisation, with its line in the history, in two statements however many there are. The
 * caller holds the lock `organisations`, and writes the audit log where a person did it.
 */
export async function writeVersions(
  trx: Trx,
  { now, by }: Writing,
  changes: readonly { live: Live; action: OrganisationAction; reason?: string | null }[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ live, action, reason }) => ({
    ...{ id: live.id, version: live.version + 1, action, reason: reason ?? null },
    name: live.name,
    name_normal: normalName(live.name),
    name_since: live.nameSince,
    code: live.code,
    address: live.address,
    region: live.region,
    merged_into: live.mergedInto,
    doc: docOf(live),
  }));
  const json = JSON.stringify(rows);
  await sql`
    insert into organisation (id, version, name, name_normal, name_since, code, address, region, merged_into,
                              created_at, updated_at, updated_by, updated_by_name)
    select id, version, name, name_normal, name_since, code, address, region, merged_into,
           ${now}, ${now}, ${by.id}, ${by.name}
      from jsonb_to_recordset(${json}::jsonb) as r (id uuid, version int, name text, name_normal text, name_since date,
           code text, address text, region text, merged_into uuid)
    on conflict (id) do update set version = excluded.version, name = excluded.name, name_normal = excluded.name_normal,
      name_since = excluded.name_since, code = excluded.code, address = excluded.address, region = excluded.region,
      merged_into = excluded.merged_into, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
      updated_by_name = excluded.updated_by_name`.execute(trx);
  await sql`
    insert into organisation_history (organisation_id, version, action, doc, reason, at, by_id, by_name)
    select id, version, action, doc, reason, ${now}, ${by.id}, ${by.name}
      from jsonb_to_recordset(${json}::jsonb) as r (id uuid, version int, action text, doc jsonb, reason text)`.execute(
    trx,
  );
}

/** The content of a version. */
export function docOf(live: OrganisationDoc): OrganisationDoc {
  const { name, nameSince, code, address, region, mergedInto } = live;
  return { name, nameSince, code, address, region, mergedInto };
}
