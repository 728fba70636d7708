import { readRecord } from '#kernel/fields/read';
import { inTrx, type Platform } from '#kernel/module';
import { notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import type { Access } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { keepersOf } from '../dues/keepers.ts';
import type { RegisterModel } from '../fields/model.ts';
import { schemaState } from '../schemas.ts';
import type { EntryData } from '../tables.ts';
import { readingOf } from './entries.ts';
import { tell } from './news.ts';
import { targetsOf } from './targets.ts';
import { type Intent, write } from './write.ts';

/** Whoever decided it may propose everywhere, and keeps nothing: the keeper verifies what was proposed. */
const ACCESS: Access = { keep: [], propose: 'all', inside: 'all' };

/** What another module decided, and what it rests on. */
export interface Proposal {
  data: EntryData;
  /** What it is, in a line; it stands in the history of the entry. */
  reason: string;
  basis: string;
  /** One for each decision: sent twice it is proposed once. */
  submitKey: string;
}

/**
 * Proposes an entry that follows from what another module decided, in the transaction in which it was decided. The decision stands
 * whatever becomes of it: an entry that cannot be taken, as where the register has it already, gives the reason, and the keepers
 * are told to see to it.
 * @throws Error for a register that the pack does not have.
 */
export async function proposeEntry(
  platform: Platform,
  trx: Trx,
  by: { actor: Actor; requestId: string | null },
  register: string,
  { data: given, reason, basis, submitKey }: Proposal,
): Promise<{ no: string } | { why: Text }> {
  const model = registerOf(platform.pack, register);
  const within = inTrx(platform, trx);
  const targets = await targetsOf(trx, platform.pack, model, [given]);
  const { data, issues } = readRecord(model, given, { ...(await readingOf(within, 'json')), ...targets });
  const refused = async (why: Text) => {
    await tellKeepers(within, trx, model, { reason, why, submitKey });
    return { why };
  };
  if (issues.length > 0) {
    const said = (lang: 'zh' | 'en') =>
      issues.map(({ label, message }) => `${label[lang]}：${message[lang]}`).join('；');
    return refused({ zh: said('zh'), en: said('en') });
  }
  const intent: Intent = { kind: 'create', state: 'proposed', data, reason, basis, submitKey };
  const writing = {
    ...{ platform: within, model, actor: by.actor, access: ACCESS, requestId: by.requestId },
    schemaVersion: schemaState(platform, register).version,
  };
  const [done] = await write(trx, writing, [intent]);
  if (!done?.ok) return refused(done?.error.text ?? { zh: '未能登记', en: 'It was not taken' });
  await tell(platform, trx, model, by.actor, intent, done);
  return { no: done.no };
}

async function tellKeepers(
  platform: Platform,
  trx: Trx,
  model: RegisterModel,
  { reason, why, submitKey }: { reason: string; why: Text; submitKey: string },
): Promise<void> {
  const { id, title } = model.decl;
  const { keepers } = await keepersOf(platform, model);
  await notify(
    trx,
    keepers.map((userId) => ({
      userId,
      kind: 'registers.proposed',
      title: {
        zh: `${title.zh}：${reason}，没有列为新条目，请核对后登记`,
        en: `“${title.en}”: ${reason} made no new entry: see to it`,
      },
      body: why,
      href: `/registers/${id}`,
      dedupKey: `registers.fed ${userId} ${submitKey} ${id}`,
    })),
  );
}
