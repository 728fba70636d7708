import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { TestPlatform } from '#kernel/testing/platform';
import * as api from '../contract.ts';
import { beforeEveryTest, usccOf } from './helpers.ts';

let city: TestPlatform;
let office: Record<string, string>;
beforeEveryTest((c, o) => {
  city = c;
  office = o;
});

const certified = { register: 'certified-firms' };
const firm = (n: number, more: object = {}) => ({
  firm: `云舟第${n}纺织有限公司`,
  code: usccOf(n),
  edition: '2013',
  stage: 'certified',
  issuedOn: '2022-01-01',
  ...more,
});
const create = (data: Record<string, unknown>) =>
  city.call(api.createEntry, { params: certified, body: { data, state: 'published' } }, office);

test('the catalogue of open data names every public register with its files, and no other', async () => {
  const { raw } = await city.call(api.registerCatalogue, {});
  expect(raw.headers['content-type']).toContain('application/ld+json');
  const sets = raw.json()['dcat:dataset'] as { 'dct:identifier': string; 'dcat:distribution': object[] }[];
  expect(sets.map((s) => s['dct:identifier']).sort()).toEqual([
    'alliances',
    'economic-figures',
    'strong-firms',
  ]);
  for (const set of sets)
    for (const file of set['dcat:distribution'] as { 'dcat:downloadURL': { '@id': string } }[]) {
      const { pathname } = new URL(file['dcat:downloadURL']['@id']);
      expect((await city.app.inject({ url: pathname })).statusCode).toBe(200);
    }
});

test('a file is handed out with the entry that holds it, to those who see the field', async () => {
  const bytes = Buffer.from('%PDF-1.4\n%%EOF');
  const info = await city.platform.files.put(Readable.from([bytes]), {
    name: '证书.pdf',
    ownerId: null,
    purpose: 'evidence',
    limit: 1000,
  });
  const one = await create(firm(1, { scan: info.id }));
  const two = await create(firm(2));
  expect(one.body.cells.scan).toMatchObject({ text: '证书.pdf' });
  const get = (no: string, who?: Record<string, string>) =>
    city.call(api.entryFile, { params: { ...certified, no, file: info.id } }, who);
  const given = await get(one.body.no, office);
  expect(given.raw.rawPayload).toEqual(bytes);
  expect(one.body.cells.scan!.href).toBe(
    `/api/registers/certified-firms/entries/${one.body.no}/files/${info.id}`,
  );
  expect((await get(two.body.no, office)).status).toBe(404);
  expect((await get(one.body.no)).status).toBe(404);
});

test('entries of one code under different keys are shown as possible duplicates', async () => {
  await create(firm(1, { certificate: 'GB-0001' }));
  await create(firm(1, { certificate: 'GB-0002', firm: '云舟第一纺织有限公司' }));
  await create(firm(2, { certificate: 'GB-0003' }));
  const { body } = await city.call(api.listDuplicates, { params: certified }, office);
  expect(body.groups.map((g) => [g.why, g.entries.map((e) => e.no)])).toEqual([
    ['same-code', ['GB-0001', 'GB-0002']],
  ]);
});
