import { type CalendarDate, shanghaiToday } from '#kernel/calendar/date';
import type { Lang } from '#kernel/text';
import type { IndicatorView } from '../contract.ts';
import { measuredText } from './measured.ts';
import type { PlanDb, PlanTrx } from './tables.ts';

/** Of which moment the knowledge about a day is. */
export interface FrozenYears {
  /** The moment of the latest freeze of the day's year; null where that year is not frozen: then what is known now counts. */
  knownAt(asOf: CalendarDate): Date | null;
  /** Is the figure known now to be set beside the one known then? Not while the year is being frozen. */
  readonly compare: boolean;
}

/** Frozen years made of the moments of their latest freezes. */
export function frozenYears(moments: ReadonlyMap<string, Date>, compare = true): FrozenYears {
  return { compare, knownAt: (asOf) => moments.get(asOf.slice(0, 4)) ?? null };
}

/** Reads which years are frozen. An edition from before the moment was kept was known when it was stored. */
export async function readFrozen(db: PlanDb | PlanTrx): Promise<FrozenYears> {
  const rows = await db
    .selectFrom('planSnapshot')
    .select(['year', 'knownAt', 'frozenAt'])
    .orderBy('year')
    .orderBy('edition')
    .execute();
  return frozenYears(new Map(rows.map((r) => [r.year, r.knownAt ?? r.frozenAt])));
}

/** So many figures are told one by one; the pages of the others say it too. */
const TOLD = 5;

/** What a reader of a frozen year's board must know: figures that would be others as known now. Null where none is. */
export function knownNote(board: {
  asOf: CalendarDate;
  lang: Lang;
  indicators: readonly IndicatorView[];
}): string | null {
  const { lang } = board;
  const changed = board.indicators.flatMap((row) =>
    (row.parts ?? [row]).flatMap(({ measured, title, decimals, unit }) => {
      if (!measured?.now) return [];
      const name = lang === 'zh' ? `第 ${row.no} 项“${title}”` : `${row.no} “${title}”`;
      const show = (value: number | null) => withUnit(measuredText(value, decimals), unit, lang);
      return [{ name, at: measured.knownAt, frozen: show(measured.value), now: show(measured.now.value) }];
    }),
  );
  const at = changed[0]?.at;
  if (!at) return null;
  const day = shanghaiToday(new Date(at));
  const year = board.asOf.slice(0, 4);
  const told = changed.slice(0, TOLD);
  if (lang === 'zh') {
    const each = told.map((c) => `${c.name}按封存时所知为 ${c.frozen}，按现在所知为 ${c.now}`).join('；');
    const more = changed.length > TOLD ? `；另有 ${changed.length - TOLD} 项，见各指标页` : '';
    return `${year} 年已于 ${day} 定稿封存，测算值按当时所知列出。${each}${more}。`;
  }
  const each = told.map((c) => `${c.name}: ${c.frozen} as known then, ${c.now} as known now`).join('; ');
  const more = changed.length > TOLD ? `; ${changed.length - TOLD} more, see their pages` : '';
  return `${year} was frozen on ${day}: measured values are as known then. ${each}${more}.`;
}

function withUnit(number: string, unit: string | null, lang: Lang): string {
  if (!unit || number === '—') return number;
  return lang === 'zh' || unit === '%' ? `${number}${unit}` : `${number} ${unit}`;
}
