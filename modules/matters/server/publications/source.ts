import { readFile } from 'node:fs/promises';
import { docxParagraphs } from '#kernel/office/paragraphs';
import type { Records } from '#kernel/records';
import type { MatterContext } from '../matters/context.ts';
import { withMatters } from '../matters/tables.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Longest plain text that is read, in bytes. */
const LONGEST = 1024 ** 2;

/** The text of a paper, a line for each paragraph; null for scans and whatever else holds no text that can be read. */
export async function paperText(
  { platform }: MatterContext,
  matter: string,
  no: number,
): Promise<string | null> {
  const file = await withMatters(platform.records as Records)
    .selectFrom('matterPaper as p')
    .innerJoin('storedFile as f', 'f.id', 'p.file')
    .select(['f.sha256', 'f.mediaType', 'f.size'])
    .where('p.matter', '=', matter)
    .where('p.no', '=', no)
    .executeTakeFirst();
  if (!file) return null;
  const path = platform.files.pathOf(file.sha256);
  if (file.mediaType === DOCX) return (await docxParagraphs(path))?.join('\n') ?? null;
  if (!file.mediaType.startsWith('text/plain') || Number(file.size) > LONGEST) return null;
  return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n').trim();
}
