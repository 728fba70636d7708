/** The same questions put to PostgreSQL, as one would do it there: bigrams in a tsvector under a GIN index. */
import type pg from 'pg';
import { formOf, splitForm } from '../modules/patents/query/form.ts';
import { spanRegex } from '../modules/patents/query/pattern.ts';
import type { PatentContent } from '../modules/patents/server/corpus/content.ts';
import { applicantId } from '../modules/patents/server/corpus/document.ts';
import type { Question } from './search-questions.ts';

const FACETS = ['year', 'type', 'legal_status', 'country', 'region', 'applicant', 'ipc'] as const;

/** Pairs of neighbouring units. */
function pairs(form: string): string[] {
  const units = splitForm(form);
  if (units.length < 2) return units;
  return [...new Set(units.slice(1).map((unit, i) => units[i]! + unit))];
}

/** Loads the records and builds the indexes. */
export async function fillPostgres(
  pool: pg.Pool,
  contents: Iterable<PatentContent>,
): Promise<{ load: number; bytes: number }> {
  await pool.query(`drop table if exists bench_patent; create table bench_patent (
    number text, base text, title text, abstract text, form text, day int, year int, type text, legal_status text, country text, region text,
    applicant text, ipc text[], grams tsvector)`);
  const begun = performance.now();
  let rows: unknown[][] = [];
  const send = async () => {
    const columns = Array.from({ length: 14 }, (_, i) => rows.map((row) => row[i]));
    await pool.query(
      `insert into bench_patent select n, b, t, a, f, d, y, ty, l, c, r, ap, string_to_array(i, ' '), array_to_tsvector(string_to_array(g, ' '))
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
           as x(n, b, t, a, f, d, y, ty, l, c, r, ap, i, g)`,
      columns,
    );
    rows = [];
  };
  for (const c of contents) {
    const form = `${formOf(c.title)}\n${formOf(c.abstract)}`;
    rows.push([
      c.number,
      c.number.slice(0, -1),
      c.title,
      c.abstract,
      form,
      Number(c.publicationDate.replaceAll('-', '')),
      Number(c.publicationDate.slice(0, 4)),
      c.type,
      c.legalStatus,
      c.country,
      c.address.slice(0, 9),
      applicantId(c.applicants[0] ?? ''),
      c.ipc.flatMap((s) => [s.slice(0, 4), s.slice(0, s.indexOf('/'))]).join(' '),
      pairs(form.replaceAll(' ', '')).join(' '),
    ]);
    if (rows.length >= 2000) await send();
  }
  if (rows.length > 0) await send();
  // Indexes after the rows and with memory, as its manual advises.
  const client = await pool.connect();
  await client.query("set maintenance_work_mem = '1GB'");
  await client.query('create index on bench_patent using gin (grams)');
  await client.query('create index on bench_patent using gin (ipc)');
  await client.query('create index on bench_patent (base)');
  await client.query('create index on bench_patent (day)');
  await client.query('analyze bench_patent');
  await client.query('reset maintenance_work_mem');
  client.release();
  const { rows: size } = await pool.query<{ b: string }>(
    "select pg_total_relation_size('bench_patent') as b",
  );
  return { load: (performance.now() - begun) / 1000, bytes: Number(size[0]!.b) };
}

/** One question with total, hits and seven facets; gives the total. */
export async function askPostgres(pool: pg.Pool, question: Question, size: number): Promise<number> {
  const params: unknown[] = [];
  const add = (value: unknown) => `$${params.push(value)}`;
  const holds = (word: string) => {
    const form = formOf(word);
    const grams = pairs(form)
      .map((g) => `'${g.replaceAll("'", "''")}'`)
      .join(' & ');
    return `(grams @@ ${add(grams)}::tsquery and position(${add(form)} in form) > 0)`;
  };
  const where: string[] = [];
  for (const part of question.all ?? [])
    where.push(Array.isArray(part) ? `(${part.map(holds).join(' or ')})` : holds(part));
  if (question.number) where.push(`base = ${add(question.number)}`);
  if (question.near) {
    const [a, b, n] = question.near;
    const term = (text: string) => ({ type: 'term', term: { text, quoted: true } }) as const;
    const regex = spanRegex({
      type: 'near',
      near: { within: 'units', least: 0, most: n, ordered: false },
      left: term(a),
      right: term(b),
    });
    where.push(holds(a), holds(b), `form ~ ${add(regex)}`);
  }
  if (question.ipc) where.push(`ipc @> array[${add(question.ipc.replace('/00', ''))}]`);
  if (question.from) where.push(`day between ${add(question.from)} and ${add(question.to)}`);
  const facets = FACETS.map(
    (f) =>
      `(select json_agg(x) from (select ${f === 'ipc' ? 'unnest(ipc)' : f} as v, count(*) as n from hit group by 1 order by 2 desc limit 20) x) as f_${f}`,
  );
  const { rows } = await pool.query<{ total: string }>(
    `with hit as materialized (select number, title, day, ${FACETS.join(', ')} from bench_patent where ${where.join(' and ')})
     select (select count(*) from hit) as total, (select json_agg(x) from (select number, title from hit order by day desc, number desc limit ${size}) x) as page, ${facets.join(', ')}`,
    params,
  );
  return Number(rows[0]!.total);
}
