import type { Platform } from '#kernel/module';
import { inTrx } from '#kernel/module';
import { type Message, notify } from '#kernel/notify/notify';
import type { Actor } from '#kernel/policy/policy';
import type { Trx } from '#kernel/records';
import { STATES } from '../domain/states.ts';
import { keepersOf } from '../dues/keepers.ts';
import type { RegisterModel } from '../fields/model.ts';
import { withRegisters } from '../tables.ts';
import type { Intent } from './write.ts';

/**
 * Tells those who wait for it, in the transaction in which it happened: the keepers that somebody else proposed an entry
 * (once a day and register), and whoever proposed one what became of it, with the reason.
 */
export async function tell(
  platform: Platform,
  trx: Trx,
  model: RegisterModel,
  actor: Actor,
  intent: Intent,
  done: { id: string; no: string },
): Promise<void> {
  const messages =
    intent.kind === 'create'
      ? await proposed(inTrx(platform, trx), model, actor, intent, done)
      : intent.kind === 'act'
        ? await decided(trx, model, actor, intent, done)
        : [];
  await notify(trx, messages);
}

async function proposed(
  platform: Platform,
  model: RegisterModel,
  actor: Actor,
  intent: Extract<Intent, { kind: 'create' }>,
  done: { no: string },
): Promise<Message[]> {
  if (intent.state !== 'proposed') return [];
  const { id, title } = model.decl;
  const today = platform.clock.today();
  const { keepers } = await keepersOf(platform, model);
  if (actor.id !== null && keepers.includes(actor.id)) return [];
  return keepers.map((userId) => ({
    userId,
    kind: 'registers.proposed',
    title: {
      zh: `${title.zh}有新申报的条目待核实（${done.no}，${actor.name}）`,
      en: `An entry of “${title.en}” was proposed and waits to be verified (${done.no}, ${actor.name})`,
    },
    href: `/registers/${id}?state=proposed`,
    dedupKey: `registers.proposed ${userId} ${id} ${today}`,
  }));
}

async function decided(
  trx: Trx,
  model: RegisterModel,
  actor: Actor,
  intent: Extract<Intent, { kind: 'act' }>,
  done: { id: string; no: string },
): Promise<Message[]> {
  const [first, last] = await withRegisters(trx)
    .selectFrom('registerChange')
    .select(['actorId', 'toState', 'version'])
    .where('entry', '=', done.id)
    .orderBy('version')
    .execute()
    .then((rows) => [rows[0], rows.at(-1)]);
  if (!first?.actorId || !last || first.actorId === actor.id) return [];
  const state = STATES[last.toState];
  const why = intent.reason ? { zh: `理由：${intent.reason}`, en: `Reason: ${intent.reason}` } : undefined;
  return [
    {
      userId: first.actorId,
      kind: 'registers.decided',
      title: {
        zh: `您申报的 ${done.no}（${model.decl.title.zh}）现为“${state.zh}”，经办：${actor.name}`,
        en: `${done.no} (${model.decl.title.en}), which you proposed, is now “${state.en}”, by ${actor.name}`,
      },
      ...(why && { body: why }),
      href: `/registers/${model.decl.id}/${done.no}`,
    },
  ];
}
