import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { getClass, listClassSchemes, searchClasses, suggestClasses } from '../contract/classes.ts';
import { CSV, DATA, XML } from './classes-files.ts';
import { type ClassPlatform, classPlatform } from './classes-platform.ts';

let t: ClassPlatform;
beforeAll(async () => {
  t = await classPlatform();
});
beforeEach(() => t.clean());
afterAll(() => t.close());

const ask = (symbol: string, scheme: 'ipc' | 'cpc' = 'ipc') =>
  t.call(getClass, { params: { scheme, symbol } });
const audits = async () => {
  const { rows } = await t.platform.stores.pool.query(
    "select detail from audit_log where action = 'patents.classes.load'",
  );
  return rows.length;
};

describe('loading', () => {
  test('the same file again changes nothing; all of it is logged once', async () => {
    const first = await t.send('ipc_zh_2026.01.csv', CSV, { licence: 'test' });
    expect(first).toMatchObject({
      status: 200,
      body: {
        changed: true,
        file: {
          scheme: 'ipc',
          version: '2026.01',
          lang: 'zh',
          rows: 7,
          leftOut: 0,
          licence: 'test',
          inUse: true,
        },
      },
    });
    const again = await t.send('other-name.csv', CSV);
    expect(again.body).toEqual({ ...first.body, changed: false });
    expect(await audits()).toBe(1);
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
    expect((await t.call(listClassSchemes, {})).body.sections).toEqual({
      ipc: [{ symbol: 'A', titleZh: '人类生活必需', titleEn: null }],
      cpc: [],
    });
    // For another edition the same bytes are another loading.
    expect((await t.send('x.csv', CSV, { version: '2025.01' })).body.changed).toBe(true);
  });

  test('a fault anywhere loads nothing', async () => {
    const broken = await t.send('a.xml', XML.replace('A01B0001060000', 'nowhere'));
    expect(broken).toMatchObject({ status: 400, body: { code: 'patents_class_symbol' } });
    const cut = await t.send('b.xml', XML.slice(0, -20));
    expect(cut).toMatchObject({ status: 400, body: { code: 'patents_class_xml' } });
    const wrong = Array.from({ length: 30 }, (_, i) => `bad${i},x`).join('\n');
    expect((await t.send('c.csv', `code,title_zh\n${wrong}\n`)).body.code).toBe('patents_class_bad_rows');
    expect((await t.send('d.csv', 'code,title_zh\nA,x\n')).body.code).toBe('patents_class_version');
    const seen = (await t.call(listClassSchemes, {})).body;
    expect(seen).toEqual({
      current: { ipc: null, cpc: null },
      sections: { ipc: [], cpc: [] },
      files: [],
      abilities: { load: false },
    });
    expect(await audits()).toBe(0);
  });

  test('who may not is refused, and so is a form without sense', async () => {
    expect((await t.send('a.csv', CSV, {}, {})).status).toBe(401);
    expect((await t.send('a.csv', CSV, { version: 'soon' })).body.code).toBe('patents_class_version_form');
    const headers = await t.as('data-officer');
    const empty = await t.app.inject({
      method: 'POST',
      url: '/api/patents/classes/load',
      headers,
      payload: new FormData(),
    });
    expect(empty.statusCode).toBeGreaterThanOrEqual(400);
    expect(empty.statusCode).toBeLessThan(500);
  });

  test('two loadings of one file at once: one of them counts', async () => {
    const officer = await t.as('data-officer');
    const send = () => t.send('ipc_2026.01.csv', CSV, {}, officer);
    const both = await Promise.all([send(), send()]);
    expect(both.map((b) => b.body.changed).sort()).toEqual([false, true]);
    expect(await audits()).toBe(1);
  });
});

describe('asking', () => {
  test('a symbol with what is around it, better once a file with dots is there', async () => {
    expect((await ask('A01B1/04')).status).toBe(404);
    await t.send('ipc_zh_2026.01.csv', CSV);
    const flat = (await ask('a01b 1/04')).body;
    expect(flat).toMatchObject({
      symbol: 'A01B1/04',
      titleZh: '带齿的',
      titleEn: null,
      depthKnown: false,
      dots: null,
    });
    expect(flat.path.map((p) => p.symbol)).toEqual(['A', 'A01', 'A01B', 'A01B1/00']);
    await t.send('EN_ipc_scheme_20260101.xml', XML);
    const deep = (await ask('A01B0001040000')).body;
    expect(deep).toMatchObject({
      titleEn: 'with teeth',
      depthKnown: true,
      dots: 2,
      version: '2026.01',
      level: 'subgroup',
    });
    expect(deep.path.map((p) => p.symbol)).toEqual(['A', 'A01', 'A01B', 'A01B1/00', 'A01B1/02']);
    const group = (await ask('A01B1')).body;
    expect(group.children).toMatchObject([
      { symbol: 'A01B1/02', children: 1 },
      { symbol: 'A01B1/06', children: 0 },
    ]);
    expect((await ask('A01B', 'cpc')).status).toBe(404);
  });

  test('concordance and technology fields come with the symbol', async () => {
    await t.send('ipc_zh_2026.01.csv', CSV);
    await t.send('moves.csv', 'old,new,version\nA01D1,A01B1/02,2026.01\n');
    await t.send('t.csv', 'Field_number,Sector_en,Field_en,IPC_code\n29,Mechanics,Other machines,A01B%\n', {
      version: '2019.07',
    });
    const seen = (await ask('A01B1/02')).body;
    expect(seen.concordance).toEqual([
      { symbol: 'A01D1/00', relation: 'predecessor', via: 'A01B1/02', since: '2026.01', match: 'whole' },
    ]);
    expect(seen.fields).toEqual([{ field: 29, title: 'Other machines', sector: 'Mechanics' }]);
  });

  test('the newest edition is the current one, and a later file of one kind stands in for the earlier', async () => {
    await t.send('ipc_2026.01.csv', CSV);
    await t.send('ipc_2026.01_corrected.csv', CSV.replace('锹；铲', '铲'));
    await t.send(
      'ipc_2020.01.csv',
      'code,title_zh\nA01B1/02,很旧\nA99Z,已删除\nA01B1/03,无\n'.replace('无', '旧组'),
    );
    expect((await ask('A01B1/02')).body).toMatchObject({ titleZh: '铲', version: '2026.01' });
    expect((await ask('A99Z')).body).toMatchObject({ version: '2020.01', currentVersion: '2026.01' });
    const { files, current, abilities } = (await t.call(listClassSchemes, {}, await t.as('data-officer')))
      .body;
    expect(current.ipc).toBe('2026.01');
    expect(files.map((f) => [f.version, f.inUse])).toEqual([
      ['2026.01', true],
      ['2026.01', false],
      ['2020.01', true],
    ]);
    expect(abilities.load).toBe(true);
  });

  test('completion by symbol and by title', async () => {
    const search = async (q: string) => (await t.call(searchClasses, { query: { q, limit: 5 } })).body;
    expect(await search('A01')).toEqual({ classes: [], currentVersion: '' });
    await t.send('ipc_2026.01.csv', CSV);
    expect((await search('A01B1/0')).classes.map((c) => c.symbol)).toEqual([
      'A01B1/00',
      'A01B1/02',
      'A01B1/04',
      'A01B1/06',
    ]);
    expect((await search('锄')).classes).toMatchObject([{ symbol: 'A01B1/06', titleZh: '锄；手动中耕机' }]);
  });

  test('suggestions: nothing, then from titles, and it says so', async () => {
    const suggest = async (title: string) => (await t.call(suggestClasses, { body: { title } })).body;
    expect(await suggest('手动铲')).toMatchObject({ method: 'none', suggestions: [] });
    await t.send('ipc_2026.01.csv', `${CSV}B60,class,B,车辆,\nB60K,subclass,B60,车辆动力装置的布置,\n`);
    const found = await suggest('一种手动工具');
    expect(found).toMatchObject({
      method: 'titles',
      suggestions: [{ symbol: 'A01B', titleZh: '农业或林业的整地' }],
    });
    expect((await suggest('车辆动力')).suggestions[0]).toMatchObject({
      symbol: 'B60K',
      confidence: expect.closeTo(1, 1),
    });
    expect((await t.call(suggestClasses, { body: { title: '' } })).status).toBe(400);
  });
});

const hasData = existsSync(join(DATA, 'classification'));
if (!hasData) console.info(`classes: tests with real schemes are skipped, ${DATA} is not there`);

test.skipIf(!hasData)(
  'real: the Chinese IPC with English titles, and a translation learned from both',
  async () => {
    const bytes = (path: string) => readFile(join(DATA, 'classification', path));
    const zh = await t.send('ipc_zh_2026.01.csv', await bytes('ipc_zh_2026.01.csv'));
    expect(zh.body).toMatchObject({ changed: true, file: { rows: 77_186, leftOut: 72 } });
    for (const level of [3, 4, 8])
      expect(
        (await t.send(`IPC_${level}.txt`, await bytes(`p2n-ipc-en/IPC_${level}.txt`), { version: '2017.01' }))
          .status,
      ).toBe(200);
    const cpc = await readFile(join(DATA, 'patents-en/uspto/cpcScheme/cpc-scheme-A01L.xml'));
    expect((await t.send('cpc-scheme-A01L.xml', cpc)).body.file).toMatchObject({
      scheme: 'cpc',
      version: '2016.05',
    });
    expect((await ask('A01L1/02', 'cpc')).body).toMatchObject({ depthKnown: true, dots: 1 });
    const tree = await t.classes.schemes.tree('ipc');
    expect(tree.title('H10F', 'zh')).toContain('辐射');
    expect(tree.title('A01B', 'en')).toContain('Soil working');
    expect(tree.below('A01B1/00').symbols.length).toBeGreaterThan(5);
    // Titles of an older list alone do not make an edition the current one.
    expect(tree.currentVersion).toBe('2026.01');
    expect(await t.classes.translations.learn()).toBeGreaterThan(7000);
    const table = (await t.classes.translations.table())!;
    expect(table.get('vehicle')!.map(([token]) => token)).toContain('2:车辆');
  },
);
