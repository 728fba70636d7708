import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD');
const periodId = z.string().regex(/^\d{4}-[A-Z][A-Z0-9]{0,3}$/, 'e.g. 2019-H1');
/** `city` or a region id. */
const scope = z.string().min(1).max(40);

/** What is reported: exactly the fields that the indicator's kind asks for; the server checks. */
export const ReportBody = z
  .object({
    value: z.number().nullable().default(null),
    range: z.object({ min: z.number(), max: z.number() }).nullable().default(null),
    parts: z.record(z.string(), z.number().nullable()).nullable().default(null),
    stage: z.string().max(60).nullable().default(null),
    /** Denominator reported with a county's figure where the city's is a weighted mean of them. */
    weight: z.number().positive().nullable().default(null),
    explanation: z.string().max(5000).default(''),
    /** Ids of evidence files. */
    files: z.array(z.string()).max(20).default([]),
  })
  .meta({ id: 'ReportBody' });
export type ReportBody = z.infer<typeof ReportBody>;

/** States of a report. Draft is not one: drafts are kept apart until they are submitted. */
export const ReportState = z.enum(['submitted', 'returned', 'accepted']);

/** A reporting period. */
export const Period = z
  .object({
    id: periodId,
    year: z.string(),
    label: z.object({ zh: z.string(), en: z.string() }),
    from: date,
    to: date,
    due: date,
    /** True where the due date rests on a year whose holidays are not announced yet. */
    provisional: z.boolean(),
    /** How the due date follows, day by day. */
    proof: z.array(
      z.object({ date, kind: z.string(), name: z.string().nullable(), counted: z.int().nullable() }),
    ),
    state: z.enum(['planned', 'open', 'closed', 'frozen']),
    submitted: z.int(),
    accepted: z.int(),
    returned: z.int(),
    expected: z.int(),
    abilities: z.array(z.enum(['open', 'close', 'remind', 'freeze'])),
  })
  .meta({ id: 'Period' });
export type Period = z.infer<typeof Period>;

export const listPeriods = endpoint({
  method: 'GET',
  path: '/api/plan/periods',
  summary: 'Reporting periods with due dates and progress',
  access: 'public',
  response: z.object({ periods: z.array(Period) }),
});

export const openPeriod = endpoint({
  method: 'POST',
  path: '/api/plan/periods/:id/open',
  summary: 'Open a period for reporting',
  access: 'plan.periods',
  params: z.object({ id: periodId }),
  body: z.object({ due: date.optional() }),
  response: Period,
});

export const closePeriod = endpoint({
  method: 'POST',
  path: '/api/plan/periods/:id/close',
  summary: 'Close a period; drafts stay, nothing more is accepted',
  access: 'plan.periods',
  params: z.object({ id: periodId }),
  response: Period,
});

export const remindPeriod = endpoint({
  method: 'POST',
  path: '/api/plan/periods/:id/remind',
  summary: 'Remind everybody whose report is missing or was returned',
  access: 'plan.periods',
  params: z.object({ id: periodId }),
  response: z.object({ reminded: z.int(), missing: z.int() }),
});

/** One thing an officer has to report. */
export const ReportTask = z
  .object({
    no: z.union([z.int(), z.string()]),
    title: z.string(),
    project: z.string(),
    kind: z.string(),
    unit: z.string().nullable(),
    period: periodId,
    periodLabel: z.object({ zh: z.string(), en: z.string() }),
    scope,
    scopeName: z.string(),
    due: date,
    /** Days until due, negative when overdue. */
    daysLeft: z.int(),
    /** Why this account has to report: which department or county, and how it came to answer for it. */
    why: z.string(),
    state: z.enum(['open', 'draft', 'submitted', 'returned', 'accepted']),
    reportId: z.string().nullable(),
    returnedReason: z.string().nullable(),
    draftHolder: z.string().nullable(),
    draftSavedAt: z.string().nullable(),
  })
  .meta({ id: 'ReportTask' });
export type ReportTask = z.infer<typeof ReportTask>;

export const listTasks = endpoint({
  method: 'GET',
  path: '/api/plan/tasks',
  summary: 'What this account has to report, most urgent first',
  access: 'plan.report',
  query: z.object({ period: periodId.optional(), all: z.coerce.boolean().optional() }),
  response: z.object({ tasks: z.array(ReportTask) }),
});

/** One entry of a report's history. */
export const ReportLogEntry = z.object({
  at: z.string(),
  action: z.enum(['submitted', 'returned', 'accepted', 'corrected', 'handed-over']),
  by: z.string(),
  reason: z.string().nullable(),
  display: z.string().nullable(),
});

/** A report with everything that happened to it. */
export const ReportView = z
  .object({
    id: z.string(),
    no: z.union([z.int(), z.string()]),
    title: z.string(),
    period: periodId,
    scope,
    scopeName: z.string(),
    state: ReportState,
    version: z.int(),
    body: ReportBody,
    /** The value in words, e.g. `24.3 件` or `5家／50家`. */
    display: z.string(),
    files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number(), mediaType: z.string() })),
    submittedBy: z.string(),
    submittedAt: z.string(),
    /** Measured figure on the period's last day, to compare with; null where none is measured. */
    measured: z.number().nullable(),
    /** The same for the parts of a composite that are measured. */
    measuredParts: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        unit: z.string(),
        decimals: z.int(),
        measured: z.number().nullable(),
      }),
    ),
    log: z.array(ReportLogEntry),
    abilities: z.array(z.enum(['accept', 'return', 'correct', 'resubmit'])),
  })
  .meta({ id: 'Report' });
export type ReportView = z.infer<typeof ReportView>;

/** What a form needs: what is asked, what was said before, and the draft. */
export const ReportForm = z
  .object({
    no: z.union([z.int(), z.string()]),
    title: z.string(),
    fullTitle: z.string(),
    kind: z.string(),
    unit: z.string().nullable(),
    decimals: z.int(),
    rule: z.string(),
    period: Period.pick({ id: true, label: true, from: true, to: true, due: true, state: true }),
    scope,
    scopeName: z.string(),
    why: z.string(),
    target: z.string().nullable(),
    parts: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        unit: z.string(),
        decimals: z.int(),
        target: z.string().nullable(),
        /** Measured on the period's last day; null where the part is not measured. */
        measured: z.number().nullable(),
      }),
    ),
    stages: z.array(z.object({ id: z.string(), label: z.string(), rank: z.int() })),
    asks: z.array(z.enum(['value', 'range', 'parts', 'stage', 'weight'])),
    measured: z.number().nullable(),
    /** The last accepted value of the same scope, for comparison. */
    previous: z.object({ period: periodId, display: z.string() }).nullable(),
    draft: z
      .object({
        body: ReportBody,
        version: z.int(),
        savedAt: z.string(),
        holder: z.string(),
        mine: z.boolean(),
        files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number() })),
      })
      .nullable(),
    report: ReportView.nullable(),
    /** Colleagues who could take over. */
    colleagues: z.array(z.object({ id: z.string(), name: z.string() })),
    abilities: z.array(z.enum(['save', 'submit', 'hand-over'])),
  })
  .meta({ id: 'ReportForm' });
export type ReportForm = z.infer<typeof ReportForm>;

const formParams = z.object({ no: z.string().max(4), period: periodId, scope });

export const getForm = endpoint({
  method: 'GET',
  path: '/api/plan/forms/:no/:period/:scope',
  summary: 'The form of one report with its draft',
  access: 'plan.report',
  params: formParams,
  response: ReportForm,
});

export const saveDraft = endpoint({
  method: 'PUT',
  path: '/api/plan/forms/:no/:period/:scope/draft',
  summary: 'Save the draft; 409 with the newer one when somebody else saved meanwhile',
  access: 'plan.report',
  params: formParams,
  body: z.object({ body: ReportBody, version: z.int().min(0) }),
  response: z.object({ version: z.int(), savedAt: z.string() }),
});

export const handOverDraft = endpoint({
  method: 'POST',
  path: '/api/plan/forms/:no/:period/:scope/hand-over',
  summary: 'Hand the draft to a colleague',
  access: 'plan.report',
  params: formParams,
  body: z.object({ to: z.string() }),
  response: z.object({ holder: z.string() }),
});

export const submitReport = endpoint({
  method: 'POST',
  path: '/api/plan/reports',
  summary: 'Submit a report; the same key twice makes one report',
  access: 'plan.report',
  body: z.object({
    no: z.union([z.int(), z.string().max(4)]),
    period: periodId,
    scope,
    body: ReportBody,
    /** Made by the client once per intended submission. */
    key: z.string().min(8).max(80),
  }),
  response: ReportView,
});

export const listReports = endpoint({
  method: 'GET',
  path: '/api/plan/reports',
  summary: 'Reports: all for the plan office, their own for officers',
  access: 'plan.report.read',
  query: z.object({
    period: periodId.optional(),
    state: ReportState.optional(),
    no: z.string().max(4).optional(),
    scope: z.string().optional(),
    page: z.coerce.number().int().min(1).default(1),
    size: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    total: z.int(),
    reports: z.array(ReportView.omit({ log: true, files: true, body: true, measuredParts: true })),
  }),
});

export const getReport = endpoint({
  method: 'GET',
  path: '/api/plan/reports/:id',
  summary: 'One report with its history',
  access: 'plan.report.read',
  params: z.object({ id: z.uuid() }),
  response: ReportView,
});

export const acceptReport = endpoint({
  method: 'POST',
  path: '/api/plan/reports/:id/accept',
  summary: 'Accept a submitted report',
  access: 'plan.review',
  params: z.object({ id: z.uuid() }),
  body: z.object({ version: z.int() }),
  response: ReportView,
});

export const returnReport = endpoint({
  method: 'POST',
  path: '/api/plan/reports/:id/return',
  summary: 'Return a submitted report with a reason',
  access: 'plan.review',
  params: z.object({ id: z.uuid() }),
  body: z.object({ version: z.int(), reason: z.string().trim().min(2).max(2000) }),
  response: ReportView,
});

export const correctReport = endpoint({
  method: 'POST',
  path: '/api/plan/reports/:id/correct',
  summary: 'Correct an accepted report; the old value stays visible',
  access: 'plan.review',
  params: z.object({ id: z.uuid() }),
  body: z.object({ version: z.int(), body: ReportBody, reason: z.string().trim().min(2).max(2000) }),
  response: ReportView,
});
