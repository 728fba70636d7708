import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit, QueryDialect } from '#modules/patents/contract';
import { Cursor, Id, Kept, PageSize, Version } from './shared.ts';

/** What is watched: a query, a saved query as it stands, an applicant, a class, the publications of a collection. */
export const WATCH_KINDS = ['query', 'saved', 'applicant', 'class', 'collection'] as const;
export const WatchKind = z.enum(WATCH_KINDS);
export type WatchKind = z.infer<typeof WatchKind>;

/** How its owner is told: at once, in a digest each morning or each Monday, or only on the page and in feeds. */
export const WatchNotice = z.enum(['each', 'daily', 'weekly', 'none']);
export type WatchNotice = z.infer<typeof WatchNotice>;

export const ALERT_KINDS = ['fresh', 'changed', 'gone'] as const;
export const AlertKind = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof AlertKind>;

/** A watch of the account. */
export const Watch = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: WatchKind,
    q: z.string(),
    dialect: QueryDialect.nullable(),
    filter: z.string(),
    /** What is asked, in full; '' for a collection. */
    reading: z.string(),
    subject: z.string(),
    /** Name of the saved query or collection. */
    of: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    active: z.boolean(),
    notice: WatchNotice,
    /** Everything up to this version of the corpus was looked at; `behind` versions are not yet. */
    seenVersion: z.int(),
    behind: z.int(),
    unread: z.int(),
    /** Why it could not be run; it catches up once that is mended. */
    error: z.string().nullable(),
    lastAt: z.iso.datetime().nullable(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'WorkbenchWatch' });
export type Watch = z.infer<typeof Watch>;

/** What a watch found in one batch of an import. */
export const WatchRun = z
  .object({
    id: z.uuid(),
    watch: z.uuid(),
    fromVersion: z.int(),
    toVersion: z.int(),
    fresh: z.int(),
    changed: z.int(),
    gone: z.int(),
    at: z.iso.datetime(),
    read: z.boolean(),
  })
  .meta({ id: 'WorkbenchWatchRun' });
export type WatchRun = z.infer<typeof WatchRun>;

const settings = z.object({
  name: z.string().trim().min(1).max(100),
  notice: WatchNotice.default('each'),
});

export const listWatches = endpoint({
  method: 'GET',
  path: '/api/workbench/watches',
  summary: "The account's watches with unread alerts",
  access: 'signed-in',
  response: z.object({ watches: z.array(Watch), unread: z.int(), corpusVersion: z.int() }),
});

/** Exactly what its kind needs: `q`/`filter`, `saved`, `subject` or `collection`. It begins with the present content. */
export const createWatch = endpoint({
  method: 'POST',
  path: '/api/workbench/watches',
  summary: 'Watch a query, a saved query, an applicant, a class or a collection',
  access: 'signed-in',
  body: settings.extend({
    kind: WatchKind,
    ...Kept.shape,
    subject: z.string().trim().max(300).default(''),
    saved: z.uuid().optional(),
    collection: z.uuid().optional(),
  }),
  response: Watch,
});

export const getWatch = endpoint({
  method: 'GET',
  path: '/api/workbench/watches/:id',
  summary: 'One watch',
  access: 'signed-in',
  params: Id,
  response: Watch,
});

/** A watch that was paused begins again with the present content: what changed meanwhile is not told. */
export const changeWatch = endpoint({
  method: 'PUT',
  path: '/api/workbench/watches/:id',
  summary: 'Rename a watch, pause it, or change how it tells',
  access: 'signed-in',
  params: Id,
  body: settings.extend({ active: z.boolean(), version: Version }),
  response: Watch,
});

export const deleteWatch = endpoint({
  method: 'DELETE',
  path: '/api/workbench/watches/:id',
  summary: 'Delete a watch with its alerts',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});

export const listRuns = endpoint({
  method: 'GET',
  path: '/api/workbench/watches/:id/runs',
  summary: 'What a watch found, batch by batch, latest first',
  access: 'signed-in',
  params: Id,
  query: z.object({ cursor: Cursor, limit: PageSize }),
  response: z.object({ runs: z.array(WatchRun), next: z.string().nullable() }),
});

export const listAlerts = endpoint({
  method: 'GET',
  path: '/api/workbench/runs/:id/alerts',
  summary: 'New, changed and gone publications of one run',
  access: 'signed-in',
  params: Id,
  query: z.object({ kind: AlertKind.optional(), cursor: Cursor, limit: PageSize }),
  response: z.object({
    run: WatchRun,
    alerts: z.array(z.object({ kind: AlertKind, number: z.string(), hit: PatentHit.nullable() })),
    next: z.string().nullable(),
  }),
});

/** Without `run` all of the watch. */
export const readRuns = endpoint({
  method: 'POST',
  path: '/api/workbench/watches/:id/read',
  summary: 'Mark alerts as read or unread',
  access: 'signed-in',
  params: Id,
  body: z.object({ run: z.uuid().optional(), read: z.boolean().default(true) }),
  response: z.object({ unread: z.int() }),
});
