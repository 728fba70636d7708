import { sql } from 'kysely';
import { checkUscc } from '#kernel/identifiers/uscc';
import { newId } from '#kernel/ids';
import { type Actor, system } from '#kernel/policy/policy';
import { lockInTrx, type Trx } from '#kernel/records';
import { organisationError } from './errors.ts';
import { canonicalIds, pieces } from './names.ts';
import { normalName } from './normal-name.ts';
import { type Live, writeVersions } from './versions.ts';

/** An organisation as a register names it. */
export interface WantedOrganisation {
  name: string;
  /** 统一社会信用代码 in any spelling; one that is not valid is looked past. */
  code?: string | null;
  address?: string | null;
  /** Region id of the city pack. */
  region?: string | null;
}

/** Wanted, as it is compared and stored. */
interface Wanted {
  name: string;
  normal: string;
  code: string | null;
  address: string | null;
  region: string | null;
}

const blank = (text: string | null | undefined) => text?.trim() || null;

function tidied(one: WantedOrganisation): Wanted {
  const code = one.code ? checkUscc(one.code).normalized : null;
  // A code alone is enough to know somebody by; until a name comes it stands in its place.
  const name = blank(one.name) ?? code ?? '';
  const normal = normalName(name);
  if (normal === '') throw organisationError('organisations_nameless');
  return { name, normal, code, address: blank(one.address), region: blank(one.region) };
}

/** Wanted rows that are certainly one organisation share a key. */
const keyOf = (w: Wanted) => w.code ?? ` ${w.normal}`;

/**
 * Ids of the organisations named, in the order asked; made where unknown. The rule:
 *
 * 1. A valid code decides. Nobody has it: the only organisation of that name (also formerly) gets it, if it has no code yet;
 *    otherwise a new one is made, for the same name with another code is another organisation.
 * 2. Without a code the name decides where exactly one organisation has or had it. Where several do, it is the one that
 *    bears it without a code, or what that was merged into; nobody guesses among those with codes.
 * 3. What was merged stands for its survivor.
 *
 * Address and region fill what is empty. Safe when several transactions do it at once: they wait for each other only where
 * something is to be written. The lock is held to the end of the transaction, so ask before the first line of the audit log
 * is written. Takes a handful of statements for 2,000 organisations. Throws `organisations_nameless` where there is neither
 * a name nor a valid code.
 */
export async function resolveOrganisations(
  trx: Trx,
  now: Date,
  wanted: readonly WantedOrganisation[],
  by: Pick<Actor, 'id' | 'name'> = system,
): Promise<string[]> {
  const all = wanted.map(tidied);
  const ids = new Map<string, string>();
  for (const piece of pieces(all, 2000)) {
    const open = new Map<string, Wanted>();
    for (const w of piece) {
      const key = keyOf(w);
      const before = open.get(key);
      open.set(key, before ? filled(before, w) : w);
    }
    // Mostly everything is known: then nobody is kept waiting.
    let found = await decide(trx, [...open.values()]);
    if (found.changes.length > 0) {
      await lockInTrx(trx, 'organisations');
      found = await decide(trx, [...open.values()]);
      await writeVersions(trx, { now, by }, found.changes);
    }
    for (const [key, id] of found.ids) ids.set(key, id);
  }
  return all.map((w) => ids.get(keyOf(w))!);
}

function filled<T extends { address: string | null; region: string | null }>(
  one: T,
  more: { address: string | null; region: string | null },
): T {
  return { ...one, address: one.address ?? more.address, region: one.region ?? more.region };
}

interface Decision {
  /** Key of a wanted row → id. */
  ids: Map<string, string>;
  changes: { live: Live; action: 'make' | 'complete' }[];
}

/** Finds or makes up each wanted organisation, those with a code first, so that the order of the rows does not matter. */
async function decide(trx: Trx, wanted: readonly Wanted[]): Promise<Decision> {
  const known = await lookUp(trx, wanted);
  const ids = new Map<string, string>();
  const changed = new Map<string, 'make' | 'complete'>();

  const take = (w: Wanted, live: Live): void => {
    ids.set(keyOf(w), live.id);
    const full = filled({ ...live, code: live.code ?? w.code }, w);
    if (full.code === live.code && full.address === live.address && full.region === live.region) return;
    known.live.set(live.id, full);
    if (full.code) known.byCode.set(full.code, live.id);
    if (!changed.has(live.id)) changed.set(live.id, 'complete');
  };
  const make = (w: Wanted): void => {
    const id = newId();
    const { name, normal, code, address, region } = w;
    const doc = { name, nameSince: null, code, address, region, mergedInto: null };
    known.live.set(id, { id, version: 0, nameNormal: normal, ...doc });
    known.named.set(normal, [...(known.named.get(normal) ?? []), id]);
    if (code) known.byCode.set(code, id);
    else known.codeless.set(normal, id);
    changed.set(id, 'make');
    ids.set(keyOf(w), id);
  };

  for (const w of wanted.filter((one) => one.code !== null)) {
    const holder = known.live.get(known.byCode.get(w.code!) ?? '');
    if (holder) {
      take(w, holder);
      continue;
    }
    const named = known.named.get(w.normal) ?? [];
    const only = named.length === 1 ? known.live.get(named[0]!) : undefined;
    if (only && only.code === null) take(w, only);
    else make(w);
  }
  for (const w of wanted.filter((one) => one.code === null)) {
    const named = known.named.get(w.normal) ?? [];
    const id = named.length === 1 ? named[0]! : known.codeless.get(w.normal);
    const live = known.live.get(id ?? '');
    if (live) take(w, live);
    else make(w);
  }
  return {
    ids,
    changes: [...changed].map(([id, action]) => ({ live: known.live.get(id)!, action })),
  };
}

interface Known {
  live: Map<string, Live>;
  /** Code → id of the organisation that has it, or of the survivor of the one that had it. */
  byCode: Map<string, string>;
  /** Normalised name → ids of those that have or had it, each once. */
  named: Map<string, string[]>;
  /** Normalised name → id of the one that bears it without a code, or of its survivor. */
  codeless: Map<string, string>;
}

async function lookUp(trx: Trx, wanted: readonly Wanted[]): Promise<Known> {
  const codes = wanted.flatMap((w) => w.code ?? []);
  const names = [...new Set(wanted.map((w) => w.normal))];
  const { rows } = await sql<{
    id: string;
    code: string | null;
    normal: string;
    merged: boolean;
    former: boolean;
  }>`
    select id, code, name_normal as normal, merged_into is not null as merged, false as former
      from organisation where code = any(${codes}::text[])
    union
    select id, code, name_normal, merged_into is not null, false
      from organisation where name_normal = any(${names}::text[])
    union
    select o.id, o.code, n.name_normal, o.merged_into is not null, true
      from organisation_name n join organisation o on o.id = n.organisation_id
     where n.name_normal = any(${names}::text[])
    order by id`.execute(trx);
  const survivor = await canonicalIds(
    trx,
    rows.map((row) => row.id),
  );
  const live = await readLive(trx, new Set(survivor.values()));
  const known: Known = { live, byCode: new Map(), named: new Map(), codeless: new Map() };
  // Those that were merged away come first, so that whoever has a code itself has the last word.
  for (const row of [...rows.filter((r) => r.merged), ...rows.filter((r) => !r.merged)])
    if (row.code) known.byCode.set(row.code, survivor.get(row.id)!);
  for (const row of rows) {
    const id = survivor.get(row.id)!;
    const named = known.named.get(row.normal) ?? [];
    if (!named.includes(id)) known.named.set(row.normal, [...named, id]);
    // The oldest, should there be several.
    if (!row.former && row.code === null && !known.codeless.has(row.normal))
      known.codeless.set(row.normal, id);
  }
  return known;
}

async function readLive(trx: Trx, ids: Iterable<string>): Promise<Map<string, Live>> {
  const { rows } = await sql<Live>`
    select id, version, name, name_normal as "nameNormal", to_char(name_since, 'YYYY-MM-DD') as "nameSince",
           code, address, region, merged_into as "mergedInto"
      from organisation where id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.id, row]));
}
