import { sql } from 'kysely';
import type { Answers } from '#kernel/conditions';
import { notify } from '#kernel/notify/notify';
import type { Records } from '#kernel/records';
import { MATTERS_APPROVE } from '../../contract.ts';
import type { MatterContext } from './context.ts';
import { type By, enter } from './entry.ts';
import { matterError } from './errors.ts';
import type { FoundMatter } from './file.ts';
import { matterMessage } from './messages.ts';
import { officersOf } from './officers.ts';
import { withMatters } from './tables.ts';

/**
 * Opens what is sealed in a matter: who the reporter is. It is entered with the reason before it is shown, and the heads of the
 * office are told. Throws `matters_sealed` where nothing is, `vault_closed`, `matters_changed`, `matters_none`.
 */
export async function unseal(
  ctx: MatterContext,
  by: By,
  number: string,
  { version, reason }: { version: number; reason: string },
): Promise<{ found: FoundMatter; answers: Answers }> {
  let answers: Answers = {};
  const found = await enter(ctx, by, number, version, async (trx, { row, standing }) => {
    if (!standing.handles) throw matterError('matters_none', { number: row.number });
    const rows = await withMatters(trx as Records)
      .selectFrom('matterVault')
      .select('sealed')
      .where('matter', '=', row.id)
      .orderBy('seq')
      .execute();
    if (rows.length === 0) throw matterError('matters_sealed');
    const opened = rows.map(({ sealed }) => JSON.parse(ctx.platform.vault.open(sealed, row.id)) as Answers);
    answers = Object.assign({}, ...opened) as Answers;
    return {
      says: { kind: 'unsealed', note: reason },
      write: async () => {},
      tell: async (after) => {
        const heads = await officersOf(ctx, trx, [row.department], MATTERS_APPROVE);
        const title = { zh: '有人查看了密封的身份信息', en: 'A sealed identity was opened' };
        await notify(
          trx,
          heads
            .filter(({ id }) => id !== by.actor.id)
            .map(({ id }) => matterMessage(id, after, 'matters.unsealed', title)),
        );
      },
    };
  });
  return { found, answers };
}

/**
 * Throws Error where identities on record were sealed with another key than the installation's: with this one new ones would be
 * sealed beside them, and whichever key is put back later, some could never be opened.
 */
export async function checkVault({ platform }: MatterContext): Promise<void> {
  const { rows } = await sql<{ key: string }>`
    select distinct split_part(sealed, '.', 1) as key from matter_vault`.execute(platform.records);
  const strange = rows.filter(({ key }) => key !== platform.vault.keyId).map(({ key }) => key);
  if (strange.length > 0)
    throw new Error(
      `identities are sealed with another key (${strange.join(', ')}) than keys/vault.key (${platform.vault.keyId}): restore the keys folder from the backup`,
    );
}
