import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BookType, utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oleFile } from '#kernel/testing/xlsx-file';
import { TableError } from './errors.ts';
import { readXls, type XlsOptions } from './xls.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-xls-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function book(name: string, rows: unknown[][], bookType: BookType = 'biff8'): Promise<string> {
  const file = utils.book_new();
  utils.book_append_sheet(file, utils.aoa_to_sheet([['other']]), '隐藏');
  const sheet = utils.aoa_to_sheet(rows);
  for (const cell of Object.values(sheet)) if (cell?.v === 43_000) cell.z = 'yyyy-mm-dd';
  utils.book_append_sheet(file, sheet, '专利');
  file.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] };
  const path = join(dir, name);
  await writeFile(path, write(file, { type: 'buffer', bookType }));
  return path;
}

async function read(path: string, options?: XlsOptions) {
  const rows = [];
  const reader = readXls(path, options);
  for await (const row of reader) rows.push(row);
  return { rows, reader };
}

async function errorOf(path: string, options?: XlsOptions): Promise<TableError> {
  const error = await read(path, options).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(TableError);
  expect((error as TableError).text.zh).not.toMatch(/\{\w+\}|undefined/);
  return error as TableError;
}

const ROWS = [['名称', '日期', '数', '真'], [], ['一种装置', 43_000, 1.5, true], ['', null, -2, false]];

it('reads texts, numbers, dates and the numbers of rows, from the first sheet that is shown', async () => {
  const { rows, reader } = await read(await book('a.xls', ROWS));
  expect(rows.map((r) => r.rowNumber)).toEqual([1, 3, 4]);
  expect(rows[1]!.cells).toEqual([
    { kind: 'text', value: '一种装置' },
    { kind: 'date', value: '2017-09-22' },
    { kind: 'number', value: 1.5 },
    { kind: 'boolean', value: true },
  ]);
  expect([reader.sheetName, reader.date1904, reader.bytesRead / reader.totalBytes]).toEqual([
    '专利',
    false,
    1,
  ]);
  expect(reader.sheets).toHaveLength(2);
});

it('hands out many rows in pieces, and another sheet by name', async () => {
  const path = await book(
    'many.xls',
    Array.from({ length: 1234 }, (_, i) => [`第${i}行`]),
  );
  expect((await read(path)).rows).toHaveLength(1234);
  expect((await read(path, { sheet: '隐藏' })).rows).toHaveLength(1);
  expect(await errorOf(path, { sheet: '没有' })).toMatchObject({ code: 'table_no_sheet' });
  // Leaving early ends the thread.
  for await (const row of readXls(path)) if (row.rowNumber === 2) break;
});

it('refuses what is no old workbook, is cut short, or costs too much', async () => {
  const whole = await readFile(await book('b.xls', ROWS));
  const path = join(dir, 'bad.xls');
  const bad = async (bytes: Buffer | string, options?: XlsOptions) => {
    await writeFile(path, bytes);
    return (await errorOf(path, options)).code;
  };
  expect(await bad('')).toBe('table_empty');
  expect(await bad('名称,数量\n')).toBe('table_unsupported');
  expect(await bad(oleFile(['WordDocument']))).toBe('table_unsupported');
  expect(await bad(oleFile(['EncryptionInfo', 'EncryptedPackage']))).toBe('table_password');
  expect(await bad(oleFile(['Workbook']))).toBe('table_xls_broken');
  expect(await bad(whole, { maxBytes: 1000 })).toBe('table_xls_large');
  expect(await bad(whole, { timeoutMs: 0 })).toBe('table_xls_broken');
  for (const length of [9, 511, 600, whole.length >> 1, whole.length - 512])
    expect(await bad(whole.subarray(0, length)), `cut at ${length}`).toBe('table_xls_broken');
});
