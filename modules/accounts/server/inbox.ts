import { AppError } from '#kernel/errors';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import * as contract from '../contract.ts';
import { iso } from './views.ts';

/** Number of unread messages of an account. */
export async function unreadOf({ records }: Pick<Platform, 'records'>, userId: string): Promise<number> {
  const row = await records
    .selectFrom('notification')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('userId', '=', userId)
    .where('readAt', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** The inbox and the progress of long work. */
export function inboxRoutes(platform: Platform): Route[] {
  const { records, clock } = platform;
  const mine = (actor: { id: string | null }) => actor.id ?? '';
  return [
    route(contract.listNotifications, async ({ actor, query }) => {
      // Ids are UUIDv7: their order is the order of creation.
      let rows = records
        .selectFrom('notification')
        .selectAll()
        .where('userId', '=', mine(actor))
        .orderBy('id', 'desc')
        .limit(query.limit + 1);
      if (query.unread === 'true') rows = rows.where('readAt', 'is', null);
      if (query.before) rows = rows.where('id', '<', query.before);
      const found = await rows.execute();
      const page = found.slice(0, query.limit);
      return {
        notifications: page.map((n) => ({
          id: n.id,
          kind: n.kind,
          title: { zh: n.titleZh, en: n.titleEn },
          body: { zh: n.bodyZh, en: n.bodyEn },
          href: n.href,
          createdAt: n.createdAt.toISOString(),
          readAt: iso(n.readAt),
        })),
        unread: await unreadOf(platform, mine(actor)),
        next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null,
      };
    }),
    route(contract.readNotification, async ({ actor, params }) => {
      const row = await records
        .updateTable('notification')
        .set((eb) => ({ readAt: eb.fn.coalesce('readAt', eb.val(clock.now())) }))
        .where('id', '=', params.id)
        .where('userId', '=', mine(actor))
        .returning('id')
        .executeTakeFirst();
      if (!row) throw new AppError('not_found', { what: '消息' });
      return { unread: await unreadOf(platform, mine(actor)) };
    }),
    route(contract.readAllNotifications, async ({ actor }) => {
      await records
        .updateTable('notification')
        .set({ readAt: clock.now() })
        .where('userId', '=', mine(actor))
        .where('readAt', 'is', null)
        .execute();
      return { unread: await unreadOf(platform, mine(actor)) };
    }),
    route(contract.getJob, async ({ params }) => {
      const run = await records
        .selectFrom('jobRun')
        .selectAll()
        .where('id', '=', params.id)
        .executeTakeFirst();
      if (!run) throw new AppError('not_found', { what: '后台任务' });
      return {
        ...run,
        createdAt: run.createdAt.toISOString(),
        startedAt: iso(run.startedAt),
        finishedAt: iso(run.finishedAt),
      };
    }),
  ];
}
