import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#kernel/errors';
import fc from '#kernel/testing/property';
import { cnDocument } from '../server/sources/cn-document.ts';
import { cnipaExchange } from '../server/sources/cnipa-exchange.ts';
import { exchange } from '../server/sources/exchange.ts';
import { gbt7714 } from '../server/sources/gbt7714.ts';
import { platformJsonl } from '../server/sources/json-record.ts';
import { lens } from '../server/sources/lens.ts';
import type { SourceRow } from '../server/sources/raw.ts';
import type { CountedRows, SourceReader } from '../server/sources/reader.ts';
import { structured } from '../server/sources/structured.ts';
import { uspto } from '../server/sources/uspto.ts';
import * as samples from './sources-samples.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zc-fuzz-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All rows as text, and the code of the error; anything but a clear error fails. */
async function outcome(source: CountedRows): Promise<{ rows: SourceRow[]; code: string | null }> {
  const rows: SourceRow[] = [];
  try {
    for await (const row of source) rows.push(row);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const text of [error.text.zh, error.text.en]) expect(text).not.toMatch(/\{\w+\}/);
    return { rows, code: error.code };
  }
  return { rows, code: null };
}

const plain = (row: SourceRow) =>
  JSON.stringify({ ...row, raw: row.raw && { ...row.raw, values: [...row.raw.values] } });

const FILES: [string, SourceReader, string][] = [
  ['USPTO', uspto, samples.USPTO],
  ['cn-patent-document', cnDocument, samples.CN_DOCUMENT],
  ['data exchange', cnipaExchange, samples.CNIPA],
  ['OPS records', exchange, samples.OPS_BIBLIO],
  ['OPS family', exchange, samples.OPS_FAMILY],
  ['Lens', lens, samples.LENS],
  ['GB/T 7714', gbt7714, samples.REFERENCES],
  ['JSONL', platformJsonl, samples.JSONL],
];

describe.each(FILES)('%s', (name, reader, text) => {
  const whole = Buffer.from(text);
  const open = async (bytes: Buffer, after: number, size: number): Promise<CountedRows> => {
    if (reader.stream) return reader.stream(pieces(bytes, size), bytes.length, after);
    const path = join(dir, `${name.replaceAll('/', '-')}.bin`);
    await writeFile(path, bytes);
    return reader.open(path, after);
  };

  test('cut anywhere gives rows of the whole file, then perhaps one clear error', async () => {
    const all = (await outcome(await open(whole, 0, 500))).rows.map(plain);
    // Of a text of a few characters that is cut inside one nobody can say in which encoding it was.
    const shortest = reader === gbt7714 ? 150 : 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: shortest, max: whole.length }),
        fc.integer({ min: 1, max: 3000 }),
        async (length, size) => {
          const { rows } = await outcome(await open(whole.subarray(0, length), 0, size));
          expect(rows.length).toBeLessThanOrEqual(all.length);
          // A record at the cut may be shorter in formats of lines; those before it are as they were.
          const sure = reader.stream ? rows : rows.slice(0, -1);
          expect(sure.map(plain)).toEqual(all.slice(0, sure.length));
        },
      ),
      { numRuns: 120 },
    );
  });

  test('with bytes changed never fails in another way', async () => {
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at] = byte;
        const one = await outcome(await open(bytes, 0, 700));
        const numbers = one.rows.map((row) => row.row);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
      { numRuns: 120 },
    );
  });

  test('begun again after any row gives the rows that remain', async () => {
    for (const bytes of [
      whole,
      whole.subarray(0, Math.floor(whole.length * 0.8)),
      Buffer.from(text.replace('</p>', '</q>')),
    ]) {
      const all = await outcome(await open(bytes, 0, 900));
      for (const after of [0, ...all.rows.map((row) => row.row)]) {
        const rest = await outcome(await open(bytes, after, 333));
        expect(rest.rows.map(plain)).toEqual(all.rows.filter((row) => row.row > after).map(plain));
        expect(rest.code).toBe(all.code);
      }
    }
  });
});

test('columns of any content are read or left', () => {
  const heads = fc.constantFrom(
    '转让日期',
    '转让人',
    '质权人',
    '法律状态历史',
    '引证专利',
    '优先权',
    '优先权日',
    '同族专利',
    '同族号',
    '__proto__',
    'constructor',
    'x',
  );
  const words = fc
    .array(
      fc.constantFrom(
        '2021',
        '-',
        '.',
        '年',
        '20210305',
        ';',
        '；',
        '\n',
        ':',
        'CN1382448A',
        'X',
        '(',
        '公开',
        ' ',
        '0',
        '|',
      ),
      { maxLength: 12 },
    )
    .map((w) => w.join(''));
  fc.assert(
    fc.property(fc.dictionary(heads, words), (columns) => {
      const found = structured(columns);
      for (const event of found.events)
        expect(event.text + event.date + Object.values(event.detail).join('')).not.toBe('');
    }),
  );
});
