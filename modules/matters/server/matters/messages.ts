import { type Message, notify } from '#kernel/notify/notify';
import type { Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import type { MatterContext } from './context.ts';
import { toldOf } from './cover.ts';
import type { MatterFile } from './file.ts';
import { officersOf } from './officers.ts';
import { internalOf } from './seen.ts';

/** What who covers for an officer reads. */
const COVERED = { zh: '您代管的承办人有新的办件', en: 'An officer for whom you cover was given a matter' };

/** Page of a matter. */
export const hrefOf = (number: string) => `/matters/${encodeURIComponent(number)}`;

/** A message about a matter to one account. */
export function matterMessage(
  userId: string,
  { row, definition }: Pick<MatterFile, 'row' | 'definition'>,
  kind: string,
  title: Text,
  more: Partial<Message> = {},
): Message {
  const named = { zh: definition.item.title.zh, en: definition.item.title.en };
  return {
    ...{ userId, kind, title, href: hrefOf(row.number) },
    body: {
      zh: `${row.number} ${named.zh}：${row.subject}`,
      en: `${row.number} ${named.en}: ${row.subject}`,
    },
    ...more,
  };
}

/** Tells the office's officers that somebody applied. */
export async function tellOpened(ctx: MatterContext, trx: Trx, file: MatterFile): Promise<void> {
  const officers = await officersOf(ctx, trx, [file.row.department]);
  await notify(
    trx,
    officers.map(({ id }) =>
      matterMessage(id, file, 'matters.opened', { zh: '收到新的办件', en: 'A new matter came in' }),
    ),
  );
}

/** Tells whoever has the matter, and the parties, that it goes on under another version of its item. */
export async function tellMigrated(
  ctx: MatterContext,
  trx: Trx,
  file: MatterFile,
  actor: string | null,
): Promise<void> {
  const { from } = file.definition.item;
  const accounts = file.parties.flatMap(({ account, until }) => (account && until === null ? [account] : []));
  const told = new Set([...(await toldOf(ctx, trx, file)), ...accounts]);
  await notify(
    trx,
    [...told]
      .filter((id) => id !== actor)
      .map((id) =>
        matterMessage(id, file, 'matters.migrated', {
          zh: `改按自 ${from} 起的版本办理，请核对期限`,
          en: `It goes on under the version from ${from}: look at the last days`,
        }),
      ),
  );
}

/** Tells whoever has the matter, and the parties, of a step that somebody else took. */
export async function tellStep(
  ctx: MatterContext,
  trx: Trx,
  file: MatterFile,
  actor: string | null,
): Promise<void> {
  const { parties, log, definition, eras, course } = file;
  const { action } = log.at(-1)!;
  const step = definition.item.actions.find(({ id }) => id === action)!.title;
  const handlers = await toldOf(ctx, trx, file);
  // What is the office's alone no party hears of.
  const quiet = internalOf(eras.map((era) => era.definition.item)).action(action!);
  const accounts = parties.flatMap(({ account, until }) =>
    account && until === null && !quiet ? [account] : [],
  );
  const others = [...new Set([...handlers, ...accounts])];
  const { title } = course.state;
  await notify(
    trx,
    others
      .filter((id) => id !== actor)
      .map((id) =>
        matterMessage(id, file, 'matters.step', {
          zh: `“${step.zh}”：现为${title.zh}`,
          en: `“${step.en}”: now ${title.en}`,
        }),
      ),
  );
}

/** Tells an officer that a matter is theirs now, and while they are away also who covers. */
export async function tellAssigned(
  ctx: MatterContext,
  trx: Trx,
  file: MatterFile,
  actor: string | null,
): Promise<void> {
  if (!file.row.handler) return;
  const title = { zh: '有办件交由您办理', en: 'A matter was given to you' };
  const others = (await toldOf(ctx, trx, file)).filter((id) => id !== actor);
  await notify(
    trx,
    others.map((id) =>
      matterMessage(id, file, 'matters.assigned', id === file.row.handler ? title : COVERED),
    ),
  );
}
