import type { CityPack } from '#kernel/city/schema';
import type { Records, Trx } from '#kernel/records';
import type { Course, Step } from '../course/course.ts';
import type { Definition, Definitions } from './definitions.ts';
import { type LogRow, type VersionChangeRow, withMatters } from './tables.ts';

type Item = CityPack['items'][number];

/** A version of the item under which a matter ran, from one entry of its log on. */
export interface Era {
  /** Its first entry: 1, or the one that moved the matter to it. */
  since: number;
  definition: Definition;
}

/** The times that matters were moved to another version, the first one first. */
export function changesOf(db: Records | Trx, matters: readonly string[]): Promise<VersionChangeRow[]> {
  return withMatters(db as Records)
    .selectFrom('matterVersionChange')
    .selectAll()
    .where('matter', 'in', [...matters])
    .orderBy('seq')
    .execute();
}

/** The versions under which a matter ran, the first one first. */
export async function erasOf(
  definitions: Definitions,
  db: Records | Trx,
  { definition }: { definition: string },
  changes: readonly Pick<VersionChangeRow, 'seq' | 'fromDefinition' | 'toDefinition'>[],
): Promise<Era[]> {
  const hashes = [
    { since: 1, hash: changes[0]?.fromDefinition ?? definition },
    ...changes.map(({ seq, toDefinition }) => ({ since: seq, hash: toDefinition })),
  ];
  return Promise.all(
    hashes.map(async ({ since, hash }) => ({ since, definition: await definitions.of(db as Records, hash) })),
  );
}

/** The version under which an entry was written. */
export function eraAt(eras: readonly Era[], seq: number): Era {
  return eras.findLast(({ since }) => since <= seq) ?? eras[0]!;
}

/**
 * What an item calls something, in the newest version that knows it: papers, roles and steps of earlier versions keep their
 * names.
 */
export function inEras<T>(eras: readonly Era[], find: (item: Item) => T | undefined): T | undefined {
  for (const { definition } of eras.toReversed()) {
    const found = find(definition.item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The steps of a log. */
export function stepsOf(log: readonly Pick<LogRow, 'action' | 'onDay'>[]): Step[] {
  return log.flatMap(({ action, onDay }) => (action && onDay ? [{ action, on: onDay }] : []));
}

/** Where a matter stood after each of its steps, and where it stands: a change of the version carries the course over. */
export function coursesOf(
  eras: readonly Era[],
  log: readonly Pick<LogRow, 'seq' | 'action' | 'onDay'>[],
): { courses: Course[]; course: Course } {
  const courses: Course[] = [];
  let course: Course | undefined;
  for (const [i, { since, definition }] of eras.entries()) {
    const end = eras[i + 1]?.since ?? Number.POSITIVE_INFINITY;
    const { procedure } = definition;
    const begun: Course = course ? procedure.carry(course) : procedure.begin();
    const steps = stepsOf(log.filter(({ seq }) => seq >= since && seq < end));
    const after = procedure.trace(steps, steps.length, begun);
    courses.push(...after);
    course = after.at(-1) ?? begun;
  }
  return { courses, course: course! };
}
