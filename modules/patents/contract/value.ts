import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PATENTS_VALUE } from './permissions.ts';

const Day = z.iso.date();
const Key = z.string().regex(/^[a-z][a-zA-Z0-9-]{1,39}$/);
const Title = z.string().trim().min(1).max(120);
const Number_ = z.string().min(4).max(60);

/** Where a rule stands, and whether somebody read it there. */
export const RuleSource = z.object({ text: z.string(), verified: z.boolean() });

/** An annual fee that comes up; see `value/law.ts`. Yuan without reductions. */
export const FeeDueJson = z.object({
  year: z.int(),
  dueOn: Day,
  graceUntil: Day,
  yuan: z.number().nullable(),
  state: z.enum(['coming', 'grace']),
});
export type FeeDueJson = z.infer<typeof FeeDueJson>;

/** One criterion of 高价值发明专利 and how it is decided. */
export const Criterion = z.discriminatedUnion('kind', [
  /** The IPC lies in an industry. Without classes nobody can say. */
  z.object({
    kind: z.literal('industry'),
    key: Key,
    title: Title,
    classes: z.array(z.string().max(20)).max(5000),
  }),
  /** A member of the family abroad is granted and in force. */
  z.object({ kind: z.literal('overseas'), key: Key, title: Title }),
  /** In force for more than some years, counted from the filing or the grant. */
  z.object({
    kind: z.literal('maintained'),
    key: Key,
    title: Title,
    years: z.int().min(1).max(20),
    from: z.enum(['filing', 'grant']),
  }),
  /** A pledge of at least so many yuan. Without a threshold the pledge is shown and nobody decides. */
  z.object({ kind: z.literal('pledge'), key: Key, title: Title, least: z.number().positive().nullable() }),
  /** An entry of a register of awards names the patent. */
  z.object({
    kind: z.literal('award'),
    key: Key,
    title: Title,
    register: z.string().max(60),
    field: z.string().max(60),
  }),
]);
export type Criterion = z.infer<typeof Criterion>;

/** What a version of the criteria says; a day on which it begins, where it stands, and the criteria. */
export const RuleSetBody = z.object({
  name: Title,
  /** First day on which it holds. */
  from: Day,
  source: z.string().trim().min(1).max(500),
  verified: z.boolean(),
  criteria: z.array(Criterion).min(1).max(20),
});

export type RuleSetBody = z.infer<typeof RuleSetBody>;

/** Criteria as they hold from a day on; a valid invention that meets any is of high value. */
export const RuleSet = RuleSetBody.extend({
  version: z.int(),
  madeAt: z.iso.datetime().nullable(),
  madeBy: z.string().nullable(),
}).meta({ id: 'PatentRuleSet' });
export type RuleSet = z.infer<typeof RuleSet>;

/** What a criterion says of one patent; `holds` null: the data do not say. */
export const CriterionResult = z.object({
  key: Key,
  title: z.string(),
  holds: z.boolean().nullable(),
  /** In words: why, or what is missing. */
  why: z.string(),
  evidence: z.array(z.object({ text: z.string(), number: z.string().nullable(), date: Day.nullable() })),
});
export type CriterionResult = z.infer<typeof CriterionResult>;

/** What can be computed of one patent for a value scheme. */
export const COMPUTED = [
  'remainingYears',
  'claims',
  'offices',
  'forwardCites',
  'backwardCites',
  'scope',
  'deals',
  'survived',
] as const;

/** An indicator at the lowest level: computed through steps (from a value on so many points of 100), or scored by experts. */
export const SchemeIndicator = z.object({
  key: Key,
  title: Title,
  /** Level 1 and level 2 above it. */
  group: z.enum(['legal', 'technical', 'economic']),
  section: Title,
  computed: z.enum(COMPUTED).nullable(),
  steps: z.array(z.object({ from: z.number(), points: z.number().min(0).max(100) })).max(20),
  /** How an expert scores it; '' where it is computed. */
  guidance: z.string().trim().max(1000),
});
export type SchemeIndicator = z.infer<typeof SchemeIndicator>;

/** What a version of a scheme says. */
export const ValueSchemeBody = z
  .object({
    name: Title,
    from: Day,
    source: z.string().trim().min(1).max(500),
    verified: z.boolean(),
    indicators: z.array(SchemeIndicator).min(1).max(200),
    /** Scenarios, each with a weight for every indicator; they add up to 1. */
    scenarios: z
      .array(z.object({ key: Key, title: Title, weights: z.record(Key, z.number().min(0).max(1)) }))
      .min(1)
      .max(20),
    /** Grades from so many points on, best first. */
    grades: z
      .array(z.object({ grade: z.string().min(1).max(4), from: z.number().min(0).max(100) }))
      .min(1)
      .max(10),
  })
  .superRefine((scheme, context) => {
    const keys = new Set(scheme.indicators.map((i) => i.key));
    if (keys.size < scheme.indicators.length)
      context.addIssue({ code: 'custom', path: ['indicators'], message: '指标代码重复 duplicate keys' });
    for (const [i, indicator] of scheme.indicators.entries())
      if (indicator.computed !== null && indicator.steps.length === 0)
        context.addIssue({
          code: 'custom',
          path: ['indicators', i, 'steps'],
          message: '计算指标缺少分档 no steps',
        });
    for (const [i, { weights }] of scheme.scenarios.entries()) {
      const sum = Object.values(weights).reduce((a, b) => a + b, 0);
      if (Math.abs(sum - 1) > 0.001)
        context.addIssue({
          code: 'custom',
          path: ['scenarios', i, 'weights'],
          message: `权重之和应为 1，现为 ${sum.toFixed(3)} (weights must add up to 1)`,
        });
      for (const key of Object.keys(weights))
        if (!keys.has(key))
          context.addIssue({
            code: 'custom',
            path: ['scenarios', i, 'weights', key],
            message: '没有这个指标 no such indicator',
          });
    }
  });

export type ValueSchemeBody = z.infer<typeof ValueSchemeBody>;

/** A tree of indicators with weights by scenario, in the shape of GB/T 42748-2023: three levels, computed and by experts. */
export const ValueScheme = z
  .object({ version: z.int(), madeAt: z.iso.datetime().nullable(), madeBy: z.string().nullable() })
  .and(ValueSchemeBody)
  .meta({ id: 'PatentValueScheme' });
export type ValueScheme = z.infer<typeof ValueScheme>;

/** Points of one patent in one scenario. */
export const Score = z.object({
  scenario: z.string(),
  scenarioTitle: z.string(),
  /** 0 to 100 over the indicators that are known; null where none is. */
  points: z.number().nullable(),
  grade: z.string().nullable(),
  /** Weight of the indicators that are known, 0 to 1. */
  known: z.number(),
  items: z.array(
    z.object({
      key: Key,
      title: z.string(),
      group: z.enum(['legal', 'technical', 'economic']),
      section: z.string(),
      weight: z.number(),
      /** What was measured; null where an expert scores or the data do not say. */
      raw: z.number().nullable(),
      points: z.number().nullable(),
      /** `missing`: no expert scored it yet; `no-data`: it is computed, and the data do not say. */
      by: z.enum(['computed', 'expert', 'missing', 'no-data']),
    }),
  ),
});
export type Score = z.infer<typeof Score>;

/** Quality indicators of OECD (Squicciarini, Dernis, Criscuolo 2013), normalised within field and filing year. */
export const QualityJson = z.object({
  cohort: z.object({ field: z.int().nullable(), title: z.string(), year: z.int(), size: z.int() }).nullable(),
  items: z.array(
    z.object({
      key: z.enum([
        'scope',
        'family',
        'claims',
        'backward',
        'npl',
        'forward5',
        'forward7',
        'grantLag',
        'generality',
        'originality',
        'radicalness',
        'renewal',
      ]),
      /** Null where the data do not say. */
      raw: z.number().nullable(),
      /** 99th percentile of the cohort, to which values are cut; null for what needs no cohort. */
      top: z.number().nullable(),
      /** 0 to 1; null where it cannot be said. */
      value: z.number().nullable(),
    }),
  ),
  /** Mean of forward citations (5 years), family, claims, generality; and with backward citations and grant lag. */
  composite4: z.number().nullable(),
  composite6: z.number().nullable(),
  /** Forward citations among the top 1 % of the cohort. */
  breakthrough: z.boolean().nullable(),
  notes: z.array(z.string()),
});
export type QualityJson = z.infer<typeof QualityJson>;

/** A sum that somebody assessed (`economic`) or paid (`price`): two things, and neither is the policy value. */
export const Amount = z.object({
  id: z.uuid(),
  kind: z.enum(['economic', 'price']),
  yuan: z.number(),
  asOf: Day,
  method: z.string(),
  source: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  struckAt: z.iso.datetime().nullable(),
  struckReason: z.string().nullable(),
});
export type Amount = z.infer<typeof Amount>;

/** Value of one patent: three fields that are never one. */
export const PatentValue = z
  .object({
    number: z.string(),
    asOf: Day,
    term: z.object({ endsOn: Day, years: z.int(), source: RuleSource }).nullable(),
    fees: z.array(FeeDueJson),
    feeSources: z.array(RuleSource),
    /** Policy value: 高价值发明专利. `met` null: no criterion holds, and at least one cannot be decided. */
    policy: z.object({
      ruleSet: RuleSet.omit({ criteria: true }),
      met: z.boolean().nullable(),
      why: z.string(),
      criteria: z.array(CriterionResult),
    }),
    /** Economic value: points by scenario, and sums that were assessed. */
    economic: z.object({
      scheme: z.object({ version: z.int(), name: z.string(), source: z.string(), verified: z.boolean() }),
      scores: z.array(Score),
      amounts: z.array(Amount),
    }),
    /** Prices that were paid. */
    prices: z.array(Amount),
    quality: QualityJson,
    mayAssess: z.boolean(),
  })
  .meta({ id: 'PatentValue' });
export type PatentValue = z.infer<typeof PatentValue>;

export const getPatentValue = endpoint({
  method: 'GET',
  path: '/api/patents/:number/value',
  summary: 'Term, fees, policy value, economic value and price of a patent, with the evidence',
  access: 'public',
  params: z.object({ number: Number_ }),
  query: z.object({ asOf: Day.optional() }),
  response: PatentValue,
});

export const assessPatent = endpoint({
  method: 'POST',
  path: '/api/patents/:number/assessments',
  summary:
    'Scores of an expert (0 to 100) for indicators that are not computed; later scores stand in for earlier ones',
  access: PATENTS_VALUE,
  params: z.object({ number: Number_ }),
  body: z.object({
    scores: z.record(Key, z.number().min(0).max(100)),
    reason: z.string().trim().min(2).max(1000),
  }),
  response: PatentValue,
});

export const addAmount = endpoint({
  method: 'POST',
  path: '/api/patents/:number/amounts',
  summary: 'Record an assessed sum or a price that was paid',
  access: PATENTS_VALUE,
  params: z.object({ number: Number_ }),
  body: z.object({
    kind: z.enum(['economic', 'price']),
    yuan: z.number().positive().max(1e13),
    asOf: Day,
    method: z.string().trim().min(1).max(200),
    source: z.string().trim().min(1).max(500),
  }),
  response: PatentValue,
});

export const strikeAmount = endpoint({
  method: 'POST',
  path: '/api/patents/amounts/:id/strike',
  summary: 'Strike out a sum that was recorded wrongly; it stays to be seen',
  access: PATENTS_VALUE,
  params: z.object({ id: z.uuid() }),
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  response: z.object({ ok: z.literal(true) }),
});

/** What stands beside a list of dated rules: the day by which the page tells which one holds, and what the asker may do. */
const ListedOn = z.object({ today: Day, abilities: z.object({ add: z.boolean() }) });

export const listRuleSets = endpoint({
  method: 'GET',
  path: '/api/patents/value/rule-sets',
  summary: 'Criteria of high-value patents, newest first',
  access: 'public',
  response: ListedOn.extend({ ruleSets: z.array(RuleSet) }),
});

export const addRuleSet = endpoint({
  method: 'POST',
  path: '/api/patents/value/rule-sets',
  summary: 'Add criteria that hold from a day on; earlier ones stay for earlier days',
  access: PATENTS_VALUE,
  body: RuleSetBody,
  response: RuleSet,
});

export const listSchemes = endpoint({
  method: 'GET',
  path: '/api/patents/value/schemes',
  summary: 'Schemes of value indicators, newest first',
  access: 'public',
  response: ListedOn.extend({ schemes: z.array(ValueScheme) }),
});

export const addScheme = endpoint({
  method: 'POST',
  path: '/api/patents/value/schemes',
  summary: 'Add a scheme of indicators and weights that holds from a day on',
  access: PATENTS_VALUE,
  body: ValueSchemeBody,
  response: ValueScheme,
});
