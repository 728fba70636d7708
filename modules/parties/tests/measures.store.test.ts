import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Measure } from '#kernel/measures/measures';
import { type TestPlatform, testPlatform, yunzhou } from '#kernel/testing/platform';
import { parties } from '../server/index.ts';

let t: TestPlatform;
let counties: Measure;
beforeAll(async () => {
  t = await testPlatform({ modules: [parties], pack: await yunzhou(), now: '2023-05-04T10:00:00+08:00' });
  await t.clean();
  await t.load();
  counties = t.platform.measures.find('parties.counties')!;
});
afterAll(() => t.close());

it('counts the counties that existed on the day, never parks', async () => {
  expect(await counties.compute({ asOf: '2022-02-28' })).toEqual({ value: 2, facts: 2 });
  expect(await counties.compute({ asOf: '2022-02-28', region: 'west' })).toMatchObject({ value: 1 });
  expect(await counties.compute({ asOf: '2022-02-28', region: 'harbour' })).toMatchObject({ value: 0 });
});

it('lists them page by page under the name and code of the day', async () => {
  const first = await counties.facts({ asOf: '2022-02-28', limit: 1 });
  expect(first).toMatchObject({ total: 2, next: 'east', rows: [{ cells: { name: '东渡区' } }] });
  const second = await counties.facts({ asOf: '2022-02-28', limit: 1, cursor: 'east' });
  expect(second).toMatchObject({ next: null, rows: [{ cells: { code: '990121', name: '西屏县' } }] });
  const later = await counties.facts({ asOf: '2022-03-01', limit: 9 });
  expect(later.rows.map((r) => r.cells.name)).toEqual(['东渡区', '西屏市']);
});

it('says that it cannot look back when it is asked to', async () => {
  const then = await counties.compute({ asOf: '2022-02-28', knownAt: new Date('2022-01-01T00:00:00Z') });
  expect(then.value).toBe(2);
  expect(then.note?.zh).toContain('按现在所知');
});
