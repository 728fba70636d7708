import { readFile } from 'node:fs/promises';
import { expect, test, beforeAll, afterAll } from 'vitest';
import { patentPlatform, REAL, type PatentPlatform } from './helpers.ts';
let t: PatentPlatform;
beforeAll(async () => { t = await patentPlatform(); await t.clean(); });
afterAll(() => t.close());
test('smoke', async () => {
  const bytes = await readFile(`${REAL}/carrotc-cnipr-export/训练文件.xlsx`);
  const a = await t.bring('训练文件.xlsx', bytes);
  console.log(a);
  const b = await t.bring('训练文件.xlsx', bytes);
  console.log(b.counts, b.error);
  const s = await t.app.inject({ url: '/api/patents?q=' + encodeURIComponent('轨枕 混凝土') });
  console.log(JSON.stringify(s.json(), null, 1).slice(0, 3000));
  const r = await t.app.inject({ url: '/api/patents/ZL201220249767.4' });
  console.log(r.json());
  console.log(await t.platform.measures.find('patents.inventions-in-force')!.compute({ asOf: '2018-01-01' }));
});
