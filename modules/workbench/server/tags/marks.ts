import type { RecordMark, TagMark } from '../../contract.ts';
import { accountOf, type Bench, type By, organisationsOf, records } from '../bench.ts';
import { rightOf } from '../objects/access.ts';

/** Tags that an asker sees on publications: own ones and those of their organisations. */
export async function tagsOn(
  bench: Bench,
  by: By,
  numbers: readonly string[],
): Promise<Map<string, TagMark[]>> {
  const result = new Map<string, TagMark[]>();
  if (by.actor.kind !== 'user' || by.actor.id === null || numbers.length === 0) return result;
  const own = organisationsOf(by.actor);
  const rows = await records(bench)
    .selectFrom('workbenchTagged as d')
    .innerJoin('workbenchTag as t', 't.id', 'd.tag')
    .select(['d.number', 't.id', 't.name', 't.colour', 't.owner'])
    .where('d.number', 'in', [...numbers])
    .where((e) =>
      e.or([e('t.owner', '=', by.actor.id), ...(own.length > 0 ? [e('t.organisation', 'in', own)] : [])]),
    )
    .orderBy('t.name')
    .orderBy('t.id')
    .execute();
  for (const { number, owner, ...tag } of rows) {
    const list = result.get(number) ?? [];
    list.push({ ...tag, own: owner !== null });
    result.set(number, list);
  }
  return result;
}

/** What the asker's workbench knows of publications; those without marks are left out. */
export async function markRecords(bench: Bench, by: By, numbers: readonly string[]): Promise<RecordMark[]> {
  const account = accountOf(by);
  const own = organisationsOf(by.actor);
  const [tags, rows] = await Promise.all([
    tagsOn(bench, by, numbers),
    records(bench)
      .selectFrom('workbenchItem as i')
      .innerJoin('workbenchObject as o', 'o.id', 'i.collection')
      .leftJoin('workbenchShare as s', (j) => j.onRef('s.object', '=', 'o.id').on('s.account', '=', account))
      .leftJoin('workbenchStanding as w', (j) =>
        j.onRef('w.place', '=', 'i.collection').onRef('w.number', '=', 'i.number'),
      )
      .select(['i.number', 'o.id', 'o.name', 'o.owner', 'o.organisation', 's.edit', 'w.choice'])
      .where('i.number', 'in', [...numbers])
      .where('i.removedAt', 'is', null)
      .where('o.deletedAt', 'is', null)
      .where((e) =>
        e.or([
          e('o.owner', '=', account),
          e('s.account', 'is not', null),
          ...(own.length > 0 ? [e('o.organisation', 'in', own)] : []),
        ]),
      )
      .orderBy('o.name')
      .orderBy('o.id')
      .execute(),
  ]);
  return [...new Set(numbers)].flatMap((number) => {
    const collections = rows.flatMap((row) =>
      row.number === number && rightOf(by.actor, { ...row, public: false }, row.edit) !== 'none'
        ? [
            {
              id: row.id,
              name: row.name,
              state: row.choice === 'keep' || row.choice === 'dismiss' ? row.choice : null,
            },
          ]
        : [],
    );
    const marks = tags.get(number) ?? [];
    return collections.length + marks.length === 0 ? [] : [{ number, tags: marks, collections }];
  });
}
