import { describe, expect, test } from 'vitest';
import type { BatchLine } from '../../contract/export.ts';
import { batchCsv, foundNumbers, queryOfNumbers } from './batch.ts';
import { columnText, countLines, decodeText, readNumberTable } from './read-file.ts';

describe('what is pasted or dropped', () => {
  test('is a plain list where the lines are numbers, also several in a line or with commas inside', () => {
    expect(readNumberTable('CN109462287A\nUS 7,654,321 B2\nZL201710117081.7\n')).toBeNull();
    expect(readNumberTable('CN109462287A; CN106844774A\nCN106844770A; CN106844771A')).toBeNull();
    expect(readNumberTable('机器人\n夹爪')).toBeNull();
    expect(readNumberTable('')).toBeNull();
  });

  test('is a table where it has columns; the column of the numbers is found and can be another', () => {
    const csv =
      '序号,名称,公开号,申请日\r\n1,"装置, 一种",CN109462287A,2018-10-30\r\n2,"带""引号""的\n名称",CN106844774A,\r\n';
    const table = readNumberTable(csv)!;
    expect(table.heads).toEqual(['序号', '名称', '公开号', '申请日']);
    expect(table.best).toBe(2);
    expect(columnText(table, 2)).toBe('CN109462287A\nCN106844774A');
    expect(columnText(table, 1)).toBe('装置, 一种\n带"引号"的 名称');
    const pasted = readNumberTable('1\tCN109462287A\t甲\n2\tCN106844774A\t乙')!;
    expect([pasted.heads, pasted.best]).toEqual([['', '', ''], 1]);
  });

  test('is counted by lines that are not empty', () => {
    expect(countLines('')).toBe(0);
    expect(countLines('\n  \nCN1\r\n\r\nCN2')).toBe(2);
  });

  test('is read in the encodings of Chinese spreadsheets; a workbook is told apart', () => {
    expect(decodeText(new TextEncoder().encode('公开号'))).toBe('公开号');
    expect(decodeText(Uint8Array.from([0xb9, 0xab, 0xbf, 0xaa]))).toBe('公开');
    expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x6c, 0x51]))).toBe('公');
    expect(decodeText(Uint8Array.from([0x50, 0x4b, 3, 4]))).toBeNull();
  });
});

describe('what came of a list', () => {
  const line = (n: number, state: BatchLine['state'], records: string[]): BatchLine => ({
    line: n,
    input: `=${n}`,
    state,
    readAs: ['CN1A'],
    records,
    reason: '',
  });
  const lines = [
    line(1, 'found', ['CN1A', 'CN1B']),
    line(2, 'ambiguous', ['CN2A', 'CN3A']),
    line(3, 'found', ['CN1A']),
    line(4, 'missing', []),
  ];

  test('gives the publications found without doubt, once each, as a query', () => {
    expect(foundNumbers(lines)).toEqual(['CN1A', 'CN1B']);
    expect(queryOfNumbers(foundNumbers(lines))).toBe('PN=(CN1A OR CN1B)');
  });

  test('is a table that no spreadsheet runs as a formula', () => {
    const csv = batchCsv(lines.slice(0, 1), ['a', 'b', 'c', 'd', 'e', 'f'], (state) => state);
    expect(csv).toBe("\uFEFFa,b,c,d,e,f\r\n1,'=1,found,CN1A,CN1A CN1B,\r\n");
  });
});
