import type * as z from 'zod';
import { AppError } from '#kernel/errors';
import { type ReadContext, type RecordIssue, readRecord } from '#kernel/fields/read';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { actOnEntry, changeEntry, createEntry, Entry } from '../../contract.ts';
import { type Access, accessTo, demandOpen, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { schemaState } from '../schemas.ts';
import type { EntryData } from '../tables.ts';
import { entryView, openEntry } from './entry-view.ts';
import { diffBetween } from './history.ts';
import { tell } from './news.ts';
import { targetsOf } from './targets.ts';
import { type Intent, write } from './write.ts';

/** Who does it. */
export interface By {
  actor: Actor;
  lang: Lang;
  requestId: string;
}

/** What reading a record needs, apart from what it may refer to. */
export async function readingOf(platform: Platform, source: 'json' | 'cell'): Promise<ReadContext> {
  return { lookup: await directory(platform).lookup(), today: platform.clock.today(), source };
}

/** Issues as the web shows them beside a field. `path` begins with the body's key that holds the record. */
export function issuesOf(issues: readonly RecordIssue[], lang: Lang, under: string) {
  return issues.map((issue) => ({
    path: `${under}${issue.path}`,
    code: issue.code,
    message: issue.message[lang],
    params: { label: issue.label[lang], value: issue.value },
  }));
}

async function readOrThrow(
  platform: Platform,
  model: RegisterModel,
  data: EntryData,
  lang: Lang,
): Promise<EntryData> {
  const targets = await targetsOf(platform.records, platform.pack, model, [data]);
  const read = readRecord(model, data, { ...(await readingOf(platform, 'json')), ...targets });
  if (read.issues.length > 0)
    throw registerError(
      'registers_invalid',
      { count: read.issues.length },
      issuesOf(read.issues, lang, '/data'),
    );
  return read.data;
}

/** Takes an entry in. */
export async function create(
  platform: Platform,
  by: By,
  register: string,
  body: z.output<typeof createEntry.body>,
): Promise<Entry> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, by.actor, model);
  demandOpen(access, model);
  if (!somewhere(access.propose))
    throw new AppError('forbidden', {
      permission: '申报或保管名册',
      permission_en: 'Propose or keep entries',
    });
  const { data: given, ...why } = body;
  const data = await readOrThrow(platform, model, given, by.lang);
  const no = await one(platform, by, model, access, { kind: 'create', ...why, data } as Intent);
  return entryView(platform, by, register, no);
}

/** Corrects an entry, or lets its content change from a day on. */
export async function change(
  platform: Platform,
  by: By,
  register: string,
  no: string,
  body: z.output<typeof changeEntry.body>,
): Promise<Entry> {
  const { model, access } = await openEntry(platform, by.actor, register, no);
  const { data: given, mode, from, segment, ...rest } = body;
  const data = await readOrThrow(platform, model, given, by.lang);
  if (mode === 'change' && from === undefined)
    throw registerError('registers_needs_day', { action: '变更', action_en: 'change' }, [
      { path: '/from', code: 'required', message: by.lang === 'zh' ? '请填写自哪一天起' : 'Give the day' },
    ]);
  const key = no.toUpperCase();
  const intent: Intent =
    mode === 'change' && from !== undefined
      ? { kind: 'change', no: key, from, data, ...rest }
      : { kind: 'correct', no: key, segment, data, ...rest };
  return entryView(platform, by, register, await one(platform, by, model, access, intent));
}

/** Verifies, publishes, ends, removes or restores an entry. */
export async function act(
  platform: Platform,
  by: By,
  register: string,
  no: string,
  body: z.output<typeof actOnEntry.body>,
): Promise<Entry> {
  const { model, access } = await openEntry(platform, by.actor, register, no);
  const done = await one(platform, by, model, access, { kind: 'act', no: no.toUpperCase(), ...body });
  return entryView(platform, by, register, done);
}

/** Does one thing, or throws why not. Whoever was overtaken is told what the other one changed. */
async function one(
  platform: Platform,
  by: By,
  model: RegisterModel,
  access: Access,
  intent: Intent,
): Promise<string> {
  const register = model.decl.id;
  const outcome = await platform.records.transaction().execute(async (trx) => {
    const [done] = await write(
      trx,
      {
        platform,
        model,
        access,
        actor: by.actor,
        requestId: by.requestId,
        schemaVersion: schemaState(platform, register).version,
      },
      [intent],
    );
    if (done?.ok) await tell(platform, trx, model, by.actor, intent, done);
    return done;
  });
  if (outcome?.ok) return outcome.no;
  const error = outcome?.error ?? registerError('registers_invalid', { count: 1 });
  if (error.code !== 'registers_changed' || intent.kind === 'create') throw error;
  const now = error.params.version as number;
  const seen = Math.min(intent.version, now);
  const between =
    seen >= 1 && seen < now
      ? await diffBetween(platform, by, register, intent.no, { from: seen, to: now })
      : { diff: [] };
  throw registerError('registers_changed', { ...error.params, diff: between.diff });
}
