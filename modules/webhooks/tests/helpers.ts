import * as z from 'zod';
import type { Module } from '#kernel/module';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import { provideWebhooks, publishWebhook, webhooks } from '../server/index.ts';

/** What a made-up module keeps: letters, each with the account that may read it. */
export const letters = new Map<string, { box: string; reader: string }>();

const post: Module = {
  name: 'post',
  title: { zh: '信件', en: 'Post' },
  needs: ['webhooks'],
  setup(platform) {
    provideWebhooks(platform, {
      id: 'post',
      title: { zh: '信件', en: 'Post' },
      types: [
        { id: 'post.came', title: { zh: '收到', en: 'Came' }, data: z.object({ letter: z.string() }) },
        { id: 'post.went', title: { zh: '寄出', en: 'Went' }, data: z.object({ letter: z.string() }) },
      ],
      about: () => ({ zh: '您的信件', en: 'Your post' }),
      narrow: {
        title: { zh: '哪些信箱', en: 'Which boxes' },
        options: async () => [
          { id: 'a', title: { zh: '甲', en: 'A' } },
          { id: 'b', title: { zh: '乙', en: 'B' } },
        ],
      },
      audience: async (ref) => {
        const letter = letters.get(ref);
        if (ref === 'torn') throw new Error('torn');
        return letter ? { topic: letter.box, accounts: [letter.reader] } : null;
      },
      tell: async (_, ref, { id }) => (letters.get(ref)?.reader === id ? { letter: ref } : null),
    });
    return {};
  },
};

/** A platform with a module that has something to tell. */
export const postPlatform = (now: string): Promise<TestPlatform> =>
  testPlatform({ modules: [parties, webhooks, post], now, env: { ZC_WEBHOOK_HOSTS: '127.0.0.1' } });

/** A letter comes for an account, unless its transaction fails. */
export async function came(
  t: TestPlatform,
  letter: string,
  reader: string,
  { type = 'post.came', box = 'a', fails = false } = {},
): Promise<void> {
  letters.set(letter, { box, reader });
  const work = t.platform.records.transaction().execute(async (trx) => {
    await publishWebhook(trx, [{ type, ref: letter, at: t.platform.clock.now() }]);
    if (fails) throw new Error('undone');
  });
  if (!fails) return work;
  await work.catch(() => {});
}
