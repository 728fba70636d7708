import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { IndicatorView } from './board.ts';

const year = z.object({ year: z.string().regex(/^\d{4}$/) });
const edition = year.extend({ edition: z.coerce.number().int().min(1) });

/** A frozen year: what the bulletin says, signed. */
export const SnapshotInfo = z
  .object({
    year: z.string(),
    /** 1 for the first freeze, higher after a correction; earlier editions stay. */
    edition: z.int(),
    asOf: z.string(),
    frozenAt: z.string(),
    frozenBy: z.string(),
    publishedAt: z.string().nullable(),
    reason: z.string().nullable(),
    /** SHA-256 of the canonical content. */
    hash: z.string(),
    keyId: z.string(),
    abilities: z.array(z.enum(['publish', 'refreeze'])),
  })
  .meta({ id: 'Snapshot' });
export type SnapshotInfo = z.infer<typeof SnapshotInfo>;

/** One printed row of the bulletin; every text is fixed at the freeze. */
export const BulletinRow = z.object({
  no: z.string(),
  title: z.string(),
  project: z.string(),
  unit: z.string(),
  target: z.string(),
  reported: z.string(),
  measured: z.string(),
  /** Measured minus reported of the same day; missing in editions from before it was printed. */
  difference: z.string().optional(),
  ratio: z.number().nullable(),
  light: z.enum(['met', 'at-risk', 'behind', 'no-data']),
  reason: z.string(),
  lead: z.string(),
});

/** Content of a frozen year. */
export const BulletinContent = z
  .object({
    city: z.string(),
    planTitle: z.string(),
    year: z.string(),
    edition: z.int(),
    asOf: z.string(),
    /** Moment of which the measured figures are known; missing in editions from before it was kept. */
    knownAt: z.string().optional(),
    demo: z.boolean(),
    packHash: z.string(),
    auditHead: z.string(),
    summary: z.object({ total: z.int(), met: z.int(), atRisk: z.int(), behind: z.int(), noData: z.int() }),
    projects: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        total: z.int(),
        met: z.int(),
        atRisk: z.int(),
        behind: z.int(),
        noData: z.int(),
      }),
    ),
    rows: z.array(BulletinRow),
    counties: z.array(
      z.object({
        no: z.string(),
        title: z.string(),
        values: z.array(z.object({ region: z.string(), display: z.string() })),
      }),
    ),
    notes: z.array(z.string()),
    indicators: z.array(IndicatorView),
  })
  .meta({ id: 'Bulletin' });
export type BulletinContent = z.infer<typeof BulletinContent>;

export const listSnapshots = endpoint({
  method: 'GET',
  path: '/api/plan/snapshots',
  summary: 'Frozen years; the public sees published ones',
  access: 'public',
  response: z.object({
    snapshots: z.array(SnapshotInfo),
    /** Years that could be frozen now, with what still stands against it. */
    candidates: z.array(z.object({ year: z.string(), blockers: z.array(z.string()) })),
  }),
});

export const freezeYear = endpoint({
  method: 'POST',
  path: '/api/plan/years/:year/freeze',
  summary: 'Freeze a year into a signed snapshot; again with a reason makes a new edition',
  access: 'plan.freeze',
  params: year,
  body: z.object({ reason: z.string().trim().max(2000).optional(), key: z.string().min(8).max(80) }),
  response: SnapshotInfo,
});

export const publishSnapshot = endpoint({
  method: 'POST',
  path: '/api/plan/snapshots/:year/:edition/publish',
  summary: 'Publish a frozen year',
  access: 'plan.freeze',
  params: edition,
  response: SnapshotInfo,
});

export const getBulletin = endpoint({
  method: 'GET',
  path: '/api/plan/snapshots/:year/:edition',
  summary: 'The bulletin of a frozen year with its signature',
  access: 'public',
  params: edition,
  response: z.object({
    info: SnapshotInfo,
    content: BulletinContent,
    signature: z.object({
      algorithm: z.string(),
      keyId: z.string(),
      publicKey: z.string(),
      value: z.string(),
    }),
    /** Result of checking hash and signature just now. */
    intact: z.boolean(),
  }),
});

export const bulletinDocx = endpoint({
  method: 'GET',
  path: '/api/plan/snapshots/:year/:edition/bulletin.docx',
  summary: 'The bulletin as a Word document',
  access: 'public',
  params: edition,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
});

export const bulletinXlsx = endpoint({
  method: 'GET',
  path: '/api/plan/snapshots/:year/:edition/bulletin.xlsx',
  summary: 'The bulletin as an Excel workbook',
  access: 'public',
  params: edition,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
