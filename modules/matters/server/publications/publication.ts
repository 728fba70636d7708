import type { Selectable } from 'kysely';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Records, Trx } from '#kernel/records';
import type { PUBLICATION_STATES } from '../../contract.ts';
import type { FoundMatter, MatterFile } from '../matters/file.ts';
import { type MatterTables, withMatters } from '../matters/tables.ts';

/** A stored preparation with what became of it. */
export type PublicationRow = Selectable<MatterTables['matterPublication']>;
/** How far a publication is. */
export type PublicationState = (typeof PUBLICATION_STATES)[number];

/** What is published of a preparation, in the shape whose SHA-256 the log holds. */
export function publicationText(of: Pick<PublicationRow, 'title' | 'summary' | 'body' | 'ends' | 'paper'>) {
  return { title: of.title, summary: of.summary, body: of.body, ends: of.ends, paper: of.paper };
}

/** SHA-256 of what is published: what the log holds. */
export function publicationHash(of: Parameters<typeof publicationText>[0]): string {
  return sha256(canonicalJson(publicationText(of)));
}

/** Everything that was prepared in a matter, first to last. */
export function publicationsIn(db: Records | Trx, matter: string): Promise<PublicationRow[]> {
  return withMatters(db as Records)
    .selectFrom('matterPublication')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('prepared')
    .execute();
}

/** How far a publication is on a day. */
export function stateOf(row: PublicationRow, today: string): PublicationState {
  if (row.replacedBy !== null) return 'replaced';
  if (row.down !== null) return 'down';
  if (row.returned !== null) return 'returned';
  if (row.released === null) return 'prepared';
  return row.until !== null && row.until < today ? 'over' : 'public';
}

/** The last preparation of a matter. */
export function newestOf(db: Records | Trx, matter: string): Promise<PublicationRow | undefined> {
  return withMatters(db as Records)
    .selectFrom('matterPublication')
    .selectAll()
    .where('matter', '=', matter)
    .orderBy('prepared', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What of a matter stands in public: released, not taken down, its time not over. */
export function standingOf(
  db: Records | Trx,
  matter: string,
  today: string,
): Promise<PublicationRow | undefined> {
  return withMatters(db as Records)
    .selectFrom('matterPublication')
    .selectAll()
    .where('matter', '=', matter)
    .where('released', 'is not', null)
    .where('down', 'is', null)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .orderBy('prepared', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Papers whose text an item lets be published, the newest first; what was struck out is none. */
export function publishable(
  db: Records | Trx,
  { row, definition: { item } }: MatterFile,
): Promise<{ no: number; what: string; seq: number; number: string | null }[]> {
  if (!item.publication) return Promise.resolve([]);
  return withMatters(db as Records)
    .selectFrom('matterPaper')
    .select(['no', 'what', 'seq', 'number'])
    .where('matter', '=', row.id)
    .where('what', 'in', [...item.publication.documents])
    .where('struck', 'is', null)
    .orderBy('no', 'desc')
    .execute();
}

/** What of a matter is public, or on its way there, as its page shows it; a party sees what everybody sees. */
export async function publicationView(db: Records | Trx, found: FoundMatter, today: string) {
  const { row, definition, standing } = found;
  const { publication } = definition.item;
  if (!publication) return null;
  const shown = await standingOf(db, row.id, today);
  if (!standing.reads)
    return shown ? { id: shown.id, state: 'public' as const, ...daysOf(shown), ends: [] } : null;
  const newest = await newestOf(db, row.id);
  if (!newest && (await publishable(db, found)).length === 0) return null;
  return newest
    ? { id: newest.id, state: stateOf(newest, today), ...daysOf(newest), ends: toldBy(found) }
    : { id: null, state: null, on: null, until: null, ends: [] };
}

/** Steps that bring it down, with what the office says of it. */
function toldBy({ definition: { item } }: MatterFile): string[] {
  const parties = new Set(item.roles.flatMap(({ id, side }) => (side === 'party' ? [id] : [])));
  return item.publication!.withdrawn.filter(
    (step) => !parties.has(item.actions.find(({ id }) => id === step)!.by),
  );
}

const daysOf = ({ releasedOn, until }: PublicationRow) => ({ on: releasedOn, until });
