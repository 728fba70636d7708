import { writeExclusions } from '#kernel/calendar/exclusions';
import { calendarOf } from '#kernel/city/calendar';
import type { CityPack } from '#kernel/city/schema';
import { isCalendarDate } from '#kernel/city/schema-basics';
import type { EndpointResponse } from '#kernel/http/contract';
import type { itemCourse } from '../contract.ts';
import type { Catalog } from './catalog.ts';
import { Procedure, type Run, type Step } from './course.ts';
import { courseError } from './errors.ts';

type Answer = EndpointResponse<typeof itemCourse>;

/** Reads steps as an address carries them: `apply@2026-03-02,ask-third@2026-03-05`. Throws `course_steps`, naming the step. */
export function readSteps(text: string): Step[] {
  return text
    .split(/[,，]/)
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
  item: CityPack['items'][number],
  steps: readonly Step[],
  today: string,
): Answer {
  const procedure = new Procedure(item, pack.limits, calendarOf(pack));
  const actions = new Map(item.actions.map((action) => [action.id, action]));
  const roles = new Map(item.roles.map(({ id, title, side }) => [id, { title, side }]));
  const states = new Map(item.states.map((state) => [state.id, state.title]));
  const course = procedure.after(steps);
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
        state: procedure.after(steps.slice(0, i + 1)).state.title,
      };
    }),
    clocks: course.runs.map((run) => clockOf(procedure, catalog, run, today)),
    next: procedure.possible(course).map(({ action, notBefore }) => ({
      ...{ id: action.id, title: action.title, by: roles.get(action.by)!, when: action.when ?? null },
      to: action.to === undefined ? null : states.get(action.to)!,
      notBefore,
    })),
  };
}

function clockOf(procedure: Procedure, catalog: Catalog, run: Run, today: string): Answer['clocks'][number] {
  const { due, provisional } = procedure.due(run);
  const { ended } = run;
  const until = ended ? (ended.met ? ended.on : null) : today;
  return {
    id: run.clock,
    limit: catalog.limit(run.limit.id),
    startedOn: run.startedOn,
    ...{ due, provisional, ended },
    extensions: [...run.extensions],
    excluded: writeExclusions(run.excluded),
    late: due !== null && until !== null && until > due,
  };
}
