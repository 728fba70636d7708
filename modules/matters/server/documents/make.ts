import { Readable } from 'node:stream';
import { Files } from '#kernel/files/files';
import type { EndpointResponse } from '#kernel/http/contract';
import type { Trx } from '#kernel/records';
import { newReceipt, tidyReceipt } from '#kernel/secrets';
import { directory } from '#modules/parties/server/index';
import { letterOf, type verifyDocument } from '../../contract.ts';
import type { MatterContext } from '../matters/context.ts';
import { matterError } from '../matters/errors.ts';
import type { MatterFile } from '../matters/file.ts';
import { nextNumber } from '../matters/number.ts';
import { PAPER, type TakenPaper } from '../matters/papers.ts';
import { withMatters } from '../matters/tables.ts';
import { letterDocx } from './letter-docx.ts';

/** Longest made document, in bytes. */
const MOST = 5_000_000;

/**
 * Makes a document of a step: takes its number, which has no gaps because it is taken in the step's own transaction, writes it as
 * Word document, and keeps the bytes. Throws `matters_paper` for one that the platform does not make.
 */
export async function makeDocument(
  { platform }: MatterContext,
  trx: Trx,
  { row, definition }: MatterFile,
  { what, text, to }: { what: string; text: string; to: string },
): Promise<Omit<TakenPaper, 'no'>> {
  const document = definition.item.documents.find(({ id }) => id === what);
  if (!document?.mark) throw matterError('matters_paper', { what: what.slice(0, 60) });
  const on = platform.clock.today();
  const office =
    (await directory(platform).lookup()).departmentName(row.department, on)?.zh ?? row.department;
  const number = await nextNumber(trx, document.mark, Number(on.slice(0, 4)));
  const code = newReceipt();
  const letter = letterOf({ office, title: document.title.zh, number, to, text, on });
  const at = new URL('/verify', platform.config.ZC_ORIGIN ?? 'http://localhost').href;
  const bytes = await letterDocx(letter, { code, at, made: platform.clock.now().toISOString() });
  // Through the transaction's own connection: a second one could be waited for without end.
  const files = new Files(platform.files.dir, trx);
  const info = await files.put(Readable.from([bytes]), {
    ...{ name: `${document.title.zh} ${number}.docx`, ownerId: null, purpose: PAPER, limit: MOST },
  });
  return { what, file: info.id, sha256: info.sha256, number, code };
}

/** What is known of the document that bears a code. Throws `matters_verify`. */
export async function verified(
  { platform, definitions }: MatterContext,
  typed: string,
): Promise<EndpointResponse<typeof verifyDocument>> {
  const code = tidyReceipt(typed);
  const row = await withMatters(platform.records)
    .selectFrom('matterPaper as p')
    .innerJoin('matter as m', 'm.id', 'p.matter')
    .innerJoin('matterLog as l', (join) =>
      join.onRef('l.matter', '=', 'p.matter').onRef('l.seq', '=', 'p.seq'),
    )
    .innerJoin('storedFile as f', 'f.id', 'p.file')
    .select(['p.number', 'p.what', 'p.struck', 'm.department', 'm.definition', 'l.onDay', 'f.sha256'])
    .where('p.code', '=', code)
    .executeTakeFirst();
  if (!row?.number || !row.onDay) throw matterError('matters_verify', { code: typed.slice(0, 40) });
  const { item } = await definitions.of(platform.records, row.definition);
  const name = (await directory(platform).lookup()).departmentName(row.department, row.onDay);
  return {
    number: row.number,
    title: item.documents.find(({ id }) => id === row.what)!.title,
    office: name ? { zh: name.zh, en: name.en } : { zh: row.department, en: row.department },
    on: row.onDay,
    sha256: row.sha256,
    struck: row.struck !== null,
  };
}
