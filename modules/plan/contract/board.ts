import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD');
const text = z.object({ zh: z.string(), en: z.string() });

/** 1–48 for rows of the table, `G1`… for goals that stand outside it. */
export const IndicatorNo = z.union([z.int(), z.string()]);

/** ● met, ▲ at-risk, ■ behind, ○ no-data. */
export const Light = z.enum(['met', 'at-risk', 'behind', 'no-data']);
export type Light = z.infer<typeof Light>;

/** A target at a year's end: a number, both ends of a range, or null where the plan gives no number. */
export const TargetValue = z.union([z.number(), z.object({ min: z.number(), max: z.number() }), z.null()]);
export type TargetValue = z.infer<typeof TargetValue>;

/** A department as the plan printed it, as it was called on the date asked for, and who answers today. */
export const DepartmentRef = z
  .object({
    id: z.string(),
    /** Name on the plan's date. */
    calledThen: z.string(),
    /** Who answers now, after mergers and renamings; the same department where nothing changed. */
    answersNow: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'DepartmentRef' });

/** One half of a quotient: a measure, or `population`, the residents as the city pack gives them. */
const MeasuredTerm = z.object({ measure: z.string(), value: z.number().nullable(), facts: z.number() });

/**
 * A figure computed by a module; `facts` is the number of rows behind it. What is optional is missing in years that were
 * frozen before it existed.
 */
export const Measured = z
  .object({
    value: z.number().nullable(),
    /** Id of the measure; of a quotient that of its numerator. */
    measure: z.string(),
    facts: z.number(),
    note: z.string().optional(),
    /** The two figures that were divided, and what the quotient was multiplied with. */
    ratio: z.object({ of: MeasuredTerm, per: MeasuredTerm, scale: z.number() }).nullable().optional(),
    /** In a frozen year the moment of which the figure is known; null = as known now. */
    knownAt: z.string().nullable().optional(),
    /** The figure as known now, where it differs from the one known at the freeze. */
    now: z
      .object({
        value: z.number().nullable(),
        facts: z.number(),
        /** Rows behind the denominator, where there is one. */
        perFacts: z.number().nullable(),
      })
      .nullable()
      .optional(),
  })
  .meta({ id: 'Measured' });

/** An accepted report as it counts on the date asked for. */
export const Reported = z
  .object({
    /** The number; for a range its lower end; for a milestone the rank of the stage. */
    value: z.number().nullable(),
    /** Upper end, where a range was reported. */
    max: z.number().nullable(),
    stage: z.object({ id: z.string(), label: z.string(), rank: z.int() }).nullable(),
    /** Period it was reported for, e.g. `2019-H1`. */
    period: z.string(),
    /** Last day of that period: the figure is as of this day. */
    asOf: date,
    /** city: reported for the city; counties: made from the counties' reports by the indicator's rule. */
    origin: z.enum(['city', 'counties']),
    /** How many counties reported of how many that should; only for `counties`. */
    coverage: z.object({ reported: z.int(), expected: z.int() }).nullable(),
  })
  .meta({ id: 'Reported' });

/** One number of a composite row, judged by itself. */
export const PartView = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z.string(),
    unit: z.string(),
    decimals: z.int(),
    targets: z.record(z.string(), TargetValue),
    measured: Measured.nullable(),
    reported: Reported.nullable(),
    /** Which of both lit the light; missing in years frozen before parts were measured. */
    basis: z.enum(['measured', 'reported']).nullable().optional(),
    expected: z.number().nullable(),
    light: Light,
    reason: z.string(),
  })
  .meta({ id: 'IndicatorPart' });

/** One row of the board. */
export const IndicatorView = z
  .object({
    no: IndicatorNo,
    title: z.string(),
    fullTitle: z.string(),
    project: z.string(),
    task: z.string().nullable(),
    kind: z.enum(['cumulative', 'stock', 'share', 'rate', 'range', 'floor', 'milestone', 'composite']),
    direction: z.enum(['up', 'down']),
    unit: z.string().nullable(),
    decimals: z.int(),
    targets: z.record(z.string(), TargetValue),
    /** Stage demanded at each year's end, for milestones. */
    stages: z.record(z.string(), z.string().nullable()),
    printed: z.record(z.string(), z.string().nullable()),
    lead: z.array(DepartmentRef),
    assist: z.array(DepartmentRef),
    measured: Measured.nullable(),
    reported: Reported.nullable(),
    /** Which of both lit the light; of a composite what lit all its parts. */
    basis: z.enum(['measured', 'reported']).nullable(),
    /** What should be there on the date asked for; null where the plan demands no number. */
    expected: z.number().nullable(),
    light: Light,
    reason: z.string(),
    /** The plan contradicts itself about this row. */
    contradictory: z.boolean(),
    /** Years of a merged cell are not certain. */
    uncertain: z.boolean(),
    parts: z.array(PartView).optional(),
  })
  .meta({ id: 'Indicator' });
export type IndicatorView = z.infer<typeof IndicatorView>;

const ScopeQuery = z.object({
  /** The date the board speaks of; default: today, or the plan's last day once that is past. */
  asOf: date.optional(),
  /** Region id or any code it ever had, e.g. 320612 or 320683; absent: the whole city. */
  region: z.string().max(40).optional(),
});

/** The plan's frame: everything that does not depend on a date. */
export const PlanFrame = z
  .object({
    id: z.string(),
    city: text,
    title: text,
    start: date,
    end: date,
    years: z.array(z.string()),
    defaultAsOf: date,
    today: date,
    /** True where the figures are generated for demonstration. */
    demo: z.boolean(),
    projects: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        nameInRoadmap: z.string().nullable(),
        en: z.string(),
        tasks: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            nameInRoadmap: z.string().nullable(),
            en: z.string(),
          }),
        ),
      }),
    ),
    departments: z.array(z.object({ id: z.string(), name: z.string() })),
    counties: z.array(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
    lightRules: z.array(z.object({ id: z.string(), kinds: z.array(z.string()), text })),
    publishedYears: z.array(z.string()),
    source: z.object({
      title: z.string(),
      issuer: z.string(),
      number: z.string().nullable(),
      date: date.nullable(),
    }),
  })
  .meta({ id: 'PlanFrame' });
export type PlanFrame = z.infer<typeof PlanFrame>;

/** The plan without figures. */
export const getPlan = endpoint({
  method: 'GET',
  path: '/api/plan',
  summary: 'The plan: projects, key tasks, departments, counties, light rules',
  access: 'public',
  response: PlanFrame,
});

/** Where the plan stands on a date. */
export const listIndicators = endpoint({
  method: 'GET',
  path: '/api/plan/indicators',
  summary: 'All indicators with targets, measured and reported values and lights on a date',
  access: 'public',
  query: ScopeQuery,
  response: z.object({
    asOf: date,
    region: z.string().nullable(),
    /** Something the reader should know about the date or region, e.g. that the plan had not begun. */
    note: z.string().nullable(),
    indicators: z.array(IndicatorView),
  }),
});

/** One value of a curve; `period` names the reporting period of a reported one. */
export const SeriesPoint = z.object({
  date,
  value: z.number().nullable(),
  max: z.number().nullable().optional(),
  period: z.string().optional(),
});

/** An accepted report as the public sees it. */
export const PublicReport = z
  .object({
    id: z.string(),
    period: z.string(),
    /** `city` or a region id. */
    scope: z.string(),
    scopeName: z.string(),
    /** Department or county that reported, as it was called then. */
    reporter: z.string(),
    display: z.string(),
    explanation: z.string(),
    files: z.array(z.object({ id: z.string(), name: z.string() })),
    acceptedAt: z.string(),
    /** Earlier accepted values that were corrected, newest first, with the reason of the correction. */
    corrected: z.array(z.object({ display: z.string(), reason: z.string(), at: z.string() })),
  })
  .meta({ id: 'PublicReport' });

/** A measure as pages name it. */
const MeasureInfo = z.object({ id: z.string(), title: z.string(), unit: z.string(), rule: z.string() });

const Difference = z.object({
  asOf: date,
  measured: z.number(),
  reported: z.number(),
  difference: z.number(),
});

/** Everything about one indicator. */
export const IndicatorDetail = IndicatorView.extend({
  bodyTitle: z.string().nullable(),
  printedIn: z.string(),
  projectName: z.string(),
  taskName: z.string().nullable(),
  departmentsAsPrinted: z.object({
    lead: z.string().nullable(),
    assist: z.string().nullable(),
    rows: z.string(),
  }),
  stageList: z.array(z.object({ id: z.string(), label: z.string(), rank: z.int() })),
  spans: z.array(
    z.object({ from: z.string(), years: z.array(z.string()), certain: z.boolean(), note: z.string() }),
  ),
  contradictions: z.array(
    z.object({
      kind: z.string(),
      printed: z.array(z.object({ where: z.string(), text: z.string() })),
      curated: z.string(),
      note: z.string(),
    }),
  ),
  floors: z.array(z.string()),
  rule: z.object({
    version: z.int(),
    text: z.string(),
    from: date,
    basis: z.enum(['official', 'curated']),
    verified: z.boolean(),
  }),
  lightRule: z.object({ id: z.string(), text }),
  county: z.object({ reports: z.boolean(), rule: z.string(), note: z.string() }),
  /** What the indicator, or each of its parts, is measured by; empty where nothing is measured. */
  measures: z.array(
    z.object({
      part: z.string().nullable(),
      of: MeasureInfo,
      /** What it is divided by. */
      per: MeasureInfo.nullable(),
      scale: z.number(),
      since: date.nullable(),
      note: z.string(),
    }),
  ),
  baseline: z.object({ value: z.number(), at: date, note: z.string() }).nullable(),
  /** Measured and reported figure on the same day, and how far they are apart. */
  difference: Difference.nullable(),
  /** The same for the parts that are measured and reported. */
  partDifferences: z.array(Difference.extend({ part: z.string() })),
  /** Curves: measured at quarter ends, reported at period ends; one entry per part, or one with part null. */
  series: z.array(
    z.object({
      part: z.string().nullable(),
      measured: z.array(SeriesPoint),
      reported: z.array(SeriesPoint),
    }),
  ),
  /** County figures on the date, where counties report. */
  counties: z.array(
    z.object({ region: z.string(), name: z.string(), reported: Reported.nullable(), display: z.string() }),
  ),
  reports: z.array(PublicReport),
}).meta({ id: 'IndicatorDetail' });
export type IndicatorDetail = z.infer<typeof IndicatorDetail>;

/** One indicator on a date. */
export const getIndicator = endpoint({
  method: 'GET',
  path: '/api/plan/indicators/:no',
  summary: 'One indicator: curves, reports, departments then and now, rule, contradictions',
  access: 'public',
  params: z.object({ no: z.string().max(4) }),
  query: ScopeQuery,
  response: IndicatorDetail,
});

/** The rows behind a measured figure. */
export const listFacts = endpoint({
  method: 'GET',
  path: '/api/plan/indicators/:no/facts',
  summary: 'The rows that a measured figure counted',
  access: 'public',
  params: z.object({ no: z.string().max(4) }),
  query: ScopeQuery.extend({
    /** Part of a composite row. */
    part: z.string().max(60).optional(),
    /** Of a quotient: what is divided, or what it is divided by. */
    side: z.enum(['of', 'per']).default('of'),
    /** In a frozen year: the rows as known at the freeze, or as known now. */
    known: z.enum(['then', 'now']).default('then'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  response: z.object({
    asOf: date,
    measure: z.string(),
    title: z.string(),
    rule: z.string(),
    /** Moment of which the rows are known; null = as known now. */
    knownAt: z.string().nullable(),
    total: z.int(),
    columns: z.array(
      z.object({ id: z.string(), title: z.string(), kind: z.enum(['text', 'date', 'number']) }),
    ),
    rows: z.array(
      z.object({
        id: z.string(),
        href: z.string().nullable(),
        cells: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** The public part of the plan as open data. */
export const openDataCsv = endpoint({
  method: 'GET',
  path: '/api/plan/open-data/indicators.csv',
  summary: 'The board as CSV (UTF-8 with BOM)',
  access: 'public',
  query: ScopeQuery,
  response: z.string(),
  produces: 'text/csv',
});

/** The public part of the plan as open data. */
export const openDataJson = endpoint({
  method: 'GET',
  path: '/api/plan/open-data/indicators.json',
  summary: 'The board as JSON',
  access: 'public',
  query: ScopeQuery,
  response: z.string(),
  produces: 'application/json',
});

/** Catalogue entry of the open data. */
export const openDataCatalogue = endpoint({
  method: 'GET',
  path: '/api/plan/open-data/catalogue.jsonld',
  summary: 'DCAT-AP catalogue entry (JSON-LD)',
  access: 'public',
  response: z.string(),
  produces: 'application/ld+json',
});
