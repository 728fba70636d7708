import { describe, expect, test } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import { dueDate } from '#kernel/calendar/due';
import { isWorkingDay } from '#kernel/calendar/workdays';
import { calendarOf } from '#kernel/city/calendar';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { rootPath } from '#kernel/paths';
import fc from '#kernel/testing/property';
import { readSteps } from '../server/course/answer.ts';
import { type Course, MOST_STEPS, Procedure, type Run, type Step } from '../server/course/course.ts';

const loaded = await loadCityPack(rootPath('cities', 'nantong'));
if (!loaded.ok) throw new Error('the pack is broken');
const { pack } = loaded;
const calendar = calendarOf(pack);
const procedureOf = (item: CityPack['items'][number]) => new Procedure(item, pack.limits, calendar);
const item = (id: string, from: string) => pack.items.find((one) => one.id === id && one.from === from)!;
const steps = (text: string): Step[] => readSteps(text);
const runOf = (course: Course, clock: string): Run => course.runs.findLast((run) => run.clock === clock)!;
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('a request for information', () => {
  const procedure = procedureOf(item('disclosure', '2019-05-15'));

  test('counts the answer from the corrected request, and not while a third party is asked', () => {
    const course = procedure.after(
      steps(
        'apply@2025-09-01,ask-correction@2025-09-05,correct@2025-09-15,ask-third@2025-09-17,third-answers@2025-09-24',
      ),
    );
    expect(course.state.id).toBe('received');
    const answer = runOf(course, 'answer');
    expect(answer.startedOn).toBe('2025-09-15');
    expect(answer.excluded).toEqual([{ from: '2025-09-18', to: '2025-09-24', reason: '送达征求意见书' }]);
    // By hand: 16 and 17 September count, 18 to 24 do not, then 18 working days over the eight days off of October.
    let [day, left] = ['2025-09-15', 20];
    while (left > 0) {
      day = addDays(day, 1);
      if (isWorkingDay(day, calendar) && (day < '2025-09-18' || day > '2025-09-24')) left -= 1;
    }
    expect(procedure.due(answer).due).toBe(day);
    expect(runOf(course, 'third').ended).toEqual({ on: '2025-09-24', how: 'met' });
    expect(runOf(course, 'correct').ended).toEqual({ on: '2025-09-05', how: 'met' });
  });

  test('stands while others are asked; an extension is granted once, and is never late', () => {
    const asked = procedure.after(steps('apply@2025-09-01,ask-third@2025-09-03'));
    expect(procedure.due(runOf(asked, 'answer'))).toMatchObject({
      due: null,
      stopped: { since: '2025-09-04' },
    });
    const extended = procedure.after(steps('apply@2025-03-03,extend@2025-03-20'));
    const simple = dueDate({ from: '2025-03-03', rule: '20WD', calendar }).due;
    expect(procedure.due(runOf(extended, 'answer')).due).toBe(
      dueDate({ from: simple, rule: '20WD', calendar }).due,
    );
    expect(codeOf(() => procedure.after(steps('apply@2025-03-03,extend@2025-03-20,extend@2025-03-21')))).toBe(
      'course_clock',
    );
  });

  test('goes on without the third party only after its time', () => {
    const asked = steps('apply@2025-09-01,ask-third@2025-09-03');
    const course = procedure.after(asked);
    const { due } = procedure.due(runOf(course, 'third'));
    const silent = procedure.possible(course).find(({ action }) => action.id === 'third-silent')!;
    expect(silent.notBefore).toBe(addDays(due!, 1));
    expect(codeOf(() => procedure.after([...asked, { action: 'third-silent', on: due! }]))).toBe(
      'course_early',
    );
    expect(procedure.after([...asked, { action: 'third-silent', on: addDays(due!, 1) }]).state.id).toBe(
      'received',
    );
  });

  test('what was done stands, where another calendar would not have allowed it', () => {
    const asked = steps('apply@2025-09-01,ask-third@2025-09-03');
    const silent = [...asked, { action: 'third-silent', on: '2025-09-24' }];
    expect(codeOf(() => procedure.after([...silent], 2))).toBe('course_early');
    const course = procedure.after(silent, 3);
    expect(course.state.id).toBe('received');
    expect(runOf(course, 'third').ended).toEqual({ on: '2025-09-24', how: 'expired' });
    // What comes after it is asked as always, and state and order are never in doubt.
    expect(codeOf(() => procedure.after([...silent, { action: 'correct', on: '2025-09-25' }], 3))).toBe(
      'course_state',
    );
    expect(codeOf(() => procedure.after([...silent, { action: 'deny', on: '2025-09-23' }], 4))).toBe(
      'course_order',
    );
  });

  test.each([
    ['paint@2025-09-01', 'course_action'],
    ['disclose@2025-09-01', 'course_state'],
    ['apply@2025-09-02,disclose@2025-09-01', 'course_order'],
    ['apply@2025-09-02,disclose@2025-09-03,withdraw@2025-09-04', 'course_state'],
    ['apply@2025-02-30', 'course_steps'],
    ['apply', 'course_steps'],
    ['apply@2025-09-02;disclose@2025-09-03', 'course_steps'],
  ])('refuses %s', (text, code) => {
    expect(codeOf(() => procedure.after(steps(text)))).toBe(code);
  });

  test('refuses more steps than a matter has', () => {
    const many = Array.from({ length: MOST_STEPS + 1 }, () => ({ action: 'apply', on: '2025-01-02' }));
    expect(codeOf(() => procedure.after(many))).toBe('course_length');
  });
});

describe('an infringement dispute', () => {
  const procedure = procedureOf(item('infringement', '2025-02-01'));
  const filed = 'request@2025-03-03,file@2025-03-06,serve@2025-03-10,answer@2025-03-20,forward@2025-03-24';

  test('is suspended once at a time, and its three months become longer by that', () => {
    const course = procedure.after(steps(`${filed},suspend@2025-04-01,resume@2025-04-21`));
    expect(procedure.due(runOf(course, 'close'))).toMatchObject({ due: '2025-06-26', excludedDays: 20 });
    expect(codeOf(() => procedure.after(steps(`${filed},suspend@2025-04-01,suspend@2025-04-02`)))).toBe(
      'course_clock',
    );
    expect(codeOf(() => procedure.after(steps(`${filed},resume@2025-04-02`)))).toBe('course_clock');
  });

  test('is given more time by whom the limit names, in its order, and only before the time is over', () => {
    const course = procedure.after(steps(`${filed},extend-close@2025-04-01,extend-close-again@2025-04-02`));
    expect(runOf(course, 'close').extensions).toEqual(['1M', '2M']);
    for (const wrong of [
      'extend-close-again@2025-04-01',
      'extend-close@2025-04-01,extend-close@2025-04-02',
      'extend-close@2025-06-07',
      'suspend@2025-06-07,extend-close@2025-06-08',
    ])
      expect(
        codeOf(() => procedure.after(steps(`${filed},${wrong}`))),
        wrong,
      ).toBe('course_clock');
    expect(procedure.due(runOf(procedure.after(steps(`${filed},suspend@2025-06-07`)), 'close')).due).toBe(
      '2025-06-06',
    );
  });

  test('counts what begins when a time is over from its last day, whenever that is recorded', () => {
    const decided = `${filed},decide@2025-04-28,deliver@2025-05-07`;
    for (const day of ['2025-05-23', '2025-08-01']) {
      const run = runOf(procedure.after(steps(`${decided},lapse@${day}`)), 'enforce');
      expect([run.startedOn, procedure.due(run).due]).toEqual(['2025-05-22', '2025-08-22']);
    }
    const course = procedure.after(steps(`${decided},lapse@2025-05-23`));
    expect(runOf(course, 'sue').ended?.how).toBe('expired');
  });

  test('has ended on the day of its end, whatever is still done after it', () => {
    const course = procedure.after(
      steps(
        `${filed},decide@2025-04-28,deliver@2025-05-07,lapse@2025-05-23,perform@2025-05-26,publish@2025-06-03`,
      ),
    );
    expect([course.state.end, course.on, course.endedOn]).toEqual([true, '2025-06-03', '2025-05-26']);
    expect(procedure.after(steps(filed)).endedOn).toBeNull();
  });

  test('asks for corrections once', () => {
    const asked = 'request@2025-03-03,ask-correction@2025-03-05,correct@2025-03-10';
    expect(codeOf(() => procedure.after(steps(`${asked},ask-correction@2025-03-11`)))).toBe('course_clock');
  });

  test('counts nothing where it is resumed on the day of the suspension', () => {
    const course = procedure.after(steps(`${filed},suspend@2025-04-01,resume@2025-04-01`));
    expect(runOf(course, 'close').excluded).toEqual([]);
  });

  test('waits for the respondent to whom it was served, at home or abroad', () => {
    const home = procedure.after(steps('request@2025-03-03,file@2025-03-06,serve@2025-03-10'));
    const abroad = procedure.after(steps('request@2025-03-03,file@2025-03-06,serve-abroad@2025-03-10'));
    const silent = (course: Course) =>
      procedure.possible(course).find(({ action }) => action.id === 'no-answer')?.notBefore;
    expect(silent(home)).toBe('2025-03-26');
    expect(silent(abroad)).toBe('2025-04-10');
  });
});

/** Any way through an item: at each step one of the possible actions, some days after the one before. */
function walk(
  procedure: Procedure,
  from: string,
  choices: readonly [choice: number, days: number][],
): Step[] {
  const done: Step[] = [];
  let on = from;
  for (const [choice, days] of choices) {
    on = addDays(on, days);
    const possible = procedure.possible(procedure.after(done), on);
    if (possible.length === 0) break;
    const { action, notBefore } = possible[choice % possible.length]!;
    if (notBefore !== null && notBefore > on) on = notBefore;
    done.push({ action: action.id, on });
  }
  return done;
}

const choices = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 40 })), { maxLength: 30 });

describe.each(pack.items.map((one) => [`${one.id} ${one.from}`, one] as const))('%s', (_, one) => {
  const procedure = procedureOf(one);

  test('what is offered can be done, and whatever is done keeps every promise', () => {
    fc.assert(
      fc.property(choices, (chosen) => {
        const done = walk(procedure, one.from, chosen);
        const course = procedure.after(done);
        expect(one.states).toContain(course.state);
        const running = course.runs.filter((run) => !run.ended);
        expect(new Set(running.map((run) => run.clock)).size).toBe(running.length);
        for (const run of course.runs) {
          const { due } = procedure.due(run);
          expect(run.startedOn <= (run.ended?.on ?? course.on!)).toBe(true);
          expect(run.extensions.length).toBeLessThanOrEqual(run.limit.extensions.length);
          // A clock stands that was paused before its time was over and has neither gone on nor ended.
          const last = run.excluded.at(-1);
          const over = procedure.due({ ...run, excluded: run.excluded.slice(0, -1) }).due!;
          expect(due === null).toBe(run.ended === null && last?.to === null && last.from <= over);
          if (due !== null) {
            const plain = dueDate({
              from: run.startedOn,
              rule: run.limit.rule,
              roll: run.limit.roll,
              calendar,
            }).due;
            expect(due >= plain).toBe(true);
            if (run.extensions.length + run.excluded.length === 0) expect(due).toBe(plain);
          }
        }
        if (course.state.end)
          for (const run of running)
            expect(
              procedure.possible(course).some(({ action }) => action.meets.includes(run.clock)),
              `${run.clock} runs on in ${course.state.id}`,
            ).toBe(true);
        else expect(procedure.possible(course)).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('from wherever it stands an end is reached', () => {
    const distance = new Map(one.states.filter((state) => state.end).map((state) => [state.id, 0]));
    for (let round = 0; round < one.states.length; round++)
      for (const { from, to } of one.actions)
        for (const state of from)
          if (to !== undefined && distance.has(to))
            distance.set(state, Math.min(distance.get(state) ?? 99, distance.get(to)! + 1));
    fc.assert(
      fc.property(choices, (chosen) => {
        const done = walk(procedure, one.from, chosen);
        for (let left = one.states.length; left > 0; left--) {
          const course = procedure.after(done);
          if (course.state.end) return;
          const [next] = procedure
            .possible(course)
            .filter(({ action }) => action.to !== undefined)
            .sort((a, b) => distance.get(a.action.to!)! - distance.get(b.action.to!)!);
          const on = [course.on ?? one.from, next!.notBefore ?? one.from].sort().at(-1)!;
          done.push({ action: next!.action.id, on });
        }
        expect(procedure.after(done).state.end).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
