import type { CityPack } from '#kernel/city/schema';
import type { Answers } from '#kernel/conditions';
import { uuidOf } from '#kernel/ids';
import type { Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import { proposeEntry } from '#modules/registers/server/index';
import { answersOf } from '../matters/answers.ts';
import type { MatterContext } from '../matters/context.ts';
import type { By } from '../matters/entry.ts';
import type { MatterFile } from '../matters/file.ts';

type Feed = NonNullable<CityPack['items'][number]['registers']>[number];

/** What a step entered in a register: the number of the entry, or why there is none. */
export interface Fed {
  register: string;
  no: string | null;
  why?: Text;
}

/** The content of an entry, from what was answered and the day of the step. */
function contentOf({ entry }: Feed, answers: Answers, on: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(entry).flatMap(([field, source]) => {
      const value = 'from' in source ? answers[source.from] : 'value' in source ? source.value : on;
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/**
 * Proposes the entries that follow from a step, in its own transaction: the keeper of the register verifies them. The step stands
 * whatever becomes of them.
 */
export async function feedRegisters(
  ctx: MatterContext,
  trx: Trx,
  { row, definition }: MatterFile,
  { action, on, key, by }: { action: string; on: string; key: string; by: By },
): Promise<Fed[]> {
  const feeds = (definition.item.registers ?? []).filter(({ step }) => step === action);
  if (feeds.length === 0) return [];
  const answers = await answersOf(trx, row.id);
  const fed: Fed[] = [];
  for (const feed of feeds) {
    if (feed.if !== undefined && !definition.form.holds(feed.if, answers)) continue;
    const { register } = feed;
    const done = await proposeEntry(ctx.platform, trx, by, register, {
      data: contentOf(feed, answers, on),
      reason: `${definition.item.title.zh} ${row.number}`,
      ...{ basis: row.number, submitKey: uuidOf(`matters ${key} ${register}`) },
    });
    fed.push('no' in done ? { register, no: done.no } : { register, no: null, why: done.why });
  }
  return fed;
}
