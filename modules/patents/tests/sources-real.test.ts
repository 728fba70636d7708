import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import { rootPath } from '#kernel/paths';
import { detectSource, structured } from '../server/sources/index.ts';
import type { RawRecord, SourceRow } from '../server/sources/raw.ts';

const REAL = resolve(rootPath(), '../shared/data');
const hasReal = existsSync(REAL);
if (!hasReal) console.info(`patents: tests of sources with real files are skipped, ${REAL} is not there`);

interface Read {
  id: string;
  rows: SourceRow[];
  records: RawRecord[];
  code: string | null;
}

async function read(name: string, after = 0): Promise<Read> {
  const path = `${REAL}/${name}`;
  const reader = (await detectSource(path, name))!;
  const rows: SourceRow[] = [];
  let code: string | null = null;
  try {
    for await (const row of reader.open(path, after)) rows.push(row);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    code = (error as AppError).code;
  }
  return { id: reader.id, rows, records: rows.flatMap((r) => (r.raw ? [r.raw] : [])), code };
}

const first = (raw: RawRecord | undefined, field: 'publicationNumber' | 'publicationDate' | 'title') =>
  raw?.values.get(field)?.[0]?.text;

describe.skipIf(!hasReal)('real files', () => {
  test('PATENTSCOPE: 24,294 rows of three lists in an archive', async () => {
    const { id, rows, records } = await read('patents-en/patentscope/patentscope_pizza_24294_xls.zip');
    expect([id, rows.length, records.length]).toEqual(['archive', 24_294, 24_294]);
    expect(first(records[0], 'publicationNumber')).toBe('US20050286606');
    expect(first(records[0], 'publicationDate')).toBe('29.12.2005');
    expect(records[2]?.priorities).toHaveLength(3);
    expect(records.every((r) => r.dayFirst)).toBe(true);
  }, 120_000);

  test('Lens: 5,884 rows', async () => {
    const { id, records } = await read('patents-en/lens/lens_drones_families_5884.csv');
    expect([id, records.length]).toEqual(['lens-csv', 5884]);
    expect(first(records[1], 'publicationNumber')).toBe('AT 556755 T');
    expect(records[1]?.priorities).toHaveLength(2);
  });

  test('references: every one of the numbers that were taken from the file', async () => {
    const { id, rows, records } = await read(
      'patents-zh/xhy1219-cnki-breast-cancer/breastcancer_gene_biomarker.txt',
    );
    const ids = await readFile(
      `${REAL}/patents-zh/xhy1219-cnki-breast-cancer/chinese_patents_id.txt`,
      'utf8',
    );
    expect([id, rows.length]).toEqual(['gbt-7714', records.length]);
    expect(records.map((r) => first(r, 'publicationNumber'))).toEqual(ids.trim().split(/\s+/));
  });

  test.each([
    ['uspto/xml2006/US07272630B2.xml', 17, 116, 'US07272630B2'],
    ['uspto/xml2014/US08926509.xml', 31, 160, 'US08926509B2'],
    ['uspto/xml2014/US08927118.xml', 45, 104, 'US08927118B2'],
    ['uspto/xml2014/US08930553.xml', 8, 21, 'US08930553B2'],
    ['uspto/xmlApp2004/US20050004437A1.xml', 10, 0, 'US20050004437A1'],
    ['uspto/xmlApp2004/US20050004974A1.xml', 21, 0, 'US20050004974A1'],
  ])('USPTO %s', async (name, claims, citations, number) => {
    const { id, records } = await read(`patents-en/${name}`);
    expect([id, records.length]).toEqual(['uspto-redbook', 1]);
    expect(first(records[0], 'publicationNumber')).toBe(number);
    expect(records[0]?.values.get('claims')).toHaveLength(claims);
    expect(records[0]?.citations ?? []).toHaveLength(citations);
  });

  test('the Chinese exchange record', async () => {
    const { id, records } = await read('patents-zh/ipph-cnipa-exchange/CN2017106717144A.ipph.xml');
    expect([id, records.length]).toEqual(['cnipa-exchange', 1]);
    expect(first(records[0], 'publicationNumber')).toBe('CN106717144A');
    expect(records[0]?.values.get('applicationNumber')?.[0]?.text).toBe('CN201611054231.6');
  });

  test('EPO answers of every call', async () => {
    const of = (name: string) => read(`patents-en/ops-epo/${name}.xml`);
    const rows = async (name: string) => (await of(name)).records.length;
    expect(await rows('0921c2615a')).toBe(100);
    expect(await rows('390b96f03e')).toBe(20);
    expect((await of('b59a7d1315')).records[0]?.events).toHaveLength(50);
    expect((await of('e40f9c400a')).records[0]?.values.get('claims')).toHaveLength(11);
    const biblio = (await of('198306216d')).records[0];
    expect(biblio).toMatchObject({ family: { simple: '19768124' } });
    expect([biblio?.titles?.length, biblio?.citations?.length, biblio?.partial]).toEqual([3, 3, undefined]);
    // Numbers and pictures: nothing of a record.
    expect((await of('0cc765ea94')).code).toBe('patents_source_nothing');
    expect((await of('18833c590f')).code).toBe('patents_source_nothing');
  });

  test('columns of a table with sixty heads', async () => {
    const dump = await readFile(`${REAL}/patents-zh/pinellia-full-schema/patents_example.sql`, 'utf8');
    const rows = sqlRows(dump);
    expect([rows.length, Object.keys(rows[0] ?? {}).length]).toEqual([10, 61]);
    const found = rows.map(structured);
    expect(found.flatMap((f) => f.events).map((e) => [e.text, e.date])).toEqual([
      ['实质审查的生效', '20230627'],
      ['实质审查的生效', '20230901'],
      ['实质审查的生效', '20230418'],
    ]);
    expect(found.flatMap((f) => f.citations)).toMatchObject([
      { number: '', text: expect.stringContaining('电子学报') },
    ]);
  });
});

/** Rows of a dump: heads from the definition of the table, values from the statements that fill it. */
function sqlRows(dump: string): Record<string, string>[] {
  const heads = [...dump.matchAll(/^ {2}`([^`]+)`/gm)].map((m) => m[1]!);
  return [...dump.matchAll(/^INSERT INTO `[^`]+` VALUES \((.*)\);$/gm)].map((m) => {
    const values = [...m[1]!.matchAll(/'((?:[^'\\]|\\.|'')*)'|(NULL)|(-?[\d.]+)/g)];
    return Object.fromEntries(
      heads.map((head, i) => [head, (values[i]?.[1] ?? values[i]?.[3] ?? '').replace(/\\(.)|''/g, '$1')]),
    );
  });
}
