import { sql } from 'kysely';
import type * as z from 'zod';
import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import { AppError } from '#kernel/errors';
import type { Platform } from '#kernel/module';
import type { Lang } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { FigureView, figureBreakdown, listFigures, MeasureNote } from '../../contract.ts';
import { accessTo, demandOpen } from '../access.ts';
import { registerOf } from '../catalogue.ts';
import { isClosed } from '../closed.ts';
import { measureNotes } from '../declarations.ts';
import { COUNTED } from '../domain/states.ts';
import type { Asker } from '../entries/entry-view.ts';
import { showContext } from '../entries/show-context.ts';
import { registerError } from '../errors.ts';
import type { RegisterModel } from '../fields/model.ts';
import { facetValueLabel } from '../lists/list.ts';
import { endOfDay, facetColumn } from '../lists/narrow.ts';
import { type Condition, knownAt, textOf } from '../sql.ts';
import { type FigureQuery, figureOf, measureId } from './measures.ts';

type Query = z.output<typeof figureBreakdown.query>;

/** A register's figures on a day. */
export async function figures(
  platform: Platform,
  asker: Asker,
  register: string,
  query: z.output<typeof listFigures.query>,
): Promise<z.output<typeof listFigures.response>> {
  const { model, on } = await open(platform, asker, register, query);
  const views: FigureView[] = [];
  for (const measured of measuresOf(platform, model, asker.lang))
    views.push(
      await figureView(
        platform,
        asker,
        model,
        measured,
        question(platform, model, measured.note.id, query, on),
      ),
    );
  return { on, known: query.known ?? null, figures: views };
}

/** One figure by region, industry, facet, or over the quarters. */
export async function breakdown(
  platform: Platform,
  asker: Asker,
  register: string,
  measure: string,
  query: Query,
): Promise<z.output<typeof figureBreakdown.response>> {
  const { model, on } = await open(platform, asker, register, query);
  const measured = measuresOf(platform, model, asker.lang).find((m) => m.note.id === measure);
  if (!measured) throw new AppError('not_found', { what: '统计项' });
  const asked = question(platform, model, measure, query, on);
  const figure = await figureView(platform, asker, model, measured, asked);
  const rows: { key: string; label: string; value: number | null }[] = [];
  for (const slot of await slotsOf(platform, asker, model, query.by, on, asked.knownAt)) {
    const extra = [asked.extra, slot.extra].filter((c): c is Condition => c !== undefined);
    const value = await figureOf(platform, model, measured.declared, {
      ...asked,
      ...slot.query,
      ...(extra.length > 0 && { extra: sql<boolean>`(${sql.join(extra, sql` and `)})` }),
    });
    rows.push({ key: slot.key, label: slot.label, value: value.value });
  }
  return { figure, on, known: query.known ?? null, by: query.by, rows };
}

async function open(platform: Platform, asker: Asker, register: string, query: Pick<Query, 'on'>) {
  const model = registerOf(platform.pack, register);
  demandOpen(await accessTo(platform, asker.actor, model), model);
  const today = platform.clock.today();
  const on = query.on ?? today;
  if (on > today)
    throw registerError('registers_query', {
      why: `${on} 晚于今天（${today}），还没有数据`,
      why_en: `${on} lies after today (${today})`,
    });
  return { model, on };
}

function question(
  platform: Platform,
  model: RegisterModel,
  measure: string,
  query: Omit<Query, 'by'>,
  on: CalendarDate,
): FigureQuery {
  const { industry } = model.decl.entry;
  if (query.industry !== undefined && (industry === undefined || isClosed(model, industry)))
    throw registerError('registers_query', {
      why: '本名册不能按行业统计',
      why_en: 'this register cannot be counted by industry',
    });
  const since = platform.pack.indicators
    .flatMap((i) => [i.measure, ...(i.parts ?? []).map((p) => p.measure)])
    .find((ref) => ref?.id === measureId(model.decl.id, measure) && ref.since !== undefined)?.since;
  return {
    asOf: on,
    ...(since !== undefined && { since }),
    ...(query.region !== undefined && { region: query.region }),
    ...(query.known !== undefined && { knownAt: endOfDay(query.known) }),
    ...(query.industry !== undefined &&
      industry !== undefined && { extra: sql<boolean>`${textOf(model, industry)} = ${query.industry}` }),
  };
}

/** A declared measure with what pages say about it. */
interface Measured {
  note: MeasureNote;
  declared: RegisterModel['decl']['measures'][number];
}

function measuresOf(platform: Platform, model: RegisterModel, lang: Lang): Measured[] {
  const notes = measureNotes(platform, model, lang);
  return model.decl.measures.flatMap((declared, i) => {
    const note = notes[i];
    return note ? [{ note, declared }] : [];
  });
}

async function figureView(
  platform: Platform,
  { lang }: Asker,
  model: RegisterModel,
  { note, declared }: Measured,
  query: FigureQuery,
): Promise<FigureView> {
  const got = await figureOf(platform, model, declared, query);
  return { ...note, value: got.value, facts: got.facts, note: got.note?.[lang] ?? null };
}

interface Slot {
  key: string;
  label: string;
  query?: Partial<FigureQuery>;
  extra?: Condition;
}

/** Parts into which a figure is taken apart. */
async function slotsOf(
  platform: Platform,
  asker: Asker,
  model: RegisterModel,
  by: string,
  on: CalendarDate,
  moment: Date | undefined,
): Promise<Slot[]> {
  const lookup = await directory(platform).lookup();
  if (by === 'quarter') {
    const start = platform.pack.plan.start;
    const slots: Slot[] = [];
    for (let end = quarterEnd(start); end < on; end = quarterEnd(addDays(end, 1)))
      slots.push({ key: end, label: end, query: { asOf: end } });
    return [...slots.slice(-39), { key: on, label: on, query: { asOf: on } }];
  }
  if (by === 'region') {
    const regions = lookup.pack.regions.filter(
      (r) => r.kind !== 'city' && lookup.currentRegions(r.id, on).includes(r.id),
    );
    return regions.map((r) => ({
      key: r.id,
      label: lookup.regionAt(r.id, on)?.at.name[asker.lang] ?? r.id,
      query: { region: r.id },
    }));
  }
  const key = by === 'industry' ? model.decl.entry.industry : by;
  const field = key === undefined ? undefined : model.byKey.get(key);
  const column = key === undefined ? null : facetColumn(model, key);
  if (key === undefined || !field || isClosed(model, key) || (column === null && by !== 'industry'))
    throw registerError('registers_query', {
      why: `不能按“${by}”分列`,
      why_en: `cannot take it apart by “${by}”`,
    });
  const value = column === null ? textOf(model, key) : sql<string | null>`${sql.ref(`s.${column}`)}`;
  // Only what counts: what stands in proposals alone is nobody's to see here.
  const { rows } = await sql<{ value: string | null }>`
    select distinct ${value} as value from register_slice s
     where s.register = ${model.decl.id} and s.state in (${sql.join(COUNTED)}) and not s.void
       and ${knownAt(moment)} order by 1 limit 100`.execute(platform.records);
  const ctx = await showContext(
    platform,
    model,
    rows.map((row) => ({ [key]: row.value })),
    on,
  );
  const choices = field.choices?.map((c) => c.value) ?? [];
  const place = (v: string | null) => (v === null ? Number.MAX_SAFE_INTEGER : choices.indexOf(v));
  return rows
    .sort((a, b) => place(a.value) - place(b.value))
    .map((row) => ({
      key: row.value ?? '',
      label: facetValueLabel(model, key, row.value ?? '', ctx, asker.lang),
      extra: row.value === null ? sql<boolean>`${value} is null` : sql<boolean>`${value} = ${row.value}`,
    }));
}

/** Last day of the quarter in which a day lies. */
function quarterEnd(day: CalendarDate): CalendarDate {
  const month = Number(day.slice(5, 7));
  const first = Math.floor((month - 1) / 3) * 3 + 1;
  const begin = `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
  return addDays(addMonths(begin, 3), -1);
}
