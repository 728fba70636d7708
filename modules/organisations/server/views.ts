import { sql } from 'kysely';
import type { CityLookup } from '#kernel/city/lookup';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Records } from '#kernel/records';
import type { Lang, Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import {
  ORGANISATIONS_MANAGE,
  ORGANISATIONS_READ,
  type OrganisationMerge,
  type OrganisationRow,
} from '../contract.ts';
import { organisationNames, pieces } from './names.ts';
import { type Adopted, adoptable, withOrganisations } from './tables.ts';

/** Names of what an organisation consists of. */
export const fieldLabels: Record<string, Text> = {
  name: { zh: '名称', en: 'Name' },
  nameSince: { zh: '名称启用日期', en: 'Name since' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  address: { zh: '地址', en: 'Address' },
  region: { zh: '所属地区', en: 'Region' },
  mergedInto: { zh: '并入', en: 'Merged into' },
};

/** Who reads, in which language, and with which names of regions. */
export interface Reader {
  platform: Platform;
  actor: Actor;
  lang: Lang;
  places: CityLookup;
  /** May this reader see addresses, merges, history? */
  all: boolean;
  manages: boolean;
}

/** Prepares what the views of one answer need. */
export async function readerOf(platform: Platform, call: { actor: Actor; lang: Lang }): Promise<Reader> {
  const { actor, lang } = call;
  return {
    ...{ platform, actor, lang },
    places: await directory(platform).lookup(),
    all: platform.policy.can(actor, ORGANISATIONS_READ),
    manages: platform.policy.can(actor, ORGANISATIONS_MANAGE),
  };
}

/** A region with its name of today; one that nobody knows any more is shown by its id. */
export function regionView({ places, platform, lang }: Reader, id: string | null) {
  if (id === null) return null;
  const name = places.regionAt(id, platform.clock.today())?.at.name;
  return { id, name: name?.[lang] ?? id };
}

/** Rows of organisations by id, in the order of the ids. */
export async function rowViews(
  db: Records,
  reader: Reader,
  ids: readonly string[],
): Promise<OrganisationRow[]> {
  const found = new Map<string, OrganisationRow>();
  for (const piece of pieces(ids)) {
    const rows = await withOrganisations(db)
      .selectFrom('organisation')
      .selectAll()
      .where('id', '=', sql<string>`any(${piece}::uuid[])`)
      .execute();
    const names = await withOrganisations(db)
      .selectFrom('organisationName')
      .selectAll()
      .where('organisationId', '=', sql<string>`any(${piece}::uuid[])`)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .execute();
    for (const row of rows)
      found.set(row.id, {
        ...{ id: row.id, name: row.name, code: row.code, public: row.public, version: row.version },
        region: regionView(reader, row.region),
        address: reader.all ? row.address : null,
        formerNames: names
          .filter((n) => n.organisationId === row.id && (reader.all || n.kind === 'former'))
          .map((n) => ({ kind: n.kind, name: n.name, from: n.validFrom, to: n.validTo })),
        updatedAt: row.updatedAt.toISOString(),
      });
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Which merges are wanted. */
export interface MergeChoice {
  id?: string;
  /** Those in which it was kept or given up. */
  organisation?: string;
  page?: { offset: number; limit: number };
}

/** Merges, latest first. */
export async function mergeViews(
  db: Records,
  reader: Reader,
  choice: MergeChoice,
): Promise<OrganisationMerge[]> {
  let query = withOrganisations(db)
    .selectFrom('organisationMerge')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc');
  const { id, organisation, page } = choice;
  if (id) query = query.where('id', '=', id);
  if (organisation)
    query = query.where((e) => e.or([e('survivorId', '=', organisation), e('loserId', '=', organisation)]));
  if (page) query = query.offset(page.offset).limit(page.limit);
  const rows = await query.execute();
  const names = await organisationNames(
    db,
    rows.flatMap((row) => [row.survivorId, row.loserId]),
  );
  const who = (one: string) => ({ id: one, name: names.get(one)!.name, code: names.get(one)!.code });
  return rows.map((row) => ({
    id: row.id,
    survivor: who(row.survivorId),
    loser: who(row.loserId),
    reason: row.reason,
    adopted: adoptedView(reader, row.adopted),
    at: row.at.toISOString(),
    by: row.byName,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    undoneBy: row.undoneByName,
    abilities: { undo: reader.manages && row.undoneAt === null },
  }));
}

function adoptedView(reader: Reader, adopted: Adopted): OrganisationMerge['adopted'] {
  return adoptable.flatMap((field) => {
    const value = adopted[field];
    if (value === undefined) return [];
    const shown = field === 'region' ? (regionView(reader, value)?.name ?? value) : value;
    return { field, label: fieldLabels[field]![reader.lang], value: shown };
  });
}
