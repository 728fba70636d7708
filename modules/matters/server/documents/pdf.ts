import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { audit } from '#kernel/audit/audit';
import { Files } from '#kernel/files/files';
import { type JobDef, job } from '#kernel/jobs/jobs';
import type { Platform } from '#kernel/module';
import { ConvertError, type Office } from '#kernel/office/convert';
import { system } from '#kernel/policy/policy';
import type { Records, Trx } from '#kernel/records';
import { PAPER } from '../matters/papers.ts';
import { documentError } from './errors.ts';
import { withDocuments } from './tables.ts';

/** How often a paper is tried. */
const TRIES = 3;
/** Largest PDF, in bytes. */
const MOST = 50 * 1024 ** 2;

/** Made documents as PDF, where there is LibreOffice. */
export interface PdfMaking {
  job: JobDef<{ matter: string; paper: number }>;
  /** Has the job make the PDF of a paper once the transaction commits. */
  queue(trx: Trx, matter: string, papers: readonly number[]): Promise<void>;
  /** A PDF that is looked at and not kept. Throws `matters_pdf_busy`, `matters_pdf_failed`. */
  show(docx: Buffer): Promise<Buffer>;
}

/** Makes PDFs with a LibreOffice. */
export function pdfMaking(platform: Platform, office: Office): PdfMaking {
  const making = job({
    name: 'matters.pdf',
    schema: z.object({ matter: z.uuid(), paper: z.int() }),
    retries: TRIES - 1,
    run: async ({ matter, paper }, run) => {
      const stop = new AbortController();
      // A worker that stops says so when it is asked; the program is ended with it, and the paper made after the next start.
      const look = setInterval(() => run.stopping && stop.abort(), 200);
      try {
        await render(platform, office, matter, paper, stop.signal);
      } catch (error) {
        if (run.stopping) return;
        await failed(platform, matter, paper, error);
        throw error;
      } finally {
        clearInterval(look);
      }
    },
  });
  return {
    job: making,
    async queue(trx, matter, papers) {
      for (const paper of papers) {
        await withDocuments(trx)
          .insertInto('matterRendition')
          .values({ matter, paper, state: 'waiting', tries: 0, file: null, madeAt: null })
          .execute();
        await platform.jobs.send(making, { matter, paper }, { trx });
      }
    },
    async show(docx) {
      try {
        return await office.pdf(docx);
      } catch (error) {
        if (error instanceof ConvertError && error.busy) throw documentError('matters_pdf_busy');
        platform.log.error({ err: error }, 'a preview could not be made into a PDF');
        throw documentError('matters_pdf_failed');
      }
    },
  };
}

/** Makes the PDF of a paper and keeps it; one that is there stays. No transaction is open while LibreOffice runs. */
async function render(
  { records, files, clock }: Platform,
  office: Office,
  matter: string,
  paper: number,
  signal: AbortSignal,
): Promise<void> {
  const row = await withDocuments(records)
    .selectFrom('matterRendition as r')
    .innerJoin('matterPaper as p', (join) =>
      join.onRef('p.matter', '=', 'r.matter').onRef('p.no', '=', 'r.paper'),
    )
    .innerJoin('matter as m', 'm.id', 'r.matter')
    .innerJoin('storedFile as f', 'f.id', 'p.file')
    .select(['r.state', 'm.number', 'f.sha256', 'f.name'])
    .where('r.matter', '=', matter)
    .where('r.paper', '=', paper)
    .executeTakeFirst();
  if (!row || row.state === 'made') return;
  const docx = await buffer(await files.read(row));
  const bytes = await office.pdf(docx, { signal });
  const now = clock.now();
  await records.transaction().execute(async (trx) => {
    const { state } = await withDocuments(trx)
      .selectFrom('matterRendition')
      .select('state')
      .where('matter', '=', matter)
      .where('paper', '=', paper)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (state === 'made') return;
    const kept = await new Files(files.dir, trx).put(Readable.from([bytes]), {
      ...{ name: row.name.replace(/\.docx$/, '.pdf'), ownerId: null, purpose: PAPER, limit: MOST },
    });
    await withDocuments(trx)
      .updateTable('matterRendition')
      .set({ state: 'made', file: kept.id, madeAt: now })
      .where('matter', '=', matter)
      .where('paper', '=', paper)
      .execute();
    await audit(trx, now, {
      ...{ actor: system, action: 'matters.pdf', objectType: 'matter', objectId: row.number },
      detail: { paper, of: row.sha256, sha256: kept.sha256 },
    });
  });
}

/** Counts a failure; after the last one it is said in the log, and shown. */
async function failed(
  { records, log }: Platform,
  matter: string,
  paper: number,
  error: unknown,
): Promise<void> {
  const row = await withDocuments(records)
    .updateTable('matterRendition')
    .set((e) => ({
      tries: e('tries', '+', 1),
      state: e
        .case()
        .when('tries', '>=', TRIES - 1)
        .then('failed' as const)
        .else('waiting' as const)
        .end(),
    }))
    .where('matter', '=', matter)
    .where('paper', '=', paper)
    .where('state', '!=', 'made')
    .returning(['tries', 'state'])
    .executeTakeFirst();
  if (row?.state === 'failed')
    log.error({ err: error, matter, paper, tries: row.tries }, 'a document was given up: it has no PDF');
}

/** The PDF of a paper; undefined where there is none. */
export async function renditionOf(db: Records, matter: string, paper: number) {
  return withDocuments(db)
    .selectFrom('matterRendition')
    .select(['state', 'file'])
    .where('matter', '=', matter)
    .where('paper', '=', paper)
    .executeTakeFirst();
}
