import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ClickHouseClient } from '@clickhouse/client';
import { QUERY_SETTINGS } from './client.ts';

/** Rows handed out at once. */
const BATCH = 2000;

/**
 * Rows of a query in its order, for a reader who may be slow: they are taken from the corpus as fast as it gives them and wait in
 * a temporary file, so that neither memory grows nor a place in the corpus stays taken. The file has no name any more while it
 * is read.
 */
export async function* spooled<T>(
  corpus: ClickHouseClient,
  query: string,
  params: Record<string, unknown>,
  settings: Record<string, string | number> = {},
): AsyncGenerator<T[]> {
  const dir = await mkdtemp(join(tmpdir(), 'zc-spool-'));
  const path = join(dir, 'rows');
  const file = await (async () => {
    try {
      await fetchRows(corpus, query, params, settings, path);
      return await open(path, 'r');
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  })();
  try {
    let rows: T[] = [];
    for await (const line of createInterface({ input: file.createReadStream({ autoClose: false }) })) {
      rows.push(JSON.parse(line) as T);
      if (rows.length < BATCH) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } finally {
    await file.close();
  }
}

async function fetchRows(
  corpus: ClickHouseClient,
  query: string,
  params: Record<string, unknown>,
  settings: Record<string, string | number>,
  path: string,
): Promise<void> {
  const result = await corpus.query({
    query,
    query_params: params,
    format: 'JSONEachRow',
    clickhouse_settings: { ...QUERY_SETTINGS, ...settings },
  });
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  const done = once(out, 'close');
  // A full disk is told when it is awaited.
  done.catch(() => {});
  try {
    for await (const rows of result.stream()) {
      const text = rows.map((row) => `${row.text}\n`).join('');
      if (!out.write(text)) await Promise.race([once(out, 'drain'), done]);
    }
    out.end();
    await done;
  } finally {
    out.destroy();
    result.close();
  }
}
