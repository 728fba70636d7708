import type { Answers } from '#kernel/conditions';
import type { Records, Trx } from '#kernel/records';
import type { Lang, Text } from '#kernel/text';
import type { Definition } from './definitions.ts';
import { matterError } from './errors.ts';
import { withMatters } from './tables.ts';

/** Purpose under which files of matters are kept: they are handed out by the matter alone. */
export const PAPER = 'matter-paper';

/** A paper as a step names it. */
export interface GivenPaper {
  what: string;
  /** Null where the office has it on paper. */
  file: string | null;
}

/** A paper that was taken, with its place in the matter. */
export interface TakenPaper {
  no: number;
  what: string;
  file: string | null;
  sha256: string | null;
  /** Official number and code, of what the platform made. */
  number: string | null;
  code: string | null;
  /** Version of the template with which it was made, of what the platform made; zero is the platform's own form. */
  template: number | null;
}

/** What belongs to a step: materials that an applicant hands in, and documents of the procedure. */
export function papersFor(
  { item, form }: Definition,
  action: string,
  answers: Answers,
): { id: string; title: Text; required: boolean; makes: boolean }[] {
  const materials = form
    .materials(action, answers)
    .map(({ material, required }) => ({ id: material.id, title: material.title, required, makes: false }));
  // An application is what was answered and its materials: no document is asked for besides.
  if (action === form.opening) return materials;
  const known = new Set(materials.map(({ id }) => id));
  const step = item.actions.find(({ id }) => id === action)!;
  const documents = step.documents
    .filter((id) => !known.has(id))
    .map((id) => {
      const { title, mark } = item.documents.find((one) => one.id === id)!;
      return { id, title, required: false, makes: mark !== undefined };
    });
  const ends = item.states.some(({ id, end }) => end && id === step.to);
  const party = item.roles.some(({ id, side }) => side === 'party' && id === step.by);
  // Who corrects something, or goes on, may hand in again what was wanting.
  const again =
    party && !ends
      ? item.materials
          .filter(({ id, byForm }) => !byForm && !known.has(id) && !step.documents.includes(id))
          .map(({ id, title }) => ({ id, title, required: false, makes: false }))
      : [];
  return [...materials, ...documents, ...again];
}

/**
 * Checks the papers of a step: each is one that belongs to it, its file has been received, and none that is required is missing.
 * @param onPaper may a paper be noted without a file?
 */
export async function checkPapers(
  db: Records | Trx,
  given: readonly GivenPaper[],
  belonging: ReturnType<typeof papersFor>,
  onPaper: boolean,
  lang: Lang,
): Promise<Omit<TakenPaper, 'no'>[]> {
  const missing = belonging.filter(({ id, required }) => required && !given.some(({ what }) => what === id));
  if (missing.length > 0)
    throw matterError(
      'matters_material',
      {
        count: missing.length,
        titles: missing.map(({ title }) => title.zh).join('、'),
        titles_en: missing.map(({ title }) => title.en).join(', '),
      },
      missing.map(({ id, title }) => ({
        ...{ path: `/body/materials/${id}`, code: 'required', message: title[lang] },
      })),
    );
  const titles = new Map(belonging.map(({ id, title }) => [id, title]));
  const ids = given.flatMap(({ file }) => (file ? [file] : []));
  const files = ids.length
    ? await (db as Records)
        .selectFrom('storedFile')
        .select(['id', 'sha256'])
        .where('id', 'in', ids)
        .where('purpose', '=', PAPER)
        .execute()
    : [];
  const hashes = new Map(files.map(({ id, sha256 }) => [id, sha256]));
  return given.map(({ what, file }) => {
    const title = titles.get(what);
    if (!title) throw matterError('matters_paper', { what: what.slice(0, 60) });
    const named = { title: title.zh, title_en: title.en };
    if (file === null) {
      if (!onPaper) throw matterError('matters_on_paper', named);
      return { what, file, sha256: null, number: null, code: null, template: null };
    }
    const sha256 = hashes.get(file);
    if (!sha256) throw matterError('matters_file', named);
    return { what, file, sha256, number: null, code: null, template: null };
  });
}

/** A paper by its number. */
export function paperOf(db: Records | Trx, matter: string, no: number) {
  return withMatters(db as Records)
    .selectFrom('matterPaper')
    .selectAll()
    .where('matter', '=', matter)
    .where('no', '=', no)
    .executeTakeFirst();
}

/** Gives papers their numbers behind those that the matter has. */
export async function numbered(
  db: Records | Trx,
  matter: string,
  papers: readonly Omit<TakenPaper, 'no'>[],
): Promise<TakenPaper[]> {
  const { last } = await withMatters(db as Records)
    .selectFrom('matterPaper')
    .select((e) => e.fn.max<number | null>('no').as('last'))
    .where('matter', '=', matter)
    .executeTakeFirstOrThrow();
  return papers.map((paper, i) => ({ ...paper, no: (last ?? 0) + i + 1 }));
}

/** Stores papers as those of an entry of the log. */
export async function storePapers(
  trx: Trx,
  matter: string,
  seq: number,
  papers: readonly TakenPaper[],
): Promise<void> {
  if (papers.length === 0) return;
  await withMatters(trx)
    .insertInto('matterPaper')
    .values(
      papers.map(({ no, what, file, number, code, template }) => ({
        ...{ matter, no, seq, struck: null, what, file, number, code, template },
      })),
    )
    .execute();
}
