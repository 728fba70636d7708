import { sql } from 'kysely';
import { audit } from '#kernel/audit/audit';
import type { CalendarDate } from '#kernel/calendar/date';
import type { Platform } from '#kernel/module';
import { lockInTrx } from '#kernel/records';
import type { RuleSet, ValueScheme } from '../../contract.ts';
import type { By } from '../imports/imports.ts';
import { kernelTrx, withPatents } from '../tables.ts';
import { DEFAULT_RULE_SET, DEFAULT_SCHEME } from './defaults.ts';

type Doc = { 'rule-set': RuleSet; scheme: ValueScheme };
const DEFAULTS: Doc = { 'rule-set': DEFAULT_RULE_SET, scheme: DEFAULT_SCHEME };

/** All versions, newest first; the platform's own is the last. */
export async function listRules<K extends keyof Doc>(platform: Platform, kind: K): Promise<Doc[K][]> {
  const rows = await withPatents(platform.records)
    .selectFrom('patentValueRule')
    .selectAll()
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .execute();
  const stored = rows.map(
    (row) =>
      ({
        ...row.doc,
        version: row.version,
        madeAt: row.madeAt.toISOString(),
        madeBy: row.madeByName,
      }) as unknown as Doc[K],
  );
  return [...stored, DEFAULTS[kind]];
}

/** The one that holds on a day: the newest of those that had begun; on days before all of them the platform's own. */
export async function rulesOn<K extends keyof Doc>(
  platform: Platform,
  kind: K,
  day: CalendarDate,
): Promise<Doc[K]> {
  const all = await listRules(platform, kind);
  return all.find((one) => one.from <= day) ?? DEFAULTS[kind];
}

/** Adds a version. */
export async function addRules<K extends keyof Doc>(
  platform: Platform,
  by: By,
  kind: K,
  doc: Omit<Doc[K], 'version' | 'madeAt' | 'madeBy'>,
): Promise<Doc[K]> {
  const at = platform.clock.now();
  const version = await withPatents(platform.records)
    .transaction()
    .execute(async (trx) => {
      await lockInTrx(kernelTrx(trx), 'patents.value');
      const { next } = await trx
        .selectFrom('patentValueRule')
        .select(sql<number>`coalesce(max(version), 0) + 1`.as('next'))
        .where('kind', '=', kind)
        .executeTakeFirstOrThrow();
      await trx
        .insertInto('patentValueRule')
        .values({
          kind,
          version: next,
          fromDay: (doc as { from: string }).from,
          doc: JSON.stringify(doc),
          madeAt: at,
          madeBy: by.actor.id!,
          madeByName: by.actor.name,
        })
        .execute();
      await audit(kernelTrx(trx), at, {
        actor: by.actor,
        action: `patents.value.${kind}`,
        objectType: 'patent-value-rule',
        objectId: `${kind} ${next}`,
        detail: { name: (doc as { name: string }).name, from: (doc as { from: string }).from },
        requestId: by.requestId,
      });
      return next;
    });
  return (await listRules(platform, kind)).find((one) => one.version === version)!;
}
