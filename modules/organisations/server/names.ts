import { sql } from 'kysely';
import { lockInTrx, type Records, type Trx } from '#kernel/records';
import { withOrganisations } from './tables.ts';

/** What another module shows of an organisation. */
export interface OrganisationName {
  id: string;
  name: string;
  code: string | null;
  /** The organisation that it was merged into; follow it with {@link canonicalOrganisation}. */
  mergedInto: string | null;
}

/** Longest list of ids in one statement. */
const PIECE = 10_000;

/** Pieces of a list, each short enough for one statement. */
export function pieces<T>(list: readonly T[], size = PIECE): T[][] {
  const found: T[][] = [];
  for (let i = 0; i < list.length; i += size) found.push(list.slice(i, i + size));
  return found;
}

/** Names and codes by id, as they are now. Ids that do not exist are left out. */
export async function organisationNames(
  db: Records,
  ids: Iterable<string>,
): Promise<Map<string, OrganisationName>> {
  const found = new Map<string, OrganisationName>();
  for (const piece of pieces([...new Set(ids)])) {
    const rows = await withOrganisations(db)
      .selectFrom('organisation')
      .select(['id', 'name', 'code', 'mergedInto'])
      .where('id', '=', sql<string>`any(${piece}::uuid[])`)
      .execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/** For each id the organisation that stands for it now: itself, or what it was merged into at last. */
export async function canonicalIds(db: Records, ids: Iterable<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const piece of pieces([...new Set(ids)])) {
    const { rows } = await sql<{ start: string; id: string }>`
      with recursive walk (start, id, next) as (
        select id, id, merged_into from organisation where id = any(${piece}::uuid[])
        union all
        select w.start, o.id, o.merged_into from walk w join organisation o on o.id = w.next
      )
      select start, id from walk where next is null`.execute(db);
    for (const row of rows) found.set(row.start, row.id);
  }
  return found;
}

/** The organisation that stands for this id now: itself, or what it was merged into at last. Null where there is none. */
export async function canonicalOrganisation(db: Records, id: string): Promise<OrganisationName | null> {
  const survivor = (await canonicalIds(db, [id])).get(id);
  return survivor ? ((await organisationNames(db, [survivor])).get(survivor) ?? null) : null;
}

/**
 * The organisation and all that were merged into it, at once or on the way, itself first: records of other modules that
 * name any of them are about it.
 */
export async function organisationFamily(db: Records, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive family (id, depth) as (
      select id, 0 from organisation where id = ${id}
      union all
      select o.id, f.depth + 1 from family f join organisation o on o.merged_into = f.id
    )
    select id from family order by depth, id`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Waits for whoever changes organisations, and keeps others out until the transaction ends. {@link resolveOrganisations} and
 * the two marks below take it where they need it; who asks them again after a line of the audit log takes it before that line.
 */
export async function lockOrganisations(trx: Trx): Promise<void> {
  await lockInTrx(trx, 'organisations');
}

/**
 * Marks organisations that stand in a published entry of a public register: visitors may see their pages. Holds
 * {@link lockOrganisations} also where all are marked already, so that nobody takes a mark away while this entry is not yet
 * to be seen.
 */
export async function makePublic(trx: Trx, ids: Iterable<string>): Promise<void> {
  await setPublic(trx, ids, true);
}

/** Takes the mark of {@link makePublic} away: no public register names them any more. Look under {@link lockOrganisations}. */
export async function makeNotPublic(trx: Trx, ids: Iterable<string>): Promise<void> {
  await setPublic(trx, ids, false);
}

async function setPublic(trx: Trx, ids: Iterable<string>, value: boolean): Promise<void> {
  // The lock of merges and new organisations: rows written here in one order and there in another would block each other.
  await lockOrganisations(trx);
  for (const piece of pieces([...new Set(ids)]))
    await sql`
      update organisation set public = ${value} where id = any(${piece}::uuid[]) and public <> ${value}`.execute(
      trx,
    );
}

/** An organisation that bears a name, or bore it. */
export interface BearerOfName {
  /** Normal form of the name that was asked for. */
  normal: string;
  /** The organisation that stands for it now: merges are followed. */
  id: string;
  /** Its present name. */
  name: string;
  kind: 'present' | 'former' | 'spelling';
  /** Last day of a former name, where it is known. */
  until: string | null;
}

/** All organisations that bear or bore some names, given in their normal form. Makes nothing. */
export async function bearersOfNames(db: Records, normals: Iterable<string>): Promise<BearerOfName[]> {
  const found: BearerOfName[] = [];
  for (const piece of pieces([...new Set(normals)])) {
    const { rows } = await sql<Omit<BearerOfName, 'name'>>`
      select name_normal as normal, id, 'present' as kind, null::text as until
        from organisation where name_normal = any(${piece}::text[])
      union all
      select name_normal, organisation_id, kind, valid_to::text
        from organisation_name where name_normal = any(${piece}::text[])`.execute(db);
    const survivors = await canonicalIds(
      db,
      rows.map((row) => row.id),
    );
    const names = await organisationNames(db, survivors.values());
    for (const row of rows) {
      const id = survivors.get(row.id);
      const bearer = id && names.get(id);
      if (bearer) found.push({ ...row, id: bearer.id, name: bearer.name });
    }
  }
  return found;
}

/** What another module may know of an organisation before it asks for more. */
export interface OrganisationPlace {
  id: string;
  name: string;
  /** Region id of the city pack, as a register said it. */
  region: string | null;
  address: string | null;
  /** Whether visitors may open its page. */
  public: boolean;
}

/** Where an organisation is. Null where there is none of that id. */
export async function organisationPlace(db: Records, id: string): Promise<OrganisationPlace | null> {
  const row = await withOrganisations(db)
    .selectFrom('organisation')
    .select(['id', 'name', 'region', 'address', 'public'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}
