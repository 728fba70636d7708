import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchPatents, similarPatents, suggestClasses } from '../contract.ts';
import { Classes } from '../server/classes/classes.ts';
import { recordTexts } from '../server/similar/records.ts';
import { catchUp } from '../server/similar/term-job.ts';
import { jsonl, type PatentPlatform, patentPlatform } from './helpers.ts';

let t: PatentPlatform;
beforeAll(async () => {
  t = await patentPlatform();
  await t.clean();
});
afterAll(() => t?.close());

const load = (name: string, text: string, fields: Record<string, string> = {}) =>
  t.send('/api/patents/classes/load', { name, bytes: text }, fields);
const find = async (q: string) => {
  const { body } = await t.call(searchPatents, { query: { q } });
  return {
    found: body.hits.map((h) => h.publicationNumber).sort(),
    warnings: body.query!.warnings.map((w) => w.code),
  };
};
const record = (n: number, ipc: string) => ({
  publicationNumber: `CN1${String(n).padStart(8, '0')}A`,
  title: `一种太阳能电池组件${n}`,
  ipc: [ipc],
});
const number = (n: number) => `CN1${String(n).padStart(8, '0')}A`;

test('a search below a class follows the dots of the loaded scheme, and the concordance, and says what it did', async () => {
  await t.bring(
    'a.jsonl',
    jsonl([
      record(1, 'H01L31/04'),
      record(2, 'H10F10/00'),
      record(3, 'H10F10/14'),
      record(4, 'H10F10/16'),
      record(5, 'H10F99/00'),
    ]),
  );
  expect(await find('IPC=/low H10F10/14')).toEqual({ found: [number(3)], warnings: ['class-depth'] });
  const entry = (symbol: string, kind: string, title: string, inner = '') =>
    `<ipcEntry kind="${kind}" symbol="${symbol}" ipcLevel="A" entryType="K" lang="EN"><textBody><title><titlePart><text>${title}</text></titlePart></title></textBody>${inner}</ipcEntry>`;
  const scheme = `<?xml version="1.0" encoding="UTF-8"?><IPCScheme xmlns="http://www.wipo.int/classifications/ipc/masterfiles" edition="20260101" lang="EN">${entry('H', 's', 'ELECTRICITY', entry('H10', 'c', 'SEMICONDUCTOR DEVICES', entry('H10F', 'u', 'PHOTOVOLTAICS', entry('H10F0010000000', 'm', 'Photovoltaic cells', entry('H10F0010140000', '1', 'having junctions', entry('H10F0010160000', '2', 'of silicon'))))))}</IPCScheme>`;
  const loaded = await load('EN_ipc_scheme_20260101.xml', scheme);
  expect(loaded.status, JSON.stringify(loaded.body)).toBe(200);
  expect(await find('IPC=/low H10F10/14')).toEqual({ found: [number(3), number(4)], warnings: [] });
  const concordance = await load('concordance.csv', 'old,new,from\nH01L31/04,H10F10/14,2025.01\n', {
    version: '2026.01',
  });
  expect(concordance.status, JSON.stringify(concordance.body)).toBe(200);
  expect(await find('IPC=/low H10F10/14')).toEqual({
    found: [number(1), number(3), number(4)],
    warnings: ['class-former'],
  });
  expect(await find('IPC=/high H10F10/16')).toMatchObject({ found: [number(2), number(3), number(4)] });
});

test('records like one another are found with the reason, once the index of terms followed', async () => {
  await t.bring(
    'b.jsonl',
    jsonl([
      { publicationNumber: number(11), title: '家纺面料的印花方法' },
      { publicationNumber: number(12), title: '家纺面料的数码印花' },
      { publicationNumber: number(13), title: '船舶推进装置' },
    ]),
  );
  await catchUp(t.platform, recordTexts(t.platform));
  const { body } = await t.call(similarPatents, { params: { number: number(11) }, query: { limit: 2 } });
  expect(body.similar[0]).toMatchObject({
    hit: { publicationNumber: number(12) },
    why: expect.arrayContaining([expect.objectContaining({ from: null })]),
  });
  expect(body.similar.map((s) => s.hit.publicationNumber)).not.toContain(number(11));
  const suggested = await t.call(suggestClasses, { body: { title: '太阳能电池' } });
  expect(suggested.status).toBe(200);
  expect(new Classes(t.platform).jobs.length).toBe(3);
});
