import { sql } from 'kysely';
import { AppError } from '#kernel/errors';
import { upgrade } from '#kernel/fields/upgrade';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import { addressCloseness } from '#modules/organisations/server/index';
import type { DuplicateGroup } from '../../contract.ts';
import { accessTo, demandOpen, somewhere } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import type { Asker } from '../entries/entry-view.ts';
import { rowView, type SliceRow } from '../entries/rows.ts';
import { showContext } from '../entries/show-context.ts';
import type { RegisterModel } from '../fields/model.ts';
import { ROW } from '../lists/list.ts';
import { type Condition, textOf } from '../sql.ts';

/** Groups that are shown at once. */
const GROUPS = 100;

/** Entries of one code or name that are compared: each with each, and all of them are shown. */
const MEMBERS = 50;

/** Addresses at least this close (0 to 1) may be one and the same, written differently. */
const CLOSE = 0.6;

/** Names are compared without widths, case, spaces and punctuation. */
const FOLDED = sql<string>`regexp_replace(lower(normalize(s.title, NFKC)), '[[:space:][:punct:]·•—–]', '', 'g')`;

/** Entries kept by the asker that look like one: the same code, or the same name with a close address (or without one). */
export async function duplicatesIn(
  platform: Platform,
  asker: Asker,
  register: string,
): Promise<{ groups: DuplicateGroup[]; more: boolean }> {
  const model = registerOf(platform.pack, register);
  const access = await accessTo(platform, asker.actor, model);
  demandOpen(access, model);
  if (!somewhere(access.keep))
    throw new AppError('forbidden', { permission: '保管名册', permission_en: 'Keep registers' });
  const code = model.decl.entry.organisation?.code;
  const own =
    access.keep === 'all' ? sql<boolean>`true` : sql<boolean>`s.region = any(${[...access.keep]}::text[])`;
  const live = sql<boolean>`s.register = ${register} and s.last and s.recorded_to is null and s.state <> 'removed' and ${own}`;
  const sameCode =
    code === undefined ? [] : await grouped(platform, live, sql<string | null>`${textOf(model, code)}`);
  const sameName = await grouped(platform, live, FOLDED);
  const groups: { why: DuplicateGroup['why']; rows: SliceRow[] }[] = [];
  const seen = new Set<string>();
  for (const rows of sameCode) groups.push({ why: 'same-code', rows });
  for (const rows of sameName)
    for (const near of closeTogether(model, rows)) groups.push({ why: 'same-name', rows: near });
  const kept = groups.filter(({ rows }) => {
    const key = rows.map((r) => r.no).join(' ');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const shown = kept.slice(0, GROUPS);
  const today = platform.clock.today();
  const all = shown.flatMap((g) => g.rows);
  const ctx = await showContext(
    platform,
    model,
    all.map((r) => upgrade(model, r.data).data),
    today,
  );
  const reader = { access, lang: asker.lang, today };
  return {
    groups: shown.map(({ why, rows }) => ({
      why,
      reason: reason(model, why, rows[0] as SliceRow, asker.lang),
      entries: rows.map((row) => rowView(model, row, ctx, reader)),
    })),
    more: kept.length > shown.length,
  };
}

async function grouped(
  platform: Platform,
  live: Condition,
  by: ReturnType<typeof sql<string | null>>,
): Promise<SliceRow[][]> {
  const { rows } = await sql<SliceRow & { mark: string }>`
    select ${ROW}, x.mark from (
      select ${by} as mark, (array_agg(s.id order by s.serial))[1:${sql.lit(MEMBERS)}] as ids
        from register_slice s where ${live} and ${by} is not null group by 1 having count(*) > 1 order by 1 limit ${GROUPS * 5}
    ) x join register_slice s on s.id = any(x.ids) order by x.mark, s.serial`.execute(platform.records);
  const groups = new Map<string, SliceRow[]>();
  for (const row of rows) groups.set(row.mark, [...(groups.get(row.mark) ?? []), row]);
  return [...groups.values()];
}

/** Takes apart entries of one name whose addresses are known and far from each other. */
function closeTogether(model: RegisterModel, rows: readonly SliceRow[]): SliceRow[][] {
  const key = model.decl.entry.organisation?.address;
  const code = model.decl.entry.organisation?.code;
  const read = (row: SliceRow, field: string | undefined) => {
    const value = field === undefined ? undefined : upgrade(model, row.data).data[field];
    return typeof value === 'string' ? value : '';
  };
  const clusters: SliceRow[][] = [];
  for (const row of rows) {
    const home = clusters.find((cluster) =>
      cluster.every((other) => {
        const [codeA, codeB] = [read(row, code), read(other, code)];
        // Two codes that differ are two organisations, whatever their name.
        if (codeA !== '' && codeB !== '' && codeA !== codeB) return false;
        const [a, b] = [read(row, key), read(other, key)];
        return a === '' || b === '' || addressCloseness(a, b) >= CLOSE;
      }),
    );
    if (home) home.push(row);
    else clusters.push([row]);
  }
  return clusters.filter((c) => c.length > 1);
}

function reason(model: RegisterModel, why: DuplicateGroup['why'], row: SliceRow, lang: Lang): string {
  const code = model.decl.entry.organisation?.code;
  const value = code === undefined ? '' : String(upgrade(model, row.data).data[code] ?? '');
  if (why === 'same-code')
    return lang === 'zh' ? `统一社会信用代码相同：${value}` : `Same credit code: ${value}`;
  return lang === 'zh' ? `名称相同且地址相近：${row.title}` : `Same name, close address: ${row.title}`;
}
