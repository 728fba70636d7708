import { sql } from 'kysely';
import { type AuditRow, verifyAudit } from '#kernel/audit/audit';
import { addDays } from '#kernel/calendar/date';
import { type Route, route } from '#kernel/http/route';
import type { Platform } from '#kernel/module';
import * as contract from '../contract.ts';

/** Midnight in Asia/Shanghai, which has kept UTC+8 since 1991. */
const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`);

const likeText = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** The audit log, for reading and verifying. */
export function auditRoutes({ records }: Platform): Route[] {
  return [
    route(contract.listAudit, async ({ query: q }) => {
      let rows = records
        .selectFrom('auditLog')
        .selectAll()
        .orderBy('seq', 'desc')
        .limit(q.limit + 1);
      if (q.before !== undefined) rows = rows.where('seq', '<', q.before);
      if (q.objectType) rows = rows.where('objectType', '=', q.objectType);
      if (q.objectId) rows = rows.where('objectId', '=', q.objectId);
      if (q.from) rows = rows.where('at', '>=', midnight(q.from));
      if (q.to) rows = rows.where('at', '<', midnight(addDays(q.to, 1)));
      if (q.action) {
        const { action } = q;
        rows = rows.where((eb) =>
          eb.or([eb('action', '=', action), eb('action', 'like', `${likeText(action)}.%`)]),
        );
      }
      if (q.actor) {
        const { actor } = q;
        rows = rows.where((eb) =>
          eb.or([
            eb('actorId', '=', actor),
            sql<boolean>`${eb.ref('actorName')} ilike ${`%${likeText(actor)}%`}`,
          ]),
        );
      }
      const found = (await rows.execute()) as AuditRow[];
      const entries = found.slice(0, q.limit);
      return {
        entries: entries.map((row) => ({
          seq: row.seq,
          at: row.at.toISOString(),
          actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
          action: row.action,
          objectType: row.objectType,
          objectId: row.objectId,
          detail: row.detail,
          requestId: row.requestId,
          hash: row.hash,
        })),
        next: found.length > q.limit ? (entries.at(-1)?.seq ?? null) : null,
      };
    }),
    route(contract.verifyAuditLog, () => verifyAudit(records)),
  ];
}
