import * as z from 'zod';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import { bearersOfNames, normalName } from '#modules/organisations/server/index';
import { select } from '../corpus/client.ts';
import { kernelTrx, type PatentTrx, withPatents } from '../tables.ts';
import { chainOf, changed, leaders } from './links.ts';
import { type ApplicantName, type FoundLink, linksOf, type NamedOrganisation } from './rules.ts';

/** Names looked at together. */
const PIECE = 5000;

/** What applying the rules did. */
export interface Applied {
  names: number;
  /** Links that were made, and links that wait for a person. */
  linked: number;
  proposed: number;
}

/** The job that applies the rules: each night, after each import, and whenever somebody asks. */
export function applicantJob(platform: Platform): JobDef<Record<string, never>> {
  return job({
    name: 'patents.applicants',
    schema: z.object({}),
    cron: '20 3 * * *',
    run: async () => {
      await applyRules(platform);
    },
  });
}

/**
 * Applies the rules to all names of the corpus. What was undone or declined by a person is not made again; links of rules
 * that no longer hold (an organisation was renamed) are undone. Holds one short line per name in memory (about 150 bytes).
 */
export async function applyRules(platform: Platform): Promise<Applied> {
  const names = await select<ApplicantName>(
    platform.stores.corpus,
    'select toString(id) as id, min(name) as name from patent_applicant group by id order by name',
    {},
  );
  const byNormal = new Map<string, ApplicantName[]>();
  for (const one of names) {
    const normal = normalName(one.name);
    byNormal.set(normal, [...(byNormal.get(normal) ?? []), one]);
  }
  const result: Applied = { names: names.length, linked: 0, proposed: 0 };
  for (let from = 0; from < names.length; from += PIECE) {
    const piece = names.slice(from, from + PIECE);
    const organisations = await organisationsOf(platform, piece);
    const found = linksOf(piece, {
      names: (normal) => byNormal.get(normal) ?? [],
      organisations: (normal) => organisations.get(normal) ?? [],
    });
    await withPatents(platform.records)
      .transaction()
      .execute(async (trx) => {
        await lockInTrx(kernelTrx(trx), 'patents.applicants');
        await rememberOrganisations(trx, piece, organisations);
        const made = await store(trx, platform.clock.now(), piece, found);
        result.linked += made.linked;
        result.proposed += made.proposed;
        if (made.linked + made.undone > 0) await changed(trx);
      });
  }
  return result;
}

/** Organisations under the normal forms of some names, and of the universities that they may be parts of. */
async function organisationsOf(
  platform: Platform,
  names: readonly ApplicantName[],
): Promise<Map<string, NamedOrganisation[]>> {
  const normals = names.flatMap(({ name }) => [
    normalName(name),
    normalName(name.replace(/有限责任公司$/u, '有限公司')),
    ...[...name.matchAll(/大学|学院/gu)].map((m) => normalName(name.slice(0, m.index + 2))),
  ]);
  const found = new Map<string, NamedOrganisation[]>();
  for (const { normal, ...one } of await bearersOfNames(
    platform.records,
    normals.filter((n) => n !== ''),
  )) {
    const list = found.get(normal) ?? [];
    // The same organisation under the same name twice is one.
    if (!list.some((other) => other.id === one.id)) list.push(one);
    found.set(normal, list);
  }
  return found;
}

async function rememberOrganisations(
  trx: PatentTrx,
  names: readonly ApplicantName[],
  organisations: ReadonlyMap<string, readonly NamedOrganisation[]>,
): Promise<void> {
  const ids = names.map((one) => one.id);
  const rows = names.flatMap(({ id, name }) => {
    const [only, ...others] = organisations.get(normalName(name)) ?? [];
    return only && others.length === 0 ? [{ applicant: id, organisationId: only.id }] : [];
  });
  await trx
    .deleteFrom('patentApplicantOrganisation')
    .where((e) => e('applicant', '=', e.fn.any(e.val(ids))))
    .execute();
  if (rows.length > 0)
    await trx
      .insertInto('patentApplicantOrganisation')
      .values(rows)
      .onConflict((oc) => oc.doNothing())
      .execute();
}

async function store(
  trx: PatentTrx,
  now: Date,
  names: readonly ApplicantName[],
  found: readonly FoundLink[],
): Promise<{ linked: number; proposed: number; undone: number }> {
  const key = (link: { member: string; head: string; rule: string }) =>
    `${link.member} ${link.head} ${link.rule}`;
  const said = await trx
    .selectFrom('patentApplicantLink')
    .select(['id', 'member', 'head', 'rule', 'state', 'decidedBy'])
    .where((e) => e('member', '=', e.fn.any(e.val(names.map((one) => one.id)))))
    .execute();
  const wanted = new Set(found.map(key));
  const stale = said.filter(
    (link) =>
      link.rule !== 'person' &&
      !wanted.has(key(link)) &&
      // What a person accepted is theirs.
      (link.state === 'proposed' || (link.state === 'active' && link.decidedBy === null)),
  );
  if (stale.length > 0)
    await trx
      .updateTable('patentApplicantLink')
      .set({ state: 'undone', decidedAt: now, decidedByName: RULES, decisionReason: '规则不再成立' })
      .where(
        'id',
        'in',
        stale.map((link) => link.id),
      )
      .execute();
  const heads = await leaders(trx);
  for (const link of stale) if (heads.get(link.member) === link.head) heads.delete(link.member);
  // What the rules themselves undid holds again when they say so again; what a person undid or declined does not.
  const back = new Set(said.filter((l) => l.state === 'undone' && l.decidedBy === null).map(key));
  const settled = new Set(said.filter((l) => !back.has(key(l))).map(key));
  let linked = 0;
  let proposed = 0;
  for (const link of found) {
    if (settled.has(key(link))) continue;
    settled.add(key(link));
    // A name stands for one other only, and nothing stands for itself over others.
    const free = !heads.has(link.member) && !chainOf(heads, link.head).includes(link.member);
    if (link.certain && !free) continue;
    if (!link.certain && chainOf(heads, link.member).at(-1) === chainOf(heads, link.head).at(-1)) continue;
    if (link.certain) heads.set(link.member, link.head);
    const state = link.certain ? ('active' as const) : ('proposed' as const);
    const { certain: _, detail, ...row } = link;
    await trx
      .insertInto('patentApplicantLink')
      .values({ ...row, detail: JSON.stringify(detail), state, madeAt: now, madeByName: RULES })
      .onConflict((oc) =>
        oc
          .columns(['member', 'head', 'rule'])
          .where('rule', '<>', 'person')
          .doUpdateSet({
            state,
            detail: JSON.stringify(detail),
            decidedAt: null,
            decidedByName: null,
            decisionReason: null,
          }),
      )
      .execute();
    if (link.certain) linked += 1;
    else proposed += 1;
  }
  return { linked, proposed, undone: stale.length };
}

/** Who did it where no person did. */
const RULES = '规则';
