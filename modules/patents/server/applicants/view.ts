import { sql } from 'kysely';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Applicant, ApplicantLink, ApplicantRow } from '../../contract.ts';
import { PATENTS_APPLICANTS } from '../../contract.ts';
import { select } from '../corpus/client.ts';
import { corpusState, live } from '../corpus/state.ts';
import type { Places } from '../places.ts';
import { type PatentTables, withPatents } from '../tables.ts';
import { currentGroups, type Groups } from './groups.ts';
import { withOrganisation } from './organisation.ts';

type LinkRow = {
  [K in keyof PatentTables['patentApplicantLink']]: K extends 'id' | 'madeBy' | 'decidedBy'
    ? string | null
    : K extends 'detail'
      ? Record<string, string | null>
      : PatentTables['patentApplicantLink'][K];
};

/** Names that a search among applicants looks at, at most; a longer word narrows it. */
const MOST_NAMES = 20_000;

/** Applicants by number of records, those with a text in any of their names. */
export async function listApplicants(
  platform: Platform,
  { q, page, size }: { q: string; page: number; size: number },
): Promise<{ total: number; applicants: ApplicantRow[] }> {
  const { corpus } = platform.stores;
  const state = await corpusState(withPatents(platform.records));
  const groups = await currentGroups(platform, state.applicants);
  const heads = q === '' ? null : await headsNamed(platform, groups, q);
  if (heads?.length === 0) return { total: 0, applicants: [] };
  const among = heads ? 'where a in ({heads:Array(UInt64)})' : '';
  const rows = await select<{ id: string; n: string; total: string }>(
    corpus,
    `select toString(a) as id, n, count() over () as total from (
        select arrayJoin(${groups.sql('applicant_ids')}) as a, count() as n from patent_document where ${live(state)} group by a)
      ${among} order by n desc, a limit {size:UInt64} offset {from:UInt64}`,
    { ...groups.params, size, from: (page - 1) * size, ...(heads && { heads: heads.map(BigInt) }) },
  );
  const names = await groups.names(rows.map((row) => row.id));
  return {
    total: Number(rows[0]?.total ?? 0),
    applicants: rows.map((row) => ({
      id: row.id,
      name: names.get(row.id) ?? row.id,
      names: groups.members(`id:${row.id}`).length,
      records: Number(row.n),
    })),
  };
}

async function headsNamed(platform: Platform, groups: Groups, q: string): Promise<string[]> {
  const rows = await select<{ id: string }>(
    platform.stores.corpus,
    `select distinct toString(id) as id from patent_applicant where positionCaseInsensitiveUTF8(name, {q:String}) > 0 limit ${MOST_NAMES}`,
    { q },
  );
  return [...new Set([...rows.map((row) => groups.members(`id:${row.id}`)[0]!), ...groups.called(q)])];
}

/** One applicant with everything that is known of its names. @throws AppError `not_found` */
export async function readApplicant(
  platform: Platform,
  places: Places,
  actor: Actor,
  id: string,
): Promise<Applicant> {
  const { corpus } = platform.stores;
  const records = withPatents(platform.records);
  const state = await corpusState(records);
  const groups = await currentGroups(platform, state.applicants);
  const ids = groups.members(`id:${id}`);
  const head = ids[0]!;
  const params = { ids: ids.map(BigInt) };
  const own = `hasAny(applicant_ids, {ids:Array(UInt64)}) and ${live(state)}`;
  const [names, counted, all, located, links] = await Promise.all([
    groups.names(ids),
    select<{ id: string; n: string }>(
      corpus,
      `select toString(a) as id, count() as n from (select arrayJoin(applicant_ids) as a from patent_document where ${own})
        where a in ({ids:Array(UInt64)}) group by a`,
      params,
    ),
    select<{ n: string }>(corpus, `select count() as n from patent_document where ${own}`, params),
    // The address of a record is its first applicant's.
    select<{ region: string; precision: 'county' | 'city' | 'none'; n: string }>(
      corpus,
      `select region, region_precision as precision, count() as n from patent_document
        where ${own} and has({ids:Array(UInt64)}, applicant_ids[1]) and address_form != ''
        group by region, precision order by n desc, region`,
      params,
    ),
    linksOfGroup(platform, ids),
  ]);
  if (names.size === 0 && links.length === 0) throw new AppError('not_found', { what: '申请人' });
  const organisation = await withOrganisation(platform, places, actor, ids);
  const today = platform.clock.today();
  const found = located.map(({ n, ...place }) => ({
    ...place,
    code: place.region === '' ? null : places.codeOf(place.region, today),
    records: Number(n),
  }));
  const [first] = found;
  const placed = found.reduce((sum, place) => sum + place.records, 0);
  const counts = new Map(counted.map((row) => [row.id, Number(row.n)]));
  const shown = platform.policy.can(actor, PATENTS_APPLICANTS);
  return {
    id: head,
    name: names.get(head) ?? head,
    records: Number(all[0]?.n ?? 0),
    names: ids.map((one) => ({
      id: one,
      name: names.get(one) ?? one,
      records: counts.get(one) ?? 0,
    })),
    links: links.filter((link) => shown || link.state === 'active').map((link) => linkView(link, shown)),
    organisation: organisation && {
      id: organisation.id,
      name: organisation.name,
      page: organisation.page,
    },
    places: found,
    place: first
      ? {
          region: first.region,
          code: first.code,
          precision: first.precision,
          confidence: Math.round((first.records / placed) * 1000) / 1000,
          differs:
            organisation?.region && first.region !== '' && organisation.region !== first.region
              ? organisation.region
              : null,
        }
      : null,
  };
}

async function linksOfGroup(platform: Platform, ids: readonly string[]): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select * from patent_applicant_link where member = any(${ids}::text[]) or head = any(${ids}::text[])
     order by made_at desc, id`.execute(platform.records);
  return rows;
}

/** Proposals that wait, oldest first. */
export async function listProposals(platform: Platform, after: string | undefined, size: number) {
  const records = withPatents(platform.records);
  const waiting = records.selectFrom('patentApplicantLink').where('state', '=', 'proposed');
  const { n } = await waiting.select((e) => e.fn.countAll<string>().as('n')).executeTakeFirstOrThrow();
  const rows = await waiting
    .selectAll()
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return {
    total: Number(n),
    proposals: rows.slice(0, size).map((row) => linkView(row as unknown as LinkRow, true)),
    next: rows.length > size ? rows[size - 1]!.id : null,
  };
}

function linkView(row: LinkRow, persons: boolean): ApplicantLink {
  const person = (id: string | null, name: string) => (persons || id === null ? name : '');
  return {
    id: row.id!,
    member: { id: row.member, name: row.memberName },
    head: { id: row.head, name: row.headName },
    rule: row.rule,
    state: row.state,
    detail: row.detail,
    madeAt: row.madeAt.toISOString(),
    madeBy: person(row.madeBy, row.madeByName),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedByName && person(row.decidedBy, row.decidedByName),
    decisionReason: row.decisionReason,
  };
}
