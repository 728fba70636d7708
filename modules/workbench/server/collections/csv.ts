import { Readable } from 'node:stream';
import { csvPieces } from '#kernel/tables/write-csv';
import type { Lang } from '#kernel/text';
import type { ItemFilter } from '../../contract.ts';
import { type Bench, type By, records } from '../bench.ts';
import { openObject } from '../objects/access.ts';
import { hitsByNumber } from '../objects/numbers.ts';
import { tagsOn } from '../tags/marks.ts';
import { itemPage } from './items.ts';

const PAGE = 1000;
const HEADS: Record<Lang, string[]> = {
  zh: ['公开（公告）号', '申请号', '名称', '申请人', '公开日', '法律状态', '结论', '评分', '标签', '备注'],
  en: [
    ...['Publication number', 'Application number', 'Title', 'Applicants', 'Published', 'Legal status'],
    ...['Decision', 'Rating', 'Tags', 'Note'],
  ],
};
const STATES = {
  zh: { keep: '保留', dismiss: '排除', disputed: '有分歧' },
  en: { keep: 'keep', dismiss: 'dismiss', disputed: 'disputed' },
} as const;
const LEGAL = {
  zh: { 'in-force': '有效', pending: '在审', lapsed: '失效', unknown: '未提供' },
  en: { 'in-force': 'in force', pending: 'pending', lapsed: 'lapsed', unknown: 'not given' },
} as const;

/** A collection as CSV, narrowed like the list, piece by piece. Applicants are masked as in lists. */
export async function collectionCsv(
  bench: Bench,
  by: By,
  id: string,
  filter: ItemFilter,
): Promise<{ name: string; body: Readable }> {
  const { row } = await openObject(records(bench), by, id, 'read', { kind: 'collection' });
  return { name: row.name, body: Readable.from(csvPieces(HEADS[by.lang], lines(bench, by, id, filter))) };
}

async function* lines(bench: Bench, by: By, id: string, filter: ItemFilter): AsyncGenerator<string[]> {
  let cursor: string | undefined;
  do {
    const page = await itemPage(bench, id, filter, cursor, PAGE);
    const numbers = page.rows.map((row) => row.number);
    const [hits, tags] = await Promise.all([hitsByNumber(bench, numbers), tagsOn(bench, by, numbers)]);
    for (const row of page.rows) {
      const hit = hits.get(row.number);
      const state = row.disputed ? 'disputed' : row.choice;
      yield [
        row.number,
        hit?.applicationNumber ?? '',
        hit?.title ?? '',
        hit?.applicants.join('; ') ?? '',
        hit?.publicationDate ?? '',
        hit ? LEGAL[by.lang][hit.legalStatus] : '',
        state === null ? '' : STATES[by.lang][state],
        row.rating === null ? '' : String(Math.round(row.rating * 10) / 10),
        (tags.get(row.number) ?? []).map((t) => t.name).join('; '),
        row.note,
      ];
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
