import { createHash, timingSafeEqual } from 'node:crypto';
import { actionsFrom, firstState } from '#kernel/city/item-graph';
import type { CityPack } from '#kernel/city/schema';
import type { Actor, Policy } from '#kernel/policy/policy';
import { tidyReceipt } from '#kernel/secrets';
import { MATTERS_APPROVE, MATTERS_HANDLE, MATTERS_READ } from '../../contract.ts';
import type { MatterRow, PartyRow, SeatRow, TransferRow } from './tables.ts';

type Item = CityPack['items'][number];
type Role = Item['roles'][number];

/** Who asks: an account, or somebody with the code of a receipt. */
export interface Asker {
  actor: Actor;
  code?: string | undefined;
}

/** What somebody is to a matter. */
export interface Standing {
  /** Whose it is; null for whoever comes with a code alone. */
  account: string | null;
  /** As which party, by account or by code; null for who is none. */
  party: PartyRow | null;
  /** Belongs to the office that has it. */
  reads: boolean;
  handles: boolean;
  approves: boolean;
  /** On the panel, outside of it, or null where there is none. */
  panel: 'inside' | 'outside' | null;
  /** Belongs to an office that handed it on: reads what it had up to that entry, and acts no more. */
  past: TransferRow | null;
}

/** What somebody is to an office, whatever the matter. */
export type OfficeStanding = Pick<Standing, 'reads' | 'handles' | 'approves'>;

/** What somebody is to a matter; null for those whom it does not concern, and who do not learn that it exists. */
export function standingOf(
  policy: Policy,
  row: MatterRow,
  {
    parties,
    seats,
    transfers,
  }: { parties: readonly PartyRow[]; seats: readonly SeatRow[]; transfers: readonly TransferRow[] },
  { actor, code }: Asker,
): Standing | null {
  const now = seats.filter(({ until }) => until === null);
  const own = now.filter(({ account }) => account === actor.id);
  // Whoever was recused is of another office here.
  const recused = own.some(({ part }) => part === 'recused');
  const standing = recused ? NOBODY : officeStanding(policy, row.department, actor);
  const sitting = now.some(({ part }) => part !== 'recused');
  const panel = sitting ? (own.length > 0 ? 'inside' : 'outside') : null;
  const there = parties.filter(({ until }) => until === null);
  const typed = code === undefined ? null : tidyReceipt(code);
  const party =
    (typed !== null && there.find((one) => same(typed, one.code))) ||
    (actor.id !== null && there.find(({ account }) => account === actor.id)) ||
    null;
  // Whoever was recused reads nothing of what a former office had either.
  const former = standing.reads || recused ? null : pastOf(policy, transfers, actor);
  // Nor is anybody of it a party by the code of a receipt.
  if (former && party?.account !== actor.id)
    return { ...standing, account: actor.id, panel, party: null, past: former };
  return party || standing.reads ? { ...standing, account: actor.id, panel, party, past: null } : null;
}

/** The last time that an office of somebody handed a matter on. */
function pastOf(policy: Policy, transfers: readonly TransferRow[], actor: Actor): TransferRow | null {
  const had = transfers.findLast(({ fromDepartment }) => officeStanding(policy, fromDepartment, actor).reads);
  return had ?? null;
}

/** Has somebody been of an office that has or had the matter? Then they know its officers by name. */
export function isOffice({
  reads,
  past = null,
}: Pick<Standing, 'reads'> & Partial<Pick<Standing, 'past'>>): boolean {
  return reads || past !== null;
}

const NOBODY: OfficeStanding = { reads: false, handles: false, approves: false };

/** What somebody is to an office. */
export function officeStanding(policy: Policy, department: string, actor: Actor): OfficeStanding {
  const may = (permission: string) => policy.can(actor, permission, { organisation: department });
  return { reads: may(MATTERS_READ), handles: may(MATTERS_HANDLE), approves: may(MATTERS_APPROVE) };
}

/** How somebody may take the steps of a role: as their own, for somebody else who wrote or decided, or not at all. */
export function mayAct(standing: Standing, role: Role): 'own' | 'recorded' | null {
  // Whoever belongs to the office records what a party does, also where the code of a receipt passed through their hands.
  if (role.side === 'party' && standing.party?.role === role.id && !standing.reads) return 'own';
  if (role.side === 'head') return standing.approves ? 'own' : null;
  if (!standing.handles) return null;
  // Where a panel was named, nobody else takes its steps.
  if (role.panel && standing.panel === 'outside') return null;
  return role.side === 'office' ? 'own' : 'recorded';
}

/** The role that opens a matter of an item. */
export function applicantRole(item: Item): string {
  return openingOf(item).by;
}

/** The step with which a matter of an item begins; a definition has exactly one. */
export function openingOf(item: Item): Item['actions'][number] {
  return actionsFrom(item, firstState(item).id)[0] as Item['actions'][number];
}

/** Does an item keep in the vault who somebody is? Then no account stands beside its matters. */
export function keepsNames({ form }: { form: { secret: readonly string[] } }): boolean {
  return form.secret.length > 0;
}

/** Compares without telling by its time how much agrees. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
