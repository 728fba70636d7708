import type { Clock } from '#kernel/calendar/due';
import { writeExclusions } from '#kernel/calendar/exclusions';
import { calendarOf } from '#kernel/city/calendar';
import type { CityPack } from '#kernel/city/schema';
import { isCalendarDate } from '#kernel/city/schema-basics';
import type { EndpointResponse } from '#kernel/http/contract';
import type { itemCourse } from '../../contract.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type Possible, Procedure, type Run, type Step } from './course.ts';
import { courseError } from './errors.ts';

type Item = CityPack['items'][number];
type Answer = EndpointResponse<typeof itemCourse>;

/** Reads steps as an address carries them: `apply@2026-03-02,ask-third@2026-03-05`. Throws `course_steps`, naming the step. */
export function readSteps(text: string): Step[] {
  return text
    .split(',')
    .map((step) => step.trim())
    .filter((step) => step !== '')
    .map((step) => {
      const [, action, on] = /^([a-z0-9-]{1,60})@(\d{4}-\d{2}-\d{2})$/.exec(step) ?? [];
      if (!action || !on || !isCalendarDate(on))
        throw courseError('course_steps', { text: step.slice(0, 80) });
      return { action, on };
    });
}

/** Where a matter stands after some steps, as it is handed out. */
export function courseAnswer(
  pack: CityPack,
  catalog: Catalog,
  item: Item,
  steps: readonly Step[],
  today: string,
): Answer {
  const procedure = new Procedure(item, pack.limits, calendarOf(pack));
  const actions = new Map(item.actions.map((action) => [action.id, action]));
  const roles = new Map(item.roles.map(({ id, title, side }) => [id, { title, side }]));
  const courses = procedure.trace(steps);
  const course = courses.at(-1) ?? procedure.begin();
  const ifUsed = new Set(item.clocks.filter((clock) => clock.ifUsed).map((clock) => clock.id));
  return {
    ...{ id: item.id, title: item.title, from: item.from, to: item.to, today },
    state: course.state.title,
    ended: course.state.end,
    steps: steps.map((step, i) => {
      const { title, by } = actions.get(step.action)!;
      return {
        ...step,
        title,
        by: roles.get(by)!,
        state: courses[i]!.state.title,
      };
    }),
    clocks: course.runs.map((run) =>
      clockView(catalog, run, procedure.due(run), today, ifUsed.has(run.clock)),
    ),
    next: procedure.possible(course).map((possible) => possibleView(item, possible)),
  };
}

/** What may be done next, as it is handed out. */
export function possibleView(item: Item, { action, notBefore }: Possible): Answer['next'][number] {
  const { title, side } = item.roles.find(({ id }) => id === action.by)!;
  const to = item.states.find(({ id }) => id === action.to);
  return {
    ...{ id: action.id, title: action.title, by: { title, side }, when: action.when ?? null },
    ...{ to: to?.title ?? null, ends: to?.end === true },
    notBefore,
  };
}

/**
 * One run of a clock. What an office or a court was to do is late once its last day is past, done or not; a party's time is
 * simply over then, and what a party does after it is late. A clock that counts only for what is done is late only then.
 */
export function clockView(
  catalog: Catalog,
  run: Run,
  { due, provisional }: Pick<Clock, 'due' | 'provisional'>,
  today: string,
  ifUsed: boolean,
): Answer['clocks'][number] {
  const { ended } = run;
  const over = due !== null && (ended?.on ?? today) > due;
  const owed = ended?.how === 'met' || (ended?.how !== 'expired' && !ifUsed && run.limit.whose !== 'party');
  return {
    id: run.clock,
    limit: catalog.limit(run.limit.id),
    startedOn: run.startedOn,
    ...{ due, provisional, ended },
    extensions: [...run.extensions],
    excluded: writeExclusions(run.excluded),
    over,
    late: over && owed,
  };
}
