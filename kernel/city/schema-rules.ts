import * as z from 'zod';
import { Adcode, Bilingual, CalendarDate, Id, MonthDay, PackPath, Text, Year } from './schema-basics.ts';
import { Contradiction, IndicatorKind } from './schema-indicator.ts';

/** A document or data set that statements of the pack rest on. */
export const SourceDocument = z.strictObject({
  id: Id,
  title: Text,
  /** Who issued it. */
  issuer: Text,
  /** Its number as printed, e.g. 国发〔2015〕71号; null when it has none or none is known. */
  number: Text.nullable(),
  /** Day of issue; null when not known. */
  date: CalendarDate.nullable(),
  /** Public address, when one is printed or known. */
  url: z.url().optional(),
  /** Licence of a data set (SPDX). */
  licence: Text.optional(),
  /** Was it read when the pack was written? */
  read: z.boolean(),
  note: Text.optional(),
});
export type SourceDocument = z.infer<typeof SourceDocument>;

/** city.yaml: who the city is and which files make the pack. */
export const City = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  id: Id,
  name: Bilingual,
  adcode: Adcode,
  province: z.strictObject({ name: Bilingual, adcode: Adcode }),
  /** IANA name, e.g. Asia/Shanghai. */
  timezone: z.string().refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'timezone'),
  /** Names by which an address names the city or its province. */
  address: z.strictObject({
    city: z.array(Text).min(1),
    province: z.array(Text).min(1),
  }),
  /** Files of the pack, relative to its folder. */
  files: z.strictObject({
    plan: PackPath,
    indicators: PackPath,
    departments: PackPath,
    regions: PackPath,
    boundaries: PackPath,
    population: PackPath,
    lights: PackPath,
    calendar: PackPath,
    roles: PackPath,
    reporting: PackPath,
    /** Limits that laws set; without it nobody is offered any. */
    limits: PackPath.optional(),
    /** Sub-portals of counties and parks; without it there are none. */
    portals: PackPath.optional(),
    /** Rules by which rewards are computed; without it there are none. */
    rewards: PackPath.optional(),
  }),
  sources: z.array(SourceDocument).min(1),
  demo: z.strictObject({
    /** Seed of the generated demonstration data: the same seed gives the same data. */
    seed: z.int().min(0).max(4_294_967_295),
  }),
});
export type City = z.infer<typeof City>;

/** A key task (重点任务) within a project. */
export const PlanTask = z.strictObject({
  id: Id,
  /** As printed in the body's table. */
  name: Text,
  /** As printed in the roadmap, where that differs. */
  nameInRoadmap: Text.optional(),
  /** English title. */
  en: Text,
});
export type PlanTask = z.infer<typeof PlanTask>;

/** A project (重大工程). */
export const PlanProject = z.strictObject({
  id: Id,
  /** As printed in the body. */
  name: Text,
  /** As printed in the roadmap, where that differs. */
  nameInRoadmap: Text.optional(),
  /** English title. */
  en: Text,
  tasks: z.array(PlanTask).min(1),
});
export type PlanProject = z.infer<typeof PlanProject>;

/** plan.yaml: the plan's frame. */
export const Plan = z.strictObject({
  id: Id,
  title: Bilingual,
  /** Id of the source document. */
  source: Id,
  /** First day. */
  start: CalendarDate,
  /** Last day. */
  end: CalendarDate,
  /** Years with targets, rising, without a gap. */
  years: z.array(Year).min(1),
  projects: z.array(PlanProject).min(1),
  /** Where the plan disagrees with itself beyond a single row. */
  contradictions: z.array(Contradiction).optional(),
});
export type Plan = z.infer<typeof Plan>;

/** Words in braces that a reason's template may use. */
export const LIGHT_PLACEHOLDERS = [
  'asOf',
  'value',
  'expected',
  'target',
  'year',
  'unit',
  'ratio',
  'stage',
  'required',
  'part',
] as const;

/** The four lights. */
export const Light = z.enum(['met', 'at-risk', 'behind', 'no-data']);
export type Light = z.infer<typeof Light>;

/**
 * A rule that lights an indicator: `ratio` = value ÷ expected (direction down: expected ÷ value; stages: rank ÷ rank).
 */
export const LightRule = z.strictObject({
  id: Id,
  /** Kinds lit by this rule unless the indicator names another; each kind stands in exactly one rule. */
  appliesTo: z.array(IndicatorKind),
  /**
   * What is expected on a day:
   * - `linear`: on the straight line from the year end before (or the baseline) to this year's end; where the first
   *   year has neither, that year's target for the whole year;
   * - `year-end`: this year's own target; for a range its lower end;
   * - `stage`: the stage due at the last year end that has passed, by rank; a year with a number as `year-end`;
   * - `worst-part`: each part by the rule of its own kind, the worst light counts.
   */
  expectation: z.enum(['linear', 'year-end', 'stage', 'worst-part']),
  /** Met when ratio ≥ this. */
  met: z.number().positive(),
  /** At risk when ratio ≥ this and below `met`; behind below it. */
  risk: z.number().positive(),
  /** The rule in words, shown beside the light. */
  text: Bilingual,
  /** Reason shown for each light; words in braces are `LIGHT_PLACEHOLDERS`. */
  reasons: z.strictObject({ met: Bilingual, 'at-risk': Bilingual, behind: Bilingual, 'no-data': Bilingual }),
});
export type LightRule = z.infer<typeof LightRule>;

/** lights.yaml */
export const LightsFile = z.strictObject({ rules: z.array(LightRule).min(1) });

/** A day that departs from the ordinary week, with the feast it belongs to. */
export const SpecialDay = z.strictObject({ date: CalendarDate, name: Bilingual });

/** The holidays of one year according to the State Council's notice. */
export const CalendarYear = z.strictObject({
  year: z.int().min(1949).max(2200),
  /** The notice. */
  notice: z.strictObject({
    /** Number as printed; null when not known. */
    number: Text.nullable(),
    url: z.url().optional(),
    verified: z.boolean(),
  }),
  /** Later notices that changed the year; the days below are those after the change. */
  amendments: z
    .array(
      z.strictObject({ url: z.url().optional(), number: Text.nullable(), note: Text, verified: z.boolean() }),
    )
    .optional(),
  /** Days off. */
  holidays: z.array(SpecialDay),
  /** Days of a weekend that are worked. */
  workdays: z.array(SpecialDay),
});
export type CalendarYear = z.infer<typeof CalendarYear>;

/** calendar.yaml */
export const CalendarFile = z.strictObject({
  /** Id of the source. */
  source: Id,
  /** Last year with a notice: due dates after it are provisional. */
  lastNoticeYear: z.int(),
  years: z.array(CalendarYear).min(1),
});
export type CalendarFile = z.infer<typeof CalendarFile>;

/** A demonstration account. Names of functions, never of persons. */
export const DemoAccount = z.strictObject({
  account: Id,
  label: Bilingual,
  /** Role known to the platform. */
  role: Id,
  /** Organisation it acts for. */
  department: Id.nullable(),
  /** Region it is confined to; null = the whole city. */
  region: Id.nullable(),
});
export type DemoAccount = z.infer<typeof DemoAccount>;

/** roles.yaml */
export const RolesFile = z.strictObject({ accounts: z.array(DemoAccount) });

/** A length of time: working days (`10WD`), days (`15D`) or months (`3M`). */
export const Duration = z.string().regex(/^\d{1,3}(?:WD|D|M)$/, 'duration');

/** A reporting period that returns every year. The city's own arrangement, not law. */
export const ReportingPeriod = z.strictObject({
  /** Code within a year: `H1`; with the year it names a period, `2019-H1`. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{0,3}$/, 'period-code'),
  kind: z.enum(['quarter', 'half-year', 'year']),
  label: Bilingual,
  /** First day, MM-DD. */
  from: MonthDay,
  /** Last day, MM-DD; figures are as of this day. */
  to: MonthDay,
  /** Reporting opens so long after the last day, which is not counted. */
  opens: Duration,
  /** Reports are due so long after the last day, which is not counted. */
  due: Duration,
  /** A due date on a day off moves to the next working day. */
  roll: z.boolean(),
});
export type ReportingPeriod = z.infer<typeof ReportingPeriod>;

/** reporting.yaml */
export const ReportingFile = z.strictObject({
  periods: z.array(ReportingPeriod).min(1),
  /** Who set this arrangement. */
  note: Bilingual,
});
export type ReportingFile = z.infer<typeof ReportingFile>;
