import type { Records, Trx } from '#kernel/records';
import { MATTERS_HANDLE, MATTERS_READ } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { type SeatRow, withMatters } from './tables.ts';

/** An officer's account. */
export interface Officer {
  id: string;
  name: string;
}

/** Enabled accounts that handle the matters of offices, or hold another permission over them, by name. */
export async function officersOf(
  { platform }: MatterContext,
  db: Records | Trx,
  departments: readonly string[],
  permission = MATTERS_HANDLE,
): Promise<Officer[]> {
  const roles = platform.policy.permissions.get(permission)?.roles ?? [];
  if (departments.length === 0 || roles.length === 0) return [];
  return withMatters(db as Records)
    .selectFrom('accountGrant as g')
    .innerJoin('auth.user as u', 'u.id', 'g.userId')
    .select(['u.id', 'u.name'])
    .distinct()
    .where('g.role', 'in', [...roles])
    .where('g.organisation', 'in', [...departments])
    .where('u.disabledAt', 'is', null)
    .orderBy('u.name')
    .execute();
}

/** Accounts that may have nothing to do with a matter. */
export const recusedIn = (seats: readonly SeatRow[]): ReadonlySet<string> =>
  new Set(
    seats.flatMap(({ account, part, until }) => (part === 'recused' && until === null ? [account] : [])),
  );

/** Officers to whom a matter can be given: those of its office who were not recused. */
export async function officersFor(
  ctx: MatterContext,
  db: Records | Trx,
  { row, seats }: { row: { department: string }; seats: readonly SeatRow[] },
): Promise<Officer[]> {
  const recused = recusedIn(seats);
  return (await officersOf(ctx, db, [row.department])).filter(({ id }) => !recused.has(id));
}

/** Offices whose matters somebody sees. */
export function officesOf(
  { platform }: MatterContext,
  actor: Parameters<typeof platform.policy.grantsOf>[0],
): string[] {
  const grants = platform.policy.grantsOf(actor, MATTERS_READ);
  return [...new Set(grants.flatMap(({ organisation }) => (organisation ? [organisation] : [])))];
}
