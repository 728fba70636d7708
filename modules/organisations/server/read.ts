import { type RawBuilder, sql } from 'kysely';
import type * as z from 'zod';
import { AppError } from '#kernel/errors';
import { checkUscc } from '#kernel/identifiers/uscc';
import {
  type listOrganisations,
  ORGANISATIONS_READ,
  type Organisation,
  type OrganisationDuplicates,
  type OrganisationRow,
  type OrganisationVersion,
} from '../contract.ts';
import { addressCloseness } from './closeness.ts';
import { canonicalIds, organisationFamily, organisationNames } from './names.ts';
import { normalName } from './normal-name.ts';
import { type OrganisationAction, type OrganisationDoc, withOrganisations } from './tables.ts';
import { fieldLabels, mergeViews, type Reader, regionView, rowViews } from './views.ts';

type ListQuery = z.output<(typeof listOrganisations)['query']>;

/** A page of live organisations, with the exact number of all that fit. */
export async function listPage(
  reader: Reader,
  query: ListQuery,
): Promise<{ total: number; organisations: OrganisationRow[] }> {
  const db = reader.platform.records;
  const conditions: RawBuilder<unknown>[] = [sql`o.merged_into is null`];
  const wanted = normalName(query.q ?? '');
  const raw = query.q?.trim() ?? '';
  // A search of nothing but signs finds nothing, rather than everything.
  if (raw !== '' && wanted === '') return { total: 0, organisations: [] };
  if (wanted !== '') conditions.push(await matching(reader, wanted));
  if (query.region === 'none') conditions.push(sql`o.region is null`);
  else if (query.region) conditions.push(sql`o.region = ${query.region}`);
  if (query.code === 'with') conditions.push(sql`o.code is not null`);
  if (query.code === 'without') conditions.push(sql`o.code is null`);
  const found = sql`from organisation o where ${sql.join(conditions, sql` and `)}`;
  const closest = sql`o.name_normal = ${wanted} desc, starts_with(o.name_normal, ${wanted}) desc,`;
  const order =
    query.sort === 'updated'
      ? sql`o.updated_at desc, o.id desc`
      : sql`${wanted === '' ? sql`` : closest} o.name_normal, o.id`;
  const counted = await sql<{ n: string }>`select count(*) as n ${found}`.execute(db);
  const { rows } = await sql<{ id: string }>`
    select o.id ${found} order by ${order}
     limit ${query.limit} offset ${(query.page - 1) * query.limit}`.execute(db);
  return {
    total: Number(counted.rows[0]!.n),
    organisations: await rowViews(
      db,
      reader,
      rows.map((row) => row.id),
    ),
  };
}

/** The condition that a living organisation has or had a name with these characters, or that its code begins with them. */
async function matching(reader: Reader, wanted: string): Promise<RawBuilder<unknown>> {
  const db = reader.platform.records;
  const code = wanted.toUpperCase().replaceAll('-', '');
  const fits = sql`(strpos(o.name_normal, ${wanted}) > 0 or (${code} <> '' and starts_with(o.code, ${code}))
    or o.id in (select organisation_id from organisation_name where strpos(name_normal, ${wanted}) > 0))`;
  // Names and codes of what was merged find the survivor. Merges are few: following them apart leaves one plain scan.
  const { rows } = await sql<{ id: string }>`
    select o.id from organisation o where o.merged_into is not null and ${fits}`.execute(db);
  const merged = await canonicalIds(
    db,
    rows.map((row) => row.id),
  );
  return sql`(${fits} or o.id = any(${[...new Set(merged.values())]}::uuid[]))`;
}

/** One organisation as the reader may see it. Throws `not_found`; 401 or 403 where it stands in no public register. */
export async function readOne(reader: Reader, id: string): Promise<Organisation> {
  const { platform, lang, places, all, manages, actor } = reader;
  const db = platform.records;
  const row = await withOrganisations(db)
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', { what: lang === 'zh' ? '这个单位' : 'This organisation' });
  const family = await organisationFamily(db, id);
  const isPublic = await withOrganisations(db)
    .selectFrom('organisation')
    .select('id')
    .where('public', '=', true)
    .where('id', '=', sql<string>`any(${family}::uuid[])`)
    .limit(1)
    .executeTakeFirst();
  if (!isPublic) platform.policy.demand(actor, ORGANISATIONS_READ);
  const [view] = await rowViews(db, reader, [id]);
  const adcode = row.code ? String(checkUscc(row.code).parts.adcode) : '';
  const into = row.mergedInto ? (await organisationNames(db, [row.mergedInto])).get(row.mergedInto) : null;
  return {
    ...view!,
    public: isPublic !== undefined,
    nameSince: row.nameSince,
    codeRegion: regionView(reader, places.regionByCode(adcode)?.regionId ?? null),
    mergedInto: into ? { id: into.id, name: into.name, code: into.code } : null,
    merges: all ? await mergeViews(db, reader, { organisation: id }) : [],
    createdAt: row.createdAt.toISOString(),
    updatedBy: all ? row.updatedByName : null,
    abilities: {
      history: all,
      edit: manages && row.mergedInto === null,
      merge: manages && row.mergedInto === null,
    },
  };
}

const actions: Record<OrganisationAction, { zh: string; en: string }> = {
  make: { zh: '由名册首次登记', en: 'First named in a register' },
  complete: { zh: '按名册补充', en: 'Completed from a register' },
  rename: { zh: '更名', en: 'Renamed' },
  'correct-name': { zh: '更正名称', en: 'Name put right' },
  edit: { zh: '更正', en: 'Corrected' },
  merge: { zh: '另一单位并入', en: 'Took another in' },
  merged: { zh: '被并入', en: 'Merged away' },
  undo: { zh: '撤销并入', en: 'Merge taken back' },
  undone: { zh: '恢复为独立单位', en: 'Stands by itself again' },
};

/** Every version with what it changed, latest first. Throws `not_found`. */
export async function readHistory(reader: Reader, id: string): Promise<OrganisationVersion[]> {
  const { platform, lang } = reader;
  const rows = await withOrganisations(platform.records)
    .selectFrom('organisationHistory')
    .selectAll()
    .where('organisationId', '=', id)
    .orderBy('version')
    .execute();
  if (rows.length === 0)
    throw new AppError('not_found', { what: lang === 'zh' ? '这个单位' : 'This organisation' });
  const others = await organisationNames(
    platform.records,
    rows.flatMap((row) => row.doc.mergedInto ?? []),
  );
  const taken = await withOrganisations(platform.records)
    .selectFrom('organisationMerge as m')
    .innerJoin('organisation as o', 'o.id', 'm.loserId')
    .select(['m.at', 'm.undoneAt', 'o.name'])
    .where('m.survivorId', '=', id)
    .execute();
  /** The other one of a merge, or of its undoing, at that moment. */
  const other = (action: OrganisationAction, at: Date) =>
    taken.find((m) => (action === 'merge' ? m.at : m.undoneAt)?.getTime() === at.getTime())?.name ?? '';
  const shown = (key: keyof OrganisationDoc, value: string | null | undefined): string => {
    if (!value) return '';
    if (key === 'region') return regionView(reader, value)?.name ?? value;
    return key === 'mergedInto' ? (others.get(value)?.name ?? value) : value;
  };
  const tookIn = { key: 'merged', label: { zh: '并入本单位', en: 'Merged into this one' }[lang] };
  return rows
    .map((row, i) => {
      const before = rows[i - 1]?.doc;
      const keys = Object.keys(fieldLabels) as (keyof OrganisationDoc)[];
      return {
        ...{ version: row.version, at: row.at.toISOString(), by: row.byName, reason: row.reason },
        action: row.action,
        actionLabel: actions[row.action][lang],
        diff: [
          ...(row.action === 'merge' ? [{ ...tookIn, before: '', after: other('merge', row.at) }] : []),
          ...(row.action === 'undo' ? [{ ...tookIn, before: other('undo', row.at), after: '' }] : []),
          ...keys
            .filter((key) => (before?.[key] ?? null) !== (row.doc[key] ?? null))
            .map((key) => ({
              key,
              label: fieldLabels[key]![lang],
              before: shown(key, before?.[key]),
              after: shown(key, row.doc[key]),
            })),
        ],
      };
    })
    .reverse();
}

/** Groups of live organisations that have or had one name, also through those that were merged into them. */
export async function listDuplicates(
  reader: Reader,
  { page, limit }: { page: number; limit: number },
): Promise<{ total: number; groups: OrganisationDuplicates[] }> {
  const db = reader.platform.records;
  const { rows } = await sql<{ normal: string; ids: string[]; total: string }>`
    with recursive walk (start, id, next) as (
      select id, id, merged_into from organisation
      union all
      select w.start, o.id, o.merged_into from walk w join organisation o on o.id = w.next
    ), bearing as (
      select w.id, o.name_normal as normal from organisation o join walk w on w.start = o.id and w.next is null
      union
      select w.id, n.name_normal from organisation_name n join walk w on w.start = n.organisation_id and w.next is null
    ), grouped as (
      select b.normal, array_agg(b.id order by o.code is null, o.id) as ids, bool_or(o.code is null) as open
        from bearing b join organisation o on o.id = b.id
       group by b.normal having count(*) > 1
    )
    select normal, ids, count(*) over () as total from grouped
     order by open desc, normal limit ${limit} offset ${(page - 1) * limit}`.execute(db);
  const views = await rowViews(db, reader, [...new Set(rows.flatMap((row) => row.ids))]);
  const byId = new Map(views.map((view) => [view.id, view]));
  const groups = rows.map((row) =>
    groupView(
      reader,
      row.normal,
      row.ids.flatMap((id) => byId.get(id) ?? []),
    ),
  );
  let total = Number(rows[0]?.total ?? 0);
  if (rows.length === 0 && page > 1) total = (await listDuplicates(reader, { page: 1, limit: 1 })).total;
  return { total, groups };
}

function groupView(reader: Reader, normal: string, members: OrganisationRow[]): OrganisationDuplicates {
  const codes = new Set(members.flatMap((one) => one.code ?? []));
  const places = members.flatMap((one) => one.address ?? []);
  const pairs = places.flatMap((a, i) => places.slice(i + 1).map((b) => addressCloseness(a, b)));
  const reason =
    codes.size === members.length
      ? {
          zh: '名称相同，代码不同：可能是两个单位，也可能换过代码',
          en: 'Same name, different codes: two of them, or the code was replaced',
        }
      : codes.size === 0
        ? { zh: '名称相同，都没有代码', en: 'Same name, none has a code' }
        : { zh: '名称相同，有的没有代码', en: 'Same name, some without a code' };
  return {
    name: members.find((one) => normalName(one.name) === normal)?.name ?? normal,
    reason: reason[reader.lang],
    closeness: pairs.length > 0 ? Math.round(Math.max(...pairs) * 100) / 100 : null,
    organisations: members,
  };
}
