import { addDays, type CalendarDate } from '#kernel/calendar/date';
import { type Clock, clock, type Exclusion } from '#kernel/calendar/due';
import type { CalendarData } from '#kernel/calendar/workdays';
import { actionsFrom, clockLeftRunning, endedBy, firstState } from '#kernel/city/item-graph';
import type { CityPack } from '#kernel/city/schema';
import { courseError } from './errors.ts';

type Item = CityPack['items'][number];
type Action = Item['actions'][number];
type State = Item['states'][number];
type Limit = CityPack['limits']['limits'][number];

/** Something that was done on a day. */
export interface Step {
  action: string;
  on: CalendarDate;
}

/** Most steps of one matter. */
export const MOST_STEPS = 100;

/** Last days that are remembered: many matters begin on the same days. */
const MOST_DUES = 1000;

/** One run of a clock, from the action that started it. */
export interface Run {
  clock: string;
  limit: Limit;
  startedOn: CalendarDate;
  /** Extensions that were granted, in order. */
  extensions: readonly string[];
  /** Times that do not count; the last one without an end while the clock stands. */
  excluded: readonly Exclusion[];
  /**
   * When it ended: `met` by what it waited for, `expired` by what was to wait until its time was over, `stopped` by something
   * else. Null while it runs or stands.
   */
  ended: { on: CalendarDate; how: 'met' | 'expired' | 'stopped' } | null;
}

/** Where a matter stands after some steps: everything follows from them. */
export interface Course {
  state: State;
  /** Every run of every clock, in the order in which they began. */
  runs: readonly Run[];
  /** Day of the last step; null before the first. */
  on: CalendarDate | null;
  /** Day on which an end was reached, whatever may still be done after it; null while it runs. */
  endedOn: CalendarDate | null;
  /** Actions that were done. */
  done: readonly string[];
}

/** An action that may be done now, and the day before which it may not. */
export interface Possible {
  action: Action;
  /** First day after the clocks that it waits for; null where it waits for none. */
  notBefore: CalendarDate | null;
}

const standing = (run: Run) => run.excluded.at(-1)?.to === null;

/** The rules of one version of an item, applied to what was done. Nothing is kept: the same steps give the same course. */
export class Procedure {
  readonly #limits: ReadonlyMap<string, Limit>;
  readonly #dues = new Map<string, Clock>();

  constructor(
    private readonly item: Item,
    limits: CityPack['limits'],
    private readonly calendar: CalendarData,
  ) {
    const byId = new Map(limits.limits.map((limit) => [limit.id, limit]));
    this.#limits = new Map(item.clocks.map(({ id, limit }) => [id, byId.get(limit)!]));
  }

  /** The limit that a clock counts. */
  limitOf(clock: string): Limit {
    return this.#limits.get(clock)!;
  }

  /** Before anything was done. */
  begin(): Course {
    return { state: firstState(this.item), runs: [], on: null, endedOn: null, done: [] };
  }

  /**
   * Where a matter stands after these steps. Throws `course_*`, naming the step that cannot be.
   * @param recorded of so many steps at the beginning no clock is asked whether they could be taken: they were, under the calendar
   * and the limits of their day.
   */
  after(steps: readonly Step[], recorded = 0): Course {
    return this.trace(steps, recorded).at(-1) ?? this.begin();
  }

  /** Where a matter stands after one more step, its `number`th. Throws `course_*`. */
  next(course: Course, step: Step, number: number): Course {
    return this.#step(course, step, number, false);
  }

  /**
   * A course of another version of the item, as it goes on under this one: the state by its id, what has ended as it ended, and clocks
   * that run from the day on which they began, under the limit that this version has for them. Throws `course_carry` where there is no
   * such state, where a clock that runs is not there, or where it could run on for ever.
   */
  carry(course: Course): Course {
    const state = this.item.states.find(({ id }) => id === course.state.id);
    const { zh, en } = course.state.title;
    if (!state || state.end !== course.state.end)
      throw courseError('course_carry', {
        ...{ why: `没有“${zh}”这个状态`, why_en: `it has no state “${en}”` },
      });
    const runs = course.runs.map((run): Run => {
      if (run.ended) return run;
      const limit = this.#limits.get(run.clock);
      const step = run.limit.step;
      if (!limit)
        throw courseError('course_carry', {
          ...{
            why: `没有“${step.zh}”的期限，而它正在计算`,
            why_en: `it has no time for “${step.en}”, which runs`,
          },
        });
      const lasting = clockLeftRunning(this.item, run.clock, state.id) !== null;
      const stuck = standing(run) && !this.item.actions.some(({ resumes }) => resumes.includes(run.clock));
      if (lasting || stuck)
        throw courseError('course_carry', {
          ...{
            why: `“${step.zh}”的期限在“${zh}”之后没有办法结束`,
            why_en: `the time for “${step.en}” could not be ended after “${en}”`,
          },
        });
      return { ...run, limit };
    });
    return { ...course, state, runs };
  }

  /** Where it stands after each of them, from the beginning or from a course. */
  trace(steps: readonly Step[], recorded = 0, from: Course = this.begin()): Course[] {
    if (steps.length - recorded > MOST_STEPS) throw courseError('course_length', { limit: MOST_STEPS });
    const courses: Course[] = [];
    for (const [i, step] of steps.entries())
      courses.push(this.#step(courses.at(-1) ?? from, step, i + 1, i < recorded));
    return courses;
  }

  /** What may be done next, in the order of the definition; on a day, or on that of the last step. */
  possible(course: Course, on = course.on): Possible[] {
    return actionsFrom(this.item, course.state.id)
      .filter((action) => this.#fits(course, action, on))
      .map((action) => ({ action, notBefore: this.#notBefore(course, action) }))
      .filter(({ notBefore }) => notBefore !== 'never') as Possible[];
  }

  /**
   * What could have been done before a day and cannot on it, with the last day for it: more time that was granted while the clock ran, and is
   * recorded later.
   */
  missed(course: Course, on: CalendarDate): { action: Action; notAfter: CalendarDate }[] {
    const now = new Set(this.possible(course, on).map(({ action }) => action.id));
    return this.possible(course).flatMap(({ action, notBefore }) => {
      const dues = course.runs
        .filter((run) => !run.ended && action.extends.includes(run.clock))
        .map((run) => this.due(run).due);
      const notAfter = dues.map(String).sort()[0];
      if (now.has(action.id) || notBefore !== null || notAfter === undefined || dues.includes(null))
        return [];
      return [{ action, notAfter }];
    });
  }

  /** The last day of a run, or since when it stands, with the proof. A day off at the end moves where the limit says so. */
  due(run: Run): Clock {
    const { rule, roll } = run.limit;
    const { startedOn: from, extensions, excluded } = run;
    const key = JSON.stringify([run.limit.id, from, extensions, excluded]);
    const known = this.#dues.get(key);
    if (known) return known;
    const due = clock({ from, rule, roll, extensions, excluded, calendar: this.calendar });
    if (this.#dues.size >= MOST_DUES) this.#dues.clear();
    this.#dues.set(key, due);
    return due;
  }

  #step(course: Course, { action: id, on }: Step, step: number, recorded: boolean): Course {
    const action = this.item.actions.find((one) => one.id === id);
    if (!action) throw courseError('course_action', { step, action: id });
    const words = { step, action: action.title.zh, action_en: action.title.en };
    if (course.on !== null && on < course.on)
      throw courseError('course_order', { step, on, before: course.on });
    if (!action.from.includes(course.state.id)) {
      const { zh, en } = course.state.title;
      throw courseError('course_state', { ...words, state: zh, state_en: en });
    }
    const missing = action.needs?.find((need) => !course.done.includes(need));
    if (!recorded && missing !== undefined) {
      const { title } = this.item.actions.find((one) => one.id === missing)!;
      throw courseError('course_needs', { ...words, needs: title.zh, needs_en: title.en });
    }
    if (!recorded && !this.#fits(course, action, on)) throw courseError('course_clock', words);
    const waited = this.#notBefore(course, action);
    if (!recorded && waited === 'never') throw courseError('course_clock', words);
    if (!recorded && waited !== null && on < waited)
      throw courseError('course_early', { ...words, day: waited });
    // What was taken as over on its day is over, also where another calendar would have it later.
    const first = waited === null || waited === 'never' ? null : waited > on ? addDays(on, 1) : waited;
    const { to } = action;
    const state = to === undefined ? course.state : this.item.states.find((one) => one.id === to)!;
    return {
      ...{ state, on },
      runs: this.#runs(course.runs, action, on, first),
      endedOn: state.end ? (course.endedOn ?? on) : null,
      done: [...course.done, action.id],
    };
  }

  /** @param first the day after the clocks that the action waited for: what it starts counts from the last day of them. */
  #runs(runs: readonly Run[], action: Action, on: CalendarDate, first: CalendarDate | null): Run[] {
    const ended = endedBy(action);
    const changed = runs.map((run): Run => {
      if (run.ended) return run;
      // A clock that is started anew ends the run before it.
      if (ended.includes(run.clock) || action.starts.includes(run.clock))
        return { ...resumed(run, on), ended: { on, how: howEnded(action, run.clock) } };
      const more = run.limit.extensions[action.extension - 1];
      if (action.extends.includes(run.clock))
        return more ? { ...run, extensions: [...run.extensions, more.rule] } : run;
      if (action.resumes.includes(run.clock)) return resumed(run, on);
      // The time that does not count begins on the next day, as every period does; what is over cannot stand.
      if (action.pauses.includes(run.clock) && !standing(run) && !this.#over(run, on))
        return {
          ...run,
          excluded: [...run.excluded, { from: addDays(on, 1), to: null, reason: action.title.zh }],
        };
      return run;
    });
    const started = [...new Set(action.starts)].map(
      (id): Run => ({
        ...{ clock: id, limit: this.#limits.get(id)!, startedOn: first === null ? on : addDays(first, -1) },
        ...{ extensions: [], excluded: [], ended: null },
      }),
    );
    return [...changed, ...started];
  }

  /**
   * May it be done on a day, by what was done and by the clocks that it is about? More time is granted before the time is over,
   * in the order of the limit. What changes no state makes sense only while the clock runs, stands, or does not run yet.
   */
  #fits({ runs, done }: Course, action: Action, on: CalendarDate | null): boolean {
    if (action.once && done.includes(action.id)) return false;
    if (action.needs?.some((need) => !done.includes(need))) return false;
    const open = runs.filter((run) => !run.ended);
    const some = (clocks: readonly string[], fits: (run: Run) => boolean) =>
      clocks.length === 0 || open.some((run) => clocks.includes(run.clock) && fits(run));
    const next = (run: Run) =>
      run.extensions.length === action.extension - 1 &&
      run.extensions.length < run.limit.extensions.length &&
      (on === null || !this.#over(run, on));
    if (!some(action.extends, next)) return false;
    if (action.to !== undefined) return true;
    return (
      some(action.pauses, (run) => !standing(run)) &&
      some(action.resumes, standing) &&
      some(action.meets, () => true) &&
      !open.some((run) => action.starts.includes(run.clock))
    );
  }

  /** Is a run's last day before this one? */
  #over(run: Run, on: CalendarDate): boolean {
    const { due } = this.due(run);
    return due !== null && due < on;
  }

  /** `never` where none of the clocks runs that the action waits for, or one of them stands. */
  #notBefore({ runs }: Course, action: Action): CalendarDate | null | 'never' {
    if (action.after.length === 0) return null;
    const waits = runs.filter((run) => !run.ended && action.after.includes(run.clock));
    const dues = waits.map((run) => this.due(run).due);
    if (dues.length === 0 || dues.includes(null)) return 'never';
    return addDays(dues.map(String).sort().at(-1)!, 1);
  }
}

/** Why an action ends a clock. */
function howEnded(action: Action, clock: string): NonNullable<Run['ended']>['how'] {
  if (action.meets.includes(clock)) return 'met';
  return action.after.includes(clock) ? 'expired' : 'stopped';
}

/** A run whose time that does not count, if one is open, ends on a day; on the day when it began it never was. */
function resumed(run: Run, on: CalendarDate): Run {
  const last = run.excluded.at(-1);
  if (last?.to !== null) return run;
  const before = run.excluded.slice(0, -1);
  return { ...run, excluded: last.from > on ? before : [...before, { ...last, to: on }] };
}
