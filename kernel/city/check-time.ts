import { checkUnique, type Draft } from './draft.ts';
import { periodsOverlap } from './timeline.ts';

/** Saturday or Sunday? */
function isWeekend(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 || day === 6;
}

/** Checks calendar.yaml: no year missing, no day twice, make-up days only on weekends. */
export function checkCalendar(draft: Draft): void {
  const text = draft.texts.get('calendar');
  const { calendar, faults } = draft;
  if (!text || !calendar) return;
  checkUnique(
    draft,
    'calendar',
    calendar.years.map((year, i) => ({ id: String(year.year), path: ['years', i, 'year'] })),
  );
  const have = new Set(calendar.years.map((year) => year.year));
  const last = Math.max(...have);
  const needed = [Math.min(...have), last, ...(draft.plan?.years ?? []).map(Number)];
  for (let year = Math.min(...needed); year <= Math.max(...needed); year++) {
    if (!have.has(year)) faults.add({ text, path: ['years'], on: 'key' }, 'calendar-year-missing', { year });
  }
  if (calendar.lastNoticeYear !== last) {
    faults.add({ text, path: ['lastNoticeYear'] }, 'calendar-last-notice', { year: last });
  }
  const seen = new Set<string>();
  for (const [i, year] of calendar.years.entries()) {
    for (const list of ['holidays', 'workdays'] as const) {
      for (const [j, { date }] of year[list].entries()) {
        const place = { text, path: ['years', i, list, j, 'date'] };
        if (seen.has(date)) faults.add(place, 'calendar-day-twice', { date });
        seen.add(date);
        // A notice reaches over the turn of the year: 2019's begins with a worked Saturday in December 2018.
        if (date < `${year.year - 1}-12-01` || date > `${year.year + 1}-01-31`) {
          faults.add(place, 'calendar-day-outside', { date, year: year.year });
        }
        if (list === 'workdays' && !isWeekend(date)) faults.add(place, 'workday-not-weekend', { date });
      }
    }
  }
}

/** Checks reporting.yaml. */
export function checkReporting(draft: Draft): void {
  const text = draft.texts.get('reporting');
  const { reporting, faults } = draft;
  if (!text || !reporting) return;
  checkUnique(
    draft,
    'reporting',
    reporting.periods.map((period, i) => ({ id: period.code, path: ['periods', i, 'code'] })),
  );
  for (const [i, { from, to }] of reporting.periods.entries()) {
    if (from > to) faults.add({ text, path: ['periods', i, 'to'] }, 'period-reversed', { from, to });
  }
  const whole = reporting.periods.some(
    (period) => period.kind === 'year' && period.from === '01-01' && period.to === '12-31',
  );
  if (!whole) faults.add({ text, path: ['periods'], on: 'key' }, 'no-year-period');
}

/** Checks population.yaml: regions of the time, no row twice, what the indicators need, sums. */
export function checkPopulation(draft: Draft): void {
  const text = draft.texts.get('population');
  if (!text) return;
  const { faults, population, known } = draft;
  checkUnique(
    draft,
    'population',
    population.map(({ value, path }) => ({ id: `${value.region} ${value.year} ${value.kind}`, path })),
  );
  for (const { value, path } of population) {
    const place = { text, path: [...path, 'region'] };
    if (known.regions && !known.regions.has(value.region)) {
      faults.unknown(place, 'unknown-region', value.region, known.regions);
    }
    const region = draft.regions.find((row) => row.value.id === value.region)?.value;
    const date = `${value.year}-12-31`;
    const day = { from: date, to: date };
    if (region && !region.names.some((name) => periodsOverlap(name, day))) {
      faults.add(place, 'region-not-valid', { id: region.id, date });
    }
  }
  const doubtful = population.filter(({ value }) => !value.verified || value.basis === 'approximation');
  if (doubtful.length > 0) {
    faults.add({ text, path: doubtful[0]!.path }, 'population-not-reliable', { count: doubtful.length });
  }
  checkSums(draft);
}

function checkSums(draft: Draft): void {
  const text = draft.texts.get('population')!;
  const { faults, population, plan } = draft;
  const cityRegion = draft.regions.find((row) => row.value.kind === 'city')?.value.id;
  if (cityRegion === undefined) return;
  const counties = new Set(
    draft.regions.filter((row) => row.value.kind === 'county').map((row) => row.value.id),
  );
  const resident = population.filter((row) => row.value.kind === 'resident');
  for (const { value: total, path } of resident.filter((row) => row.value.region === cityRegion)) {
    const parts = resident.filter((row) => row.value.year === total.year && counties.has(row.value.region));
    const sum = parts.reduce((all, row) => all + row.value.value, 0);
    if (parts.length > 0 && Math.abs(sum - total.value) > total.value * 0.01) {
      faults.add({ text, path }, 'population-sum', { year: total.year, sum, total: total.value });
    }
  }
  if (!plan) return;
  const have = new Set(
    resident.filter((row) => row.value.region === cityRegion).map((row) => row.value.year),
  );
  for (const { value: indicator } of draft.indicators) {
    const measured = [indicator.measure, ...(indicator.parts ?? []).map((part) => part.measure)];
    if (!measured.some((measure) => measure?.per === 'population')) continue;
    for (const year of plan.years) {
      if (have.has(Number(year))) continue;
      faults.add({ text, path: ['rows'], on: 'key' }, 'population-missing', { no: indicator.no, year });
    }
  }
}
