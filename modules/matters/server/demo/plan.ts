import { addDays, type CalendarDate } from '#kernel/calendar/date';
import { type CalendarData, isWorkingDay } from '#kernel/calendar/workdays';
import { calendarOf } from '#kernel/city/calendar';
import { type CityPack, holdsAt } from '#kernel/city/schema';
import { type Random, seeded } from '#kernel/random';
import { type Course, type Possible, Procedure, type Step } from '../course/course.ts';
import type { Definition } from '../matters/definitions.ts';
import { Form } from '../matters/form.ts';
import { clockRows, nextDay } from '../matters/settle.ts';
import { applicantRole, openingOf } from '../matters/standing.ts';

/** How a matter of the demonstration stands on the day on which it is made. */
const FATES = ['ended', 'soon', 'running', 'late', 'standing'] as const;
type Fate = (typeof FATES)[number];

/** Of each round of matters, so many stand in each way. */
const ROUND: Record<Fate, number> = { ended: 5, running: 4, soon: 3, late: 2, standing: 1 };
const ROUNDS = 4;
/** Natural days before today within which matters that stand in a way were opened. */
const SPAN: Record<Fate, number> = { ended: 270, running: 270, soon: 270, late: 120, standing: 90 };
/** Most ways that are tried until one ends in the wanted state. */
const TRIES = 60;
const MOST_STEPS = 14;
/** Natural days after which a matter that nothing is done in would look forgotten. */
const IDLE = 45;
/** Natural days by which a matter is late at most. */
const LATE = 20;
/** Natural days that count as soon, as on the desk. */
const SOON = 7;

/** A matter of the demonstration: what is done in it, on which days. */
export interface PlannedMatter {
  definition: Definition;
  steps: readonly Step[];
  /** Random numbers of its own, for answers and hours. */
  random: Random;
}

/**
 * Matters over the items in force, opened on working days of the last nine months and walked along permitted steps. They stand
 * in every way: ended, late, due soon, standing still. The same day and pack give the same plan.
 * @param offices those that have officers, and whether somebody takes the steps of their head.
 */
export function planMatters(
  pack: CityPack,
  today: CalendarDate,
  offices: ReadonlyMap<string, { head: boolean }>,
): PlannedMatter[] {
  const calendar = calendarOf(pack);
  const definitions = pack.items
    .filter((item) => offices.has(item.keeper.department))
    .map((item): Definition => {
      const procedure = new Procedure(item, pack.limits, calendar);
      return { hash: '', item, form: new Form(item), procedure };
    });
  const fates = Array.from({ length: ROUNDS }, () =>
    FATES.flatMap((fate) => Array.from({ length: ROUND[fate] }, () => fate)),
  ).flat();
  /** Matters so far by item: none is to be left out. */
  const used = new Map<string, number>();
  const countOf = ({ item }: Definition) => used.get(item.id) ?? 0;
  const taken = (planned: PlannedMatter): PlannedMatter[] => {
    used.set(planned.definition.item.id, countOf(planned.definition) + 1);
    return [planned];
  };
  return fates.flatMap((fate, place): PlannedMatter[] => {
    const random = seeded(pack.city.demo.seed + 104_729 * (place + 1));
    let last: PlannedMatter | null = null;
    for (let tried = 0; tried < TRIES; tried += 1) {
      const from = workday(addDays(today, -random.int(1, SPAN[fate])), calendar, -1);
      const open = definitions.filter(({ item }) => holdsAt(item, from) && canStand(item, fate));
      if (open.length === 0) continue;
      const least = Math.min(...open.map(countOf));
      const rare = tried < TRIES / 2 ? open.filter((one) => countOf(one) <= least + 1) : open;
      const definition = random.pick(rare);
      const { head } = offices.get(definition.item.keeper.department)!;
      const walk = walkFrom({ definition, calendar, today, head, fate, random }, from);
      last = { definition, steps: walk.steps, random };
      const length = lengthFor(fate, definition, walk, today);
      if (length > 0) return taken({ definition, steps: walk.steps.slice(0, length), random });
    }
    return last ? taken(last) : [];
  });
}

/** Not every item has clocks, and not every clock can stand still. */
function canStand({ clocks, actions }: Definition['item'], fate: Fate): boolean {
  if (fate === 'standing') return actions.some(({ pauses }) => pauses.length > 0);
  return fate === 'ended' || fate === 'running' || clocks.length > 0;
}

interface Walk {
  steps: Step[];
  courses: Course[];
}

interface Walking {
  definition: Definition;
  calendar: CalendarData;
  today: CalendarDate;
  head: boolean;
  fate: Fate;
  random: Random;
}

/** One way through an item up to today, or to an end. */
function walkFrom(by: Walking, from: CalendarDate): Walk {
  const { definition, calendar, today, random } = by;
  const { item, procedure } = definition;
  const steps: Step[] = [{ action: openingOf(item).id, on: from }];
  const courses = [procedure.after(steps)];
  while (steps.length < MOST_STEPS) {
    const course = courses.at(-1)!;
    if (course.state.end) break;
    let on = steps.at(-1)!.on;
    for (let days = random.int(1, 7); days > 0; days -= 1) on = workday(addDays(on, 1), calendar, 1);
    const next = choose(by, procedure.possible(course, on));
    if (!next) break;
    if (next.notBefore !== null && next.notBefore > on) on = workday(next.notBefore, calendar, 1);
    if (on > today) break;
    steps.push({ action: next.action.id, on });
    courses.push(procedure.after(steps));
  }
  return { steps, courses };
}

/** What is done next: mostly what leads on, seldom a withdrawal or what only moves a limit. */
function choose({ definition, head, fate, random }: Walking, possible: readonly Possible[]): Possible | null {
  const { item } = definition;
  const ends = new Set(item.states.filter(({ end }) => end).map(({ id }) => id));
  const weights = possible.map(({ action }): number => {
    const { side } = item.roles.find(({ id }) => id === action.by)!;
    if (side === 'head' && !head) return 0;
    if (action.pauses.length > 0) return fate === 'standing' ? 8 : 1;
    if (action.to === undefined) return 1;
    return ends.has(action.to) && action.by === applicantRole(item) ? 0.3 : 4;
  });
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return possible[i]!;
  }
  return null;
}

/** After how many steps of a way a matter stands as wanted today; 0 where it never does. */
function lengthFor(
  fate: Fate,
  definition: Definition,
  { steps, courses }: Walk,
  today: CalendarDate,
): number {
  for (let length = courses.length; length > 0; length -= 1) {
    const course = courses[length - 1]!;
    if (course.state.end) {
      if (fate === 'ended') return length;
      continue;
    }
    const rows = clockRows(definition, '', course);
    const next = nextDay(rows);
    const fresh = steps[length - 1]!.on >= addDays(today, -IDLE);
    const stands = rows.some(({ due, endedOn }) => due === null && endedOn === null);
    const fits: Record<Fate, boolean> = {
      ended: false,
      late: next !== null && next < today && next >= addDays(today, -LATE),
      soon: next !== null && next >= today && next <= addDays(today, SOON),
      standing: stands && fresh,
      running: fresh && !stands && (next === null || next > addDays(today, SOON)),
    };
    if (fits[fate]) return length;
  }
  return 0;
}

/** A day, or the nearest working day after it (1) or before it (-1). */
function workday(day: CalendarDate, calendar: CalendarData, step: 1 | -1): CalendarDate {
  let on = day;
  while (!isWorkingDay(on, calendar)) on = addDays(on, step);
  return on;
}
