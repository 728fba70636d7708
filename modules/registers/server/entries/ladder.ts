import { sql } from 'kysely';
import type { CalendarDate } from '#kernel/calendar/date';
import type { DeepReadonly } from '#kernel/city/schema';
import { holdsAt } from '#kernel/city/schema';
import type { Criterion } from '#kernel/city/schema-register';
import { type ShowContext, showField } from '#kernel/fields/show';
import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Lang } from '#kernel/text';
import { organisationFamily } from '#modules/organisations/server/index';
import type { CriterionView, LadderView } from '../../contract.ts';
import { accessTo } from '../access.ts';
import { catalogueOf } from '../catalogue.ts';
import { isClosed } from '../closed.ts';
import { COUNTED } from '../domain/states.ts';
import { boundsOf, fieldValue, passes } from '../domain/where.ts';
import { showComputed } from '../fields/computed.ts';
import type { RegisterModel } from '../fields/model.ts';
import { validOn, whereSql } from '../sql.ts';
import type { EntryData } from '../tables.ts';

interface Question {
  platform: Platform;
  model: RegisterModel;
  data: EntryData;
  organisation: string | null;
  day: CalendarDate;
  lang: Lang;
  ctx: ShowContext;
  /** May fields of the entry be used that not everybody sees? */
  internal: boolean;
  /** Who asks: other registers may be closed to them. */
  actor: Actor;
}

/** Why an entry stands where it does on its register's ladder, and what the next step takes. Null without a ladder. */
export async function ladderOf(question: Question): Promise<LadderView | null> {
  const { model, data, lang, day } = question;
  const { ladder } = model.decl;
  if (!ladder || (isClosed(model, ladder.field) && !question.internal)) return null;
  const field = model.byKey.get(ladder.field);
  const label = (value: string) => field?.choices?.find((c) => c.value === value)?.label[lang] ?? value;
  const current = typeof data[ladder.field] === 'string' ? (data[ladder.field] as string) : null;
  const at = ladder.steps.findIndex((s) => s.value === current);
  const steps: LadderView['steps'] = [];
  for (const [i, step] of ladder.steps.entries()) {
    const criteria: CriterionView[] = [];
    for (const criterion of step.criteria)
      if (holdsAt(criterion, day)) criteria.push(await judged(question, criterion));
    const position = i < at ? 'below' : i === at ? 'current' : i === at + 1 ? 'next' : 'above';
    steps.push({ value: step.value, label: label(step.value), position, criteria });
  }
  return { field: ladder.field, current, steps, summary: summary(steps, lang) };
}

function summary(steps: LadderView['steps'], lang: Lang): string {
  const here = steps.find((s) => s.position === 'current');
  const next = steps.find((s) => s.position === 'next');
  const titles = (step: typeof here, results: readonly string[]) =>
    (step?.criteria ?? []).filter((c) => results.includes(c.result)).map((c) => c.title);
  const zh: string[] = [];
  const en: string[] = [];
  if (!here) {
    zh.push('尚未列入任何一级');
    en.push('Not on the ladder yet');
  } else {
    const lacking = titles(here, ['failed']);
    zh.push(
      lacking.length === 0
        ? `现为“${here.label}”${here.criteria.length > 0 ? '，条件均满足或待核' : ''}`
        : `现为“${here.label}”，但已不满足：${lacking.join('、')}`,
    );
    en.push(
      lacking.length === 0
        ? `Stands at “${here.label}”`
        : `Stands at “${here.label}”, but no longer meets: ${lacking.join(', ')}`,
    );
  }
  if (next) {
    const missing = titles(next, ['failed']);
    const open = titles(next, ['unknown']);
    if (missing.length === 0 && open.length === 0) {
      zh.push(`已满足“${next.label}”的全部条件，可以申请晋级`);
      en.push(`meets everything for “${next.label}”`);
    } else {
      const parts = [
        missing.length > 0 && `未满足：${missing.join('、')}`,
        open.length > 0 && `缺少数据：${open.join('、')}`,
      ].filter(Boolean);
      zh.push(`距“${next.label}”${parts.join('；')}`);
      en.push(
        `for “${next.label}” ${[missing.length > 0 && `it fails: ${missing.join(', ')}`, open.length > 0 && `data are missing: ${open.join(', ')}`].filter(Boolean).join('; ')}`,
      );
    }
  }
  return lang === 'zh' ? `${zh.join('；')}。` : `${en.join('; ')}.`;
}

async function judged(question: Question, criterion: DeepReadonly<Criterion>): Promise<CriterionView> {
  const { lang } = question;
  const { test } = criterion;
  const found =
    'where' in test && !('register' in test)
      ? ofEntry(question, test.where)
      : await ofRegister(question, test as OfRegister);
  return {
    id: criterion.id,
    title: criterion.title[lang],
    ...found,
    basis: criterion.basis.text,
    verified: criterion.basis.verified,
  };
}

type Found = Pick<CriterionView, 'result' | 'found'>;
type OfRegister = Extract<DeepReadonly<Criterion>['test'], { register: string }>;

function ofEntry(question: Question, where: DeepReadonly<Record<string, unknown>>): Found {
  const { model, data, day, lang, ctx, internal } = question;
  let result: Found['result'] = 'met';
  const found: string[] = [];
  for (const [key, test] of Object.entries(where)) {
    const bounds = boundsOf(test as Parameters<typeof boundsOf>[0], day);
    const value = fieldValue(model, data, key);
    const field = model.byKey.get(key);
    const computed = model.decl.computed?.find((c) => c.id === key);
    const label =
      field?.label[lang] ?? (computed ? (lang === 'zh' ? computed.title : computed['x-en'].title) : key);
    if (isClosed(model, key) && !internal) {
      result = result === 'failed' ? 'failed' : 'unknown';
      found.push(lang === 'zh' ? `${label}：不公开` : `${label}: not public`);
      continue;
    }
    const text = field
      ? showField(field, value, ctx, lang).text
      : computed && typeof value === 'number'
        ? showComputed(computed, value, lang).text
        : '';
    const shown = value === undefined ? { zh: '未填', en: 'not given' }[lang] : text;
    found.push(lang === 'zh' ? `${label}：${shown}` : `${label}: ${shown}`);
    if (passes(value, bounds)) continue;
    if (value === undefined && bounds.exists === undefined)
      result = result === 'failed' ? 'failed' : 'unknown';
    else result = 'failed';
  }
  return { result, found: found.join(lang === 'zh' ? '；' : '; ') };
}

async function ofRegister(question: Question, test: OfRegister): Promise<Found> {
  const { platform, organisation, day, lang, actor } = question;
  const other = catalogueOf(platform.pack).get(test.register);
  const title = other?.decl.title[lang] ?? test.register;
  // A county may count only what it could read one by one.
  const all = other && (await accessTo(platform, actor, other)).inside === 'all';
  const closed =
    other && (!other.decl.public || Object.keys(test.where ?? {}).some((key) => isClosed(other, key)));
  if (!other || organisation === null || (closed && !all))
    return {
      result: 'unknown',
      found: lang === 'zh' ? `“${title}”中的情况无法判断` : `“${title}” cannot be looked at`,
    };
  const family = await organisationFamily(platform.records, organisation);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from register_slice s
     where s.register = ${test.register} and s.organisation = any(${family}::uuid[]) and s.recorded_to is null
       and s.state in (${sql.join(COUNTED)}) and not s.void and ${validOn(day)} and ${whereSql(other, test.where, day)}`.execute(
    platform.records,
  );
  const n = rows[0]?.n ?? 0;
  return {
    result: n >= test.atLeast ? 'met' : 'failed',
    found:
      lang === 'zh' ? `“${title}”中有 ${n} 个符合条件的有效条目` : `${n} fitting valid entries in “${title}”`,
  };
}
