/** The same questions put to Groonga, a full-text engine that is at home in East Asian text: bigrams with positions. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { formOf } from '../modules/patents/query/form.ts';
import type { PatentContent } from '../modules/patents/server/corpus/content.ts';
import type { Question } from './search-questions.ts';

const PROGRAM = '/usr/bin/groonga';
const PORT = 10_641;
const FACETS = ['year', 'type', 'legal_status', 'country', 'region', 'applicant', 'ipc'] as const;

/** A Groonga server of its own in a folder. */
export interface Groonga {
  fill(contents: Iterable<PatentContent>): Promise<{ load: number; bytes: number }>;
  /** One question with total, hits and seven facets; gives the total. */
  ask(question: Question, size: number): Promise<number>;
  stop(): Promise<void>;
}

/** Asks the server and gives its answer. An index over a million records takes longer than `fetch` would wait for its head. */
function send(path: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: '127.0.0.1', port: PORT, path, method: body === undefined ? 'GET' : 'POST' },
      // It closes a connection without a word, so none is used twice.
      agent: false,
      headers: { 'content-type': 'application/json' },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => text(answer).then(resolve, reject));
    asked.end(body);
  });
}

/** Starts it; null where Debian's package `groonga-bin` is not installed. */
export async function startGroonga(home: string): Promise<Groonga | null> {
  if (!existsSync(PROGRAM)) return null;
  const dir = join(home, 'groonga');
  mkdirSync(dir);
  const child: ChildProcess = spawn(
    PROGRAM,
    ['-s', '--protocol', 'http', '--bind-address', '127.0.0.1', '-p', String(PORT), '-n', join(dir, 'db')],
    { stdio: 'ignore' },
  );
  const command = async (name: string, params: Record<string, string> = {}, body?: string) => {
    const answer = await send(`/d/${name}?${new URLSearchParams(params)}`, body);
    const [[code, , , message], result] = JSON.parse(answer) as [[number, number, number, string?], unknown];
    if (code !== 0) throw new Error(`groonga ${name}: ${message}`);
    return result;
  };
  const status = async () => {
    for (let i = 0; i < 100; i++) {
      const up = await command('status').catch(() => null);
      if (up) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('groonga does not answer');
  };
  await status();
  return {
    async fill(contents) {
      const begun = performance.now();
      await command('table_create', { name: 'Patent', flags: 'TABLE_HASH_KEY', key_type: 'ShortText' });
      for (const [name, type, flags] of [
        ...['base', 'title', 'abstract', 'form'].map((n) => [n, 'Text', 'COLUMN_SCALAR'] as const),
        ...['day', 'year'].map((n) => [n, 'Int32', 'COLUMN_SCALAR'] as const),
        ...['type', 'legal_status', 'country', 'region', 'applicant'].map(
          (n) => [n, 'ShortText', 'COLUMN_SCALAR'] as const,
        ),
        ['ipc', 'ShortText', 'COLUMN_VECTOR'] as const,
      ])
        await command('column_create', { table: 'Patent', name, type, flags });
      const index = async (of: string, table: Record<string, string>, flags: string) => {
        await command('table_create', { name: `By_${of}`, key_type: 'ShortText', ...table });
        await command('column_create', {
          ...{ table: `By_${of}`, name: 'patents', type: 'Patent', source: of },
          flags: `COLUMN_INDEX${flags}`,
        });
      };
      const terms = {
        flags: 'TABLE_PAT_KEY',
        default_tokenizer: 'TokenBigram',
        normalizer: 'NormalizerAuto',
      };
      let rows: object[] = [];
      const flush = async () => {
        await command('load', { table: 'Patent' }, JSON.stringify(rows));
        rows = [];
      };
      for (const c of contents) {
        rows.push({
          ...{ _key: c.number, base: c.number.slice(0, -1), title: c.title, abstract: c.abstract },
          form: `${formOf(c.title)}\n${formOf(c.abstract)}`,
          day: Number(c.publicationDate.replaceAll('-', '')),
          year: Number(c.publicationDate.slice(0, 4)),
          ...{ type: c.type, legal_status: c.legalStatus, country: c.country, region: c.address.slice(0, 9) },
          applicant: c.applicants[0] ?? '',
          ipc: [...new Set(c.ipc.flatMap((s) => [s.slice(0, 4), s.slice(0, s.indexOf('/'))]))],
        });
        if (rows.length >= 2000) await flush();
      }
      if (rows.length > 0) await flush();
      // Indexes after the rows, as its manual advises.
      await index('form', terms, '|WITH_POSITION');
      await index('ipc', { flags: 'TABLE_PAT_KEY' }, '');
      await index('base', { flags: 'TABLE_PAT_KEY' }, '');
      return {
        load: (performance.now() - begun) / 1000,
        bytes: readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).blocks * 512, 0),
      };
    },
    async ask(question, size) {
      const quoted = (value: string) => JSON.stringify(value);
      const holds = (word: string) => `form @ ${quoted(formOf(word))}`;
      const where: string[] = [];
      for (const part of question.all ?? [])
        where.push(Array.isArray(part) ? `(${part.map(holds).join(' || ')})` : holds(part));
      if (question.number) where.push(`base == ${quoted(question.number)}`);
      if (question.near) {
        const [a, b, n] = question.near;
        // Counted from start to start, in tokens: a little wider or narrower than the platform's distance.
        where.push(`form *NP${n + 2} ${quoted(`"${formOf(a)}" "${formOf(b)}"`)}`);
      }
      if (question.ipc) where.push(`ipc @ ${quoted(question.ipc.replace('/00', ''))}`);
      if (question.from) where.push(`day >= ${question.from} && day <= ${question.to}`);
      const found = (await command('select', {
        ...{ table: 'Patent', filter: where.join(' && '), sort_keys: '-day,-_key', limit: String(size) },
        output_columns: '_key,title',
        ...{ drilldown: FACETS.join(','), drilldown_sort_keys: '-_nsubrecs', drilldown_limit: '20' },
        cache: 'no',
      })) as [[number]][];
      return found[0]![0]![0];
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
    },
  };
}
