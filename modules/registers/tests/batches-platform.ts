import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CityPack } from '#kernel/city/schema';
import { cellText, type TableRow } from '#kernel/tables/cells';
import { writeCsv } from '#kernel/tables/write-csv';
import { readXlsx } from '#kernel/tables/xlsx';
import { codeOf } from '#kernel/testing/field-records';
import type { TestPlatform } from '#kernel/testing/platform';
import {
  applyBatch,
  type Batch,
  type BatchRow,
  exportCsv,
  exportXlsx,
  getBatch,
  getEntry,
  listBatchRows,
  listEntries,
} from '../contract.ts';
import { apply } from '../server/batches/apply.ts';
import { prepare } from '../server/batches/prepare.ts';
import { registerPlatform } from './transfer-platform.ts';

/** What an answer to a form holds. */
export interface Sent<T> {
  status: number;
  body: T & { code?: string; message?: string };
}

/** A platform with short ways to import. */
export interface BatchPlatform extends TestPlatform {
  dir: string;
  /** Headers of the register's keeper. */
  office(): Promise<Record<string, string>>;
  /** Sends an import as the keeper (or with other headers). */
  send(
    name: string,
    bytes: Uint8Array | string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Sent<Batch>>;
  /** Sends a file and prepares it. */
  ready(name: string, bytes: Uint8Array | string, fields?: Record<string, string>): Promise<Batch>;
  /** Lets a prepared batch be written, to its end. */
  write(id: string): Promise<Batch>;
  look(id: string): Promise<Batch>;
  rows(id: string): Promise<BatchRow[]>;
  /** A CSV as an export would write it. */
  csv(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer>;
}

/** What a job sees while nobody wants it to stop. */
export const running = { runId: 'test', stopping: false, progress: () => undefined };

/** Opens it over the worker's stores. */
export async function batchPlatform(
  now = '2021-06-30T09:00:00+08:00',
  change?: (pack: CityPack) => CityPack,
): Promise<BatchPlatform> {
  const city = await registerPlatform(now, change);
  const dir = await mkdtemp(path.join(os.tmpdir(), 'zc-batches-'));
  const office = () => city.as('plan-office', { organisation: 'patent-office' });
  const send: BatchPlatform['send'] = async (name, bytes, fields = {}, headers) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    form.set('file', new File([bytes as BlobPart], name));
    const url = '/api/registers/all-types/imports';
    const raw = await city.app.inject({
      method: 'POST',
      url,
      headers: headers ?? (await office()),
      payload: form,
    });
    return { status: raw.statusCode, body: raw.json() };
  };
  const look: BatchPlatform['look'] = async (id) =>
    (await city.call(getBatch, { params: { id } }, await office())).body;
  return {
    ...city,
    dir,
    office,
    send,
    look,
    async ready(name, bytes, fields = { state: 'published' }) {
      const { status, body } = await send(name, bytes, fields);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      await prepare(city.platform, body.id, running);
      return look(body.id);
    },
    async write(id) {
      const answer = await city.call(applyBatch, { params: { id } }, await office());
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      await apply(city.platform, id, running);
      return look(id);
    },
    async rows(id) {
      const query = { limit: 500 };
      return (await city.call(listBatchRows, { params: { id }, query }, await office())).body.rows;
    },
    async csv(heads, rows) {
      const file = path.join(dir, 'made.csv');
      await writeCsv(file, heads, rows);
      return readFile(file);
    },
    async close() {
      await rm(dir, { recursive: true, force: true });
      await city.close();
    },
  };
}

/** Heads of a file for the register `all-types`, and rows that fit them. */
export const HEADS = ['名称', '统一社会信用代码', '所在县（市）区', '认定日期', '人数（人）'];
export const line = (n: number, more: Partial<Record<number, string | number | null>> = {}) =>
  [`联盟${n}`, codeOf(n), '东渡区', '2019-06-30', n].map((cell, i) => more[i] ?? cell);
export const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => line(from + i));

/** Counts of a batch in the order rows, added, changed, unchanged, rejected. */
export const counts = (
  rows: number,
  added: number,
  changed: number,
  unchanged: number,
  rejected: number,
) => ({
  rows,
  added,
  changed,
  unchanged,
  rejected,
});

type Rows = (string | number | null)[][];

/** What tests do with the register `all-types` besides importing. */
export function handsOn(city: () => BatchPlatform) {
  const params = { register: 'all-types' };
  return {
    params,
    exported: async (format: 'csv' | 'xlsx' = 'xlsx') => {
      const endpoint = format === 'csv' ? exportCsv : exportXlsx;
      return (await city().call(endpoint, { params, query: {} }, await city().office())).raw.rawPayload;
    },
    /** Texts of a workbook's cells. */
    table: async (bytes: Buffer) => {
      const file = path.join(city().dir, 'read.xlsx');
      await writeFile(file, bytes);
      const rows: TableRow[] = [];
      for await (const row of readXlsx(file)) rows.push(row);
      return rows.map((r) => r.cells.map(cellText));
    },
    entry: async (no: string) =>
      (await city().call(getEntry, { params: { ...params, no } }, await city().office())).body,
    total: async () =>
      (await city().call(listEntries, { params, query: {} }, await city().office())).body.total,
    /** Imports and writes a file. */
    bring: async (rows: Rows, heads: readonly string[] = HEADS) =>
      city().write((await city().ready('a.csv', await city().csv(heads, rows))).id),
  };
}
