import { shanghaiToday } from '#kernel/calendar/date';
import type { EndpointResponse } from '#kernel/http/contract';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Records } from '#kernel/records';
import { directory } from '#modules/parties/server/index';
import type { matterLog } from '../../contract.ts';
import { officeName } from '../catalog/portals.ts';
import { publicationHash, publicationsIn } from '../publications/publication.ts';
import type { Fed } from '../registers/feed.ts';
import { lastStamp } from '../stamps/shown.ts';
import type { MatterContext } from './context.ts';
import { messageHash, messagesIn } from './correspondence.ts';
import { coursesOf, type Era, eraAt } from './eras.ts';
import { type FoundMatter, type MatterFile, officeAt } from './file.ts';
import { isIntact } from './log.ts';
import { ratingOf } from './rating.ts';
import { sightOf } from './seen.ts';
import { isOffice } from './standing.ts';
import { type LogRow, withMatters } from './tables.ts';
import { roleOf } from './view.ts';

/** The log as it is handed out; what officers write among themselves is theirs alone. */
export async function logView(
  ctx: MatterContext,
  db: Records,
  found: FoundMatter,
): Promise<EndpointResponse<typeof matterLog>> {
  const { log, eras, row, parties, transfers, standing } = found;
  const { courses } = coursesOf(eras, log);
  const sight = sightOf(found);
  let step = -1;
  const shown = log.map((entry) => ({ entry, step: entry.kind === 'step' ? ++step : step }));
  const papers = await withMatters(db)
    .selectFrom('matterPaper')
    .select(['no', 'what', 'seq'])
    .where('matter', '=', row.id)
    .execute();
  const visible = new Set(papers.filter((one) => sight.paper(one, log[one.seq - 1])).map(({ no }) => no));
  const names = await directory(ctx.platform).lookup();
  const ofOffice = isOffice(standing);
  /** Which body did it, where more than one had the matter and it was no party. */
  const officeOf = (entry: LogRow) => {
    const { item } = eraAt(eras, entry.seq).definition;
    const side = item.roles.find(({ id }) => id === entry.role)?.side ?? 'office';
    if (transfers.length === 0 || !['office', 'head'].includes(side) || entry.kind === 'reckoned')
      return null;
    if (entry.kind === 'rated') return null;
    return officeName(names, officeAt(row.department, transfers, entry.seq), shanghaiToday(entry.at));
  };
  const concerns = ({ kind, content }: LogRow) => kind !== 'struck' || visible.has(content.paper!);
  return {
    entries: shown
      .filter(({ entry }) => sight.entry(entry) && concerns(entry))
      .map(({ entry, step: place }) => {
        const { item, procedure } = eraAt(eras, entry.seq).definition;
        const action = item.actions.find(({ id }) => id === entry.action);
        const role = item.roles.find(({ id }) => id === entry.role);
        const { content } = entry;
        const party = parties.find(({ no }) => no === content.party);
        const named = party && sight.party(party.no) ? party : undefined;
        // Who applied at the counter, or before parties had numbers.
        const applicant = entry.role === parties[0]?.role && sight.party(1) ? parties[0].name : '';
        const own = entry.kind === 'step' ? (named?.name ?? applicant) : '';
        return {
          ...{ seq: entry.seq, kind: entry.kind, at: entry.at.toISOString(), on: entry.onDay },
          title: action?.title ?? null,
          by: {
            role: role ? { title: role.title, side: role.side } : null,
            // A party learns the office, not the officer.
            name: (ofOffice && entry.actorName) || own,
            agent: entry.kind === 'step' && (named?.actsFor ?? null) !== null,
          },
          recorded: entry.recorded,
          state: entry.kind === 'step' && action?.to !== undefined ? courses[place]!.state.title : null,
          note: sight.note(entry) ? content.note : '',
          handler: ofOffice ? (content.handler?.name ?? null) : null,
          paper: content.paper ?? null,
          transfer: content.office
            ? {
                from: officeName(names, content.office.from, entry.onDay!),
                to: officeName(names, content.office.to, entry.onDay!),
                basis: sight.note(entry) ? (content.basis ?? '') : '',
              }
            : null,
          version: versionOf(eras, entry, sight.note(entry)),
          office: officeOf(entry),
          party:
            entry.kind !== 'step' && named
              ? { no: named.no, name: named.name, role: roleOf(found, named.role) }
              : null,
          panel: (content.panel ?? []).map(({ name, part }) => ({ name, part })),
          asked: content.asked ?? null,
          how: content.how ?? null,
          score: content.score ?? null,
          reward: sight.note(entry) ? (content.reward ?? null) : null,
          fed: ofOffice ? (content.fed ?? []).map((one) => fedView(ctx, one)) : [],
          papers: content.papers.flatMap(({ no }) => (visible.has(no) ? [no] : [])),
          dues: content.dues
            .filter(({ clock }) => sight.clock(clock))
            .map(({ clock, ...rest }) => ({
              clock: procedure.limitOf(clock).step,
              ...rest,
            })),
          ...{ rules: content.rules, hash: entry.hash },
        };
      }),
    intact: log.length === row.version && isIntact(log) && (await fitsLog(db, found)),
    // What was stamped later is the other office’s.
    stamped: standing.past ? null : await lastStamp(db, row.id),
  };
}

/** An entry that was proposed to a register, with the register's name. */
function fedView({ platform: { pack } }: MatterContext, { register, no, why }: Fed) {
  const title = pack.registers.find(({ id }) => id === register)?.title ?? { zh: register, en: register };
  return { register: title, no, why: why ?? null };
}

/** From which version of the item to which a matter was moved with an entry. */
function versionOf(eras: readonly Era[], { seq, content }: LogRow, told: boolean) {
  if (!content.definition) return null;
  const of = (at: number) => eraAt(eras, at).definition.item.from;
  return { from: of(seq - 1), to: of(seq), basis: told ? (content.basis ?? '') : '' };
}

/** Do the answers and papers that are shown have the hashes that the log holds? Answers that law had erased are not missed. */
async function fitsLog(db: Records, { row, log }: MatterFile): Promise<boolean> {
  const answers = await withMatters(db)
    .selectFrom('matterAnswers')
    .selectAll()
    .where('matter', '=', row.id)
    .where('seq', '<=', row.version)
    .execute();
  const known = await ratingOf(db, row.id);
  const rating = known && known.seq <= row.version ? known : undefined;
  const sealed = await withMatters(db)
    .selectFrom('matterVault')
    .selectAll()
    .where('matter', '=', row.id)
    .where('seq', '<=', row.version)
    .execute();
  const publications = await publicationsIn(db, row.id);
  const messages = await messagesIn(db, row.id);
  const papers = await withMatters(db)
    .selectFrom('matterPaper as p')
    .leftJoin('storedFile as f', 'f.id', 'p.file')
    .select(['p.no', 'f.sha256'])
    .where('p.matter', '=', row.id)
    .where('p.seq', '<=', row.version)
    .execute();
  const noted = new Map(
    log.flatMap(({ content }) => content.papers.map(({ no, sha256: hash }) => [no, hash])),
  );
  return (
    answers.every(
      ({ seq, salt, answers: said }) =>
        log[seq - 1]?.content.answers === sha256(`${salt}\n${canonicalJson(said)}`),
    ) &&
    (!rating ||
      (log[rating.seq - 1]?.content.score === rating.score &&
        log[rating.seq - 1]?.content.words === (rating.words === '' ? undefined : sha256(rating.words)))) &&
    sealed.every(({ seq, sealed: text }) => log[seq - 1]?.content.sealed === sha256(text)) &&
    messages.every((one) => one.seq > row.version || log[one.seq - 1]?.content.words === messageHash(one)) &&
    publications.every((one) =>
      [one.prepared, one.released].every(
        (seq) =>
          seq === null || seq > row.version || log[seq - 1]?.content.publication === publicationHash(one),
      ),
    ) &&
    papers.length === noted.size &&
    papers.every(({ no, sha256: hash }) => noted.get(no) === hash)
  );
}
