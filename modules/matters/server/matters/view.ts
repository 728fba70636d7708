import { shanghaiToday } from '#kernel/calendar/date';
import type { Answers } from '#kernel/conditions';
import { showField } from '#kernel/fields/show';
import type { EndpointResponse } from '#kernel/http/contract';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Records, Trx } from '#kernel/records';
import type { Text } from '#kernel/text';
import { directory } from '#modules/parties/server/index';
import type { getMatter, matterLog } from '../../contract.ts';
import { clockView, possibleView } from '../course/answer.ts';
import { answersOf } from './answers.ts';
import type { MatterContext } from './context.ts';
import type { MatterFile } from './file.ts';
import { isIntact } from './log.ts';
import { officersOf } from './officers.ts';
import { papersFor } from './papers.ts';
import { applicantRole, mayAct, type Standing } from './standing.ts';
import { withMatters } from './tables.ts';

type View = EndpointResponse<typeof getMatter>;
type Found = MatterFile & { standing: Standing };

/** What a paper or a step of the form is called. */
function titleOf({ definition: { item } }: MatterFile, what: string): Text {
  return (
    [...item.documents, ...item.materials].find(({ id }) => id === what)?.title ?? { zh: what, en: what }
  );
}

/** A matter as its asker may see it. */
export async function matterView(ctx: MatterContext, db: Records | Trx, found: Found): Promise<View> {
  const { row, definition, course, standing } = found;
  const { item, procedure } = definition;
  const today = ctx.platform.clock.today();
  const names = await directory(ctx.platform).lookup();
  const name = names.departmentName(row.department, today);
  const ifUsed = new Set(item.clocks.filter((clock) => clock.ifUsed).map(({ id }) => id));
  const answers = await answersOf(db, row.id);
  const next = procedure.possible(course, today).map((possible) => {
    const { action } = possible;
    const how = mayAct(item, standing, item.roles.find(({ id }) => id === action.by)!);
    const papers = papersFor(definition, action.id, answers).map((paper) => ({
      ...paper,
      to: item.documents.find(({ id }) => id === paper.id)?.to === 'other' ? '' : row.name,
    }));
    return { ...possibleView(item, possible), mine: how !== null, recorded: how === 'recorded', papers };
  });
  return {
    number: row.number,
    item: { id: item.id, title: item.title, from: item.from, to: item.to },
    department: {
      id: row.department,
      name: name ? { zh: name.zh, en: name.en } : { zh: row.department, en: row.department },
    },
    ...{ name: row.name, subject: row.subject, version: row.version },
    ...{ openedOn: row.openedOn, openedAt: row.openedAt.toISOString() },
    ...{ state: course.state.title, endedOn: row.endedOn },
    handler: standing.reads ? await handlerOf(db, row.handler) : null,
    officers: standing.reads ? await officersOf(ctx, db, [row.department]) : [],
    today,
    code: standing.applicant ? row.code : null,
    form: await formView(ctx, found, answers),
    papers: await papersOf(db, found),
    clocks: course.runs.map((run) => {
      const due = procedure.due(run);
      const view = clockView(ctx.catalog, run, due, today, ifUsed.has(run.clock));
      const proof = due.proof.map((day) => ({ ...day, to: day.to ?? null, name: day.name ?? null }));
      return { ...view, name: view.limit.step, basis: view.limit.basis, proof };
    }),
    next,
    abilities: {
      act: next
        .filter(({ mine, notBefore }) => mine && (notBefore === null || notBefore <= today))
        .map(({ id }) => id),
      assign: standing.reads && row.endedOn === null,
      strike: standing.handles,
    },
  };
}

async function handlerOf(db: Records | Trx, id: string | null): Promise<View['handler']> {
  if (!id) return null;
  const user = await withMatters(db as Records)
    .selectFrom('auth.user')
    .select(['id', 'name'])
    .where('id', '=', id)
    .executeTakeFirst();
  return user ?? null;
}

/** What was answered, by field in the order of the form. */
async function formView(ctx: MatterContext, { row, definition }: MatterFile, answers: Answers) {
  const lookup = await directory(ctx.platform).lookup();
  const shown = {
    regionName: (id: string, lang: 'zh' | 'en') => lookup.regionAt(id, row.openedOn)?.at.name[lang] ?? null,
    references: new Map<string, string>(),
    fileNames: new Map<string, string>(),
  };
  return definition.form.model.fields.flatMap((field) => {
    const value = answers[field.key];
    if (value === undefined) return [];
    const text = (lang: 'zh' | 'en') => showField(field, value, shown, lang).text;
    return [{ key: field.key, label: field.label, text: { zh: text('zh'), en: text('en') } }];
  });
}

async function papersOf(db: Records | Trx, file: Found): Promise<View['papers']> {
  const { row, definition, log } = file;
  const rows = await withMatters(db as Records)
    .selectFrom('matterPaper as p')
    .leftJoin('storedFile as f', 'f.id', 'p.file')
    .select([
      'p.no',
      'p.seq',
      'p.struck',
      'p.what',
      'p.number',
      'p.code',
      'f.name',
      'f.size',
      'f.mediaType',
      'f.sha256',
    ])
    .where('p.matter', '=', row.id)
    .orderBy('p.no')
    .execute();
  return rows.map(({ no, seq, struck, what, number, code, name, size, mediaType, sha256 }) => {
    const came = log[seq - 1]!;
    const { title, side } = definition.item.roles.find(({ id }) => id === came.role)!;
    const out = struck === null ? null : log[struck - 1]!;
    return {
      ...{ no, title: titleOf(file, what), by: { title, side }, on: came.onDay!, number, code },
      file:
        // What was struck out stays readable for the office alone.
        (struck !== null && !file.standing.reads) ||
        name === null ||
        size === null ||
        mediaType === null ||
        sha256 === null
          ? null
          : { name, size: Number(size), mediaType, sha256 },
      struck: out && {
        reason: out.content.note,
        on: shanghaiToday(out.at),
        by: file.standing.reads ? out.actorName : '',
      },
    };
  });
}

/** The log as it is handed out; what officers write among themselves is theirs alone. */
export async function logView(db: Records, found: Found): Promise<EndpointResponse<typeof matterLog>> {
  const { log, definition, steps, row, standing } = found;
  const { item, procedure } = definition;
  const courses = procedure.trace(steps, steps.length);
  let step = -1;
  return {
    entries: log.map((entry) => {
      if (entry.kind === 'step') step += 1;
      const action = item.actions.find(({ id }) => id === entry.action);
      const role = item.roles.find(({ id }) => id === entry.role);
      const { content } = entry;
      const own = entry.role === applicantRole(item);
      return {
        ...{ seq: entry.seq, kind: entry.kind, at: entry.at.toISOString(), on: entry.onDay },
        title: action?.title ?? null,
        by: {
          role: role ? { title: role.title, side: role.side } : null,
          // The applicant learns the office, not the officer.
          name: standing.reads ? entry.actorName || (own ? row.name : '') : own ? row.name : '',
        },
        recorded: entry.recorded,
        state: entry.kind === 'step' && action?.to !== undefined ? courses[step]!.state.title : null,
        note: entry.kind === 'assigned' && !standing.reads ? '' : content.note,
        handler: standing.reads ? (content.handler?.name ?? null) : null,
        paper: content.paper ?? null,
        papers: content.papers.map(({ no }) => no),
        dues: content.dues.map(({ clock, ...rest }) => ({
          clock: procedure.limitOf(clock).step,
          ...rest,
        })),
        ...{ rules: content.rules, hash: entry.hash },
      };
    }),
    intact: log.length === row.version && isIntact(log) && (await fitsLog(db, found)),
  };
}

/** Do the answers and papers that are shown have the hashes that the log holds? Answers that law had erased are not missed. */
async function fitsLog(db: Records, { row, log }: MatterFile): Promise<boolean> {
  const answers = await withMatters(db)
    .selectFrom('matterAnswers')
    .selectAll()
    .where('matter', '=', row.id)
    .execute();
  const papers = await withMatters(db)
    .selectFrom('matterPaper as p')
    .leftJoin('storedFile as f', 'f.id', 'p.file')
    .select(['p.no', 'f.sha256'])
    .where('p.matter', '=', row.id)
    .execute();
  const noted = new Map(
    log.flatMap(({ content }) => content.papers.map(({ no, sha256: hash }) => [no, hash])),
  );
  return (
    answers.every(
      ({ seq, salt, answers: said }) =>
        log[seq - 1]?.content.answers === sha256(`${salt}\n${canonicalJson(said)}`),
    ) &&
    papers.length === noted.size &&
    papers.every(({ no, sha256: hash }) => noted.get(no) === hash)
  );
}
