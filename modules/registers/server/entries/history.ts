import type { CalendarDate } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import { diffRecords } from '#kernel/fields/diff';
import type { ShowContext } from '#kernel/fields/show';
import { upgrade } from '#kernel/fields/upgrade';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import type { ChangeView, EntryState, FieldDiff } from '../../contract.ts';
import { reaches } from '../access.ts';
import { stepLabel } from '../domain/states.ts';
import { schemaState } from '../schemas.ts';
import { type EntryData, withRegisters } from '../tables.ts';
import { type Asker, type Opened, openEntry } from './entry-view.ts';
import { showContext } from './show-context.ts';

interface Part {
  fromDay: CalendarDate | null;
  validFrom: CalendarDate | null;
  validTo: CalendarDate | null;
  state: EntryState;
  data: EntryData;
}

/** Content of every version, by version, in the order of the segments. */
async function versionsOf(platform: Platform, entry: string): Promise<Map<number, Part[]>> {
  const rows = await withRegisters(platform.records)
    .selectFrom('registerSlice')
    .select(['version', 'fromDay', 'validFrom', 'validTo', 'state', 'data'])
    .where('entry', '=', entry)
    .orderBy('version')
    .orderBy('segment')
    .execute();
  const versions = new Map<number, Part[]>();
  for (const { version, ...part } of rows) {
    const list = versions.get(version) ?? [];
    list.push(part as Part);
    versions.set(version, list);
  }
  return versions;
}

/** Steps and contents of an entry may be seen by those who see unpublished entries: they name persons. */
async function openInside(platform: Platform, asker: Asker, register: string, no: string): Promise<Opened> {
  const opened = await openEntry(platform, asker.actor, register, no);
  if (!reaches(opened.access.inside, opened.head.region))
    throw new AppError('forbidden', {
      permission: '查看变更记录',
      permission_en: 'See the history of entries',
    });
  return opened;
}

/** Every recorded step of an entry, latest first. */
export async function historyOf(
  platform: Platform,
  asker: Asker,
  register: string,
  no: string,
): Promise<ChangeView[]> {
  const opened = await openInside(platform, asker, register, no);
  const { model, entry } = opened;
  const versions = await versionsOf(platform, entry.id);
  const ctx = await contextOf(platform, opened, versions);
  const rows = await withRegisters(platform.records)
    .selectFrom('registerChange')
    .selectAll()
    .where('entry', '=', entry.id)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    at: row.at.toISOString(),
    by: row.actorName,
    action: row.action,
    actionLabel: stepLabel(row.action)[asker.lang],
    fromState: row.fromState,
    toState: row.toState,
    reason: row.reason,
    basis: row.basis,
    on: row.onDay,
    batch: row.batch,
    schemaVersion: row.schemaVersion,
    diff: diffOf(
      platform,
      model,
      versions.get(row.version - 1) ?? [],
      versions.get(row.version) ?? [],
      ctx,
      asker.lang,
    ),
  }));
}

/** What differs between two versions. */
export async function diffBetween(
  platform: Platform,
  asker: Asker,
  register: string,
  no: string,
  range: { from: number; to: number },
): Promise<{ from: number; to: number; diff: FieldDiff[]; fromState: EntryState; toState: EntryState }> {
  const opened = await openInside(platform, asker, register, no);
  const versions = await versionsOf(platform, opened.entry.id);
  const [before, after] = [versions.get(range.from), versions.get(range.to)];
  if (!before || !after) throw new AppError('not_found', { what: `第 ${before ? range.to : range.from} 版` });
  const ctx = await contextOf(platform, opened, versions);
  return {
    ...range,
    fromState: before.at(-1)?.state ?? 'proposed',
    toState: after.at(-1)?.state ?? 'proposed',
    diff: diffOf(platform, opened.model, before, after, ctx, asker.lang),
  };
}

function contextOf(
  platform: Platform,
  { model }: Opened,
  versions: ReadonlyMap<number, Part[]>,
): Promise<ShowContext> {
  const contents = [...versions.values()].flat().map((p) => upgrade(model, p.data).data);
  return showContext(platform, model, contents, platform.clock.today());
}

const WORDS = {
  zh: { from: '有效期起', to: '有效期止', at: (day: string) => `（${day} 起）` },
  en: { from: 'Valid from', to: 'Valid until', at: (day: string) => ` (from ${day})` },
} as const;

/** Each segment against what held at its beginning before; then the days of validity. */
function diffOf(
  platform: Platform,
  model: Opened['model'],
  before: readonly Part[],
  after: readonly Part[],
  ctx: ShowContext,
  lang: Lang,
): FieldDiff[] {
  const words = WORDS[lang];
  const { retired } = schemaState(platform, model.decl.id);
  const diffs: FieldDiff[] = [];
  for (const part of after) {
    const old = before.filter((b) => (b.fromDay ?? '') <= (part.fromDay ?? '')).at(-1);
    const suffix = after.length > 1 && part.fromDay !== null ? words.at(part.fromDay) : '';
    for (const diff of diffRecords(model, old?.data ?? {}, part.data, ctx, lang))
      diffs.push({ ...diff, label: (retired.get(diff.key)?.[lang] ?? diff.label) + suffix });
    if (before.length === 0) continue;
    const from = old?.validFrom ?? '';
    if (
      old?.fromDay === part.fromDay &&
      from !== (part.validFrom ?? '') &&
      !hasField(diffs, model.decl.validity.from)
    )
      diffs.push({ key: 'validFrom', label: words.from + suffix, before: from, after: part.validFrom ?? '' });
    if (old?.fromDay === part.fromDay && (old?.validTo ?? '') !== (part.validTo ?? ''))
      diffs.push({
        key: 'validTo',
        label: words.to + suffix,
        before: old?.validTo ?? '',
        after: part.validTo ?? '',
      });
  }
  return diffs;
}

function hasField(diffs: readonly FieldDiff[], key: string): boolean {
  return diffs.some((d) => d.key === key);
}
