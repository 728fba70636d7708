import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usccCheckCharacter } from '#kernel/identifiers/uscc';
import type { Trx } from '#kernel/records';
import { type TestPlatform, testPlatform } from '#kernel/testing/platform';
import { parties } from '#modules/parties/server/index';
import {
  canonicalOrganisation,
  makePublic,
  organisationNames,
  organisations,
  resolveOrganisations,
  type WantedOrganisation,
} from '../server/index.ts';
import { withOrganisations } from '../server/tables.ts';
import { codeNo } from './helpers.ts';

let city: TestPlatform;
beforeAll(async () => {
  city = await testPlatform({ modules: [parties, organisations] });
});
beforeEach(() => city.clean());
afterAll(() => city.close());

const X = codeNo(1);
const Y = codeNo(2);
const firm = '云洲精密机械有限公司';

const inTrx = <T>(work: (trx: Trx) => Promise<T>) => city.platform.records.transaction().execute(work);
const resolve = (...wanted: WantedOrganisation[]) =>
  inTrx((trx) => resolveOrganisations(trx, city.clock.now(), wanted));
const one = async (wanted: WantedOrganisation) => (await resolve(wanted))[0]!;
const row = (id: string) =>
  withOrganisations(city.platform.records)
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
const count = async () =>
  Number(
    (
      await withOrganisations(city.platform.records)
        .selectFrom('organisation')
        .select((e) => e.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

describe('an organisation is found', () => {
  test('by its code, whatever the name and the spelling of the code', async () => {
    const id = await one({ name: firm, code: X });
    expect(await one({ name: '别的写法', code: X.toLowerCase().split('').join(' ') })).toBe(id);
    expect(await row(id)).toMatchObject({ name: firm, code: X, version: 1 });
  });

  test('by its name in another typography, with or without a code', async () => {
    const id = await one({ name: '云洲（海）机械有限公司', code: X });
    expect(await one({ name: ' 云洲 (海) 机械有限公司' })).toBe(id);
    expect(await one({ name: '云洲(海)机械有限责任公司' })).not.toBe(id);
  });

  test('by a code that is given to the only one of that name without one', async () => {
    const id = await one({ name: firm });
    expect(await one({ name: firm, code: X })).toBe(id);
    expect(await row(id)).toMatchObject({ code: X, version: 2, updatedByName: '系统' });
    const other = await one({ name: firm, code: Y });
    expect(other).not.toBe(id);
    expect(await row(other)).toMatchObject({ code: Y, version: 1 });
  });

  test('not by a name that two with codes have: the one without a code stays one', async () => {
    const [a, b] = await resolve({ name: firm, code: X }, { name: firm, code: Y });
    const third = await one({ name: firm });
    expect([a, b]).not.toContain(third);
    expect(await one({ name: firm })).toBe(third);
    // Nobody knows whether the third is the fourth.
    const fourth = await one({ name: firm, code: codeNo(3) });
    expect([a, b, third]).not.toContain(fourth);
    expect(await count()).toBe(4);
  });

  test('with a code that is no code as if none were given', async () => {
    const id = await one({ name: firm, code: X });
    const wrong = `${X.slice(0, 17)}${usccCheckCharacter(X.slice(0, 17)) === '0' ? '1' : '0'}`;
    expect(await one({ name: firm, code: wrong })).toBe(id);
    expect(await one({ name: '', code: Y })).toBe(await one({ name: firm, code: Y }));
    await expect(resolve({ name: ' 　', code: wrong })).rejects.toMatchObject({
      code: 'organisations_nameless',
    });
  });

  test('in one batch as if the rows had come one by one, those with codes first', async () => {
    const ids = await resolve(
      { name: firm, address: '云洲市东都区一路1号' },
      { name: '云洲研究院' },
      { name: firm, code: X, region: 'east' },
      { name: '云洲研究院 ' },
      { name: firm },
    );
    expect(ids[0]).toBe(ids[2]);
    expect(ids[4]).toBe(ids[2]);
    expect(ids[1]).toBe(ids[3]);
    expect(await count()).toBe(2);
    expect(await row(ids[0]!)).toMatchObject({
      code: X,
      address: '云洲市东都区一路1号',
      region: 'east',
      version: 1,
    });
  });

  test('and what is empty is filled, what is there stays', async () => {
    const id = await one({ name: firm, address: '旧址' });
    await one({ name: firm, address: '新址', region: 'west' });
    expect(await row(id)).toMatchObject({ address: '旧址', region: 'west', version: 2 });
    await one({ name: firm, address: '新址', region: 'east' });
    expect(await row(id)).toMatchObject({ region: 'west', version: 2 });
    const history = await withOrganisations(city.platform.records)
      .selectFrom('organisationHistory')
      .select(['version', 'action'])
      .orderBy('version')
      .execute();
    expect(history).toEqual([
      { version: 1, action: 'make' },
      { version: 2, action: 'complete' },
    ]);
  });
});

describe('many', () => {
  test('two thousand at once take a handful of statements, and twice the same gives the same', async () => {
    const wanted = Array.from({ length: 2000 }, (_, i) => ({
      name: `云洲第${i}公司`,
      code: i % 2 === 0 ? codeNo(i) : null,
      region: 'east',
    }));
    let statements = 0;
    const counting = (trx: Trx) =>
      trx.withPlugin({
        transformQuery: ({ node }) => {
          statements++;
          return node;
        },
        transformResult: async ({ result }) => result,
      }) as Trx;
    const first = await inTrx((trx) => resolveOrganisations(counting(trx), city.clock.now(), wanted));
    expect(new Set(first).size).toBe(2000);
    expect(statements).toBeLessThanOrEqual(12);
    statements = 0;
    const again = await inTrx((trx) => resolveOrganisations(counting(trx), city.clock.now(), wanted));
    expect(again).toEqual(first);
    expect(statements).toBeLessThanOrEqual(4);
    const names = await organisationNames(city.platform.records, first);
    expect(first.map((id) => names.get(id)?.name)).toEqual(wanted.map((w) => w.name));
    expect(await count()).toBe(2000);
  });

  test('who ask at the same time get the same organisations', async () => {
    const wanted = Array.from({ length: 40 }, (_, i) => ({
      name: `公司${i}`,
      code: i % 3 ? codeNo(i) : null,
    }));
    const turned = (by: number) => [...wanted.slice(by), ...wanted.slice(0, by)];
    const answers = await Promise.all(
      [0, 7, 19, 33].map(async (by) => {
        const ids = await resolve(...turned(by));
        return new Map(turned(by).map((w, i) => [w.name, ids[i]]));
      }),
    );
    for (const answer of answers)
      expect(answer).toEqual(new Map(wanted.map((w) => [w.name, answers[0]!.get(w.name)])));
    expect(await count()).toBe(40);
  });

  test('who give one name two codes at the same time make two organisations, and one keeps the old', async () => {
    const id = await one({ name: firm });
    const ids = await Promise.all([one({ name: firm, code: X }), one({ name: firm, code: Y })]);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain(id);
  });
});

test('marks and look-ups: public, canonical, unknown ids', async () => {
  const id = await one({ name: firm, code: X });
  expect((await row(id)).public).toBe(false);
  await inTrx((trx) => makePublic(trx, [id]));
  expect(await row(id)).toMatchObject({ public: true, version: 1 });
  expect(await canonicalOrganisation(city.platform.records, id)).toEqual({
    ...{ id, name: firm, code: X, mergedInto: null },
  });
  const nobody = '01900000-0000-7000-8000-000000000001';
  expect(await canonicalOrganisation(city.platform.records, nobody)).toBeNull();
  expect([...(await organisationNames(city.platform.records, [nobody, id])).keys()]).toEqual([id]);
});
