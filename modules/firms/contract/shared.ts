import * as z from 'zod';
import type { Text } from '#kernel/text';

/** Permission to decide on applications of firms and to change, suspend and end what was granted. */
export const FIRMS_DECIDE = 'firms.decide';
/** Permission to manage the people of one's own firm. */
export const FIRMS_PEOPLE = 'firms.people';
/** Permission to see what one's own firm was granted and has left. */
export const FIRMS_MEMBER = 'firms.member';

/** Roles of a firm's accounts. */
export const FIRM_ROLES = { manager: 'firm-manager', user: 'firm-user' } as const;

/** What a firm can be granted. */
export const FEATURES = ['export', 'batch', 'watches'] as const;
export type Feature = (typeof FEATURES)[number];

/** How a feature is counted: used up in a month or a day of Asia/Shanghai, or had at once. */
export const FEATURE_PERIOD = {
  export: 'month',
  batch: 'day',
  watches: 'at-once',
} as const satisfies Record<Feature, string>;

/** Names of features and of what is counted. */
export const FEATURE_TEXT: Readonly<Record<Feature, { title: Text; unit: Text }>> = {
  export: {
    title: { zh: '检索结果导出', en: 'Downloads of results' },
    unit: { zh: '条/月', en: 'records a month' },
  },
  batch: {
    title: { zh: '号码批量查询', en: 'Batch look-up of numbers' },
    unit: { zh: '个/日', en: 'numbers a day' },
  },
  watches: {
    title: { zh: '监视', en: 'Watches' },
    unit: { zh: '个（同时）', en: 'at once' },
  },
};

/** Bounds of what may be typed; announced by the pages. */
export const FIRM_LIMITS = { seats: 500, quota: 1_000_000_000 } as const;

/** A feature in a list without doubles. */
export const FeatureList = z.array(z.enum(FEATURES)).max(FEATURES.length);

/** A granted feature; `limit` null means that it is counted without a limit. */
export const GrantedFeature = z.object({
  feature: z.enum(FEATURES),
  limit: z.int().min(1).max(FIRM_LIMITS.quota).nullable(),
});
export type GrantedFeature = z.infer<typeof GrantedFeature>;

/** What a firm gets: features each once, seats, and the last day on which it holds. */
export const GrantTerms = z.object({
  features: z
    .array(GrantedFeature)
    .max(FEATURES.length)
    .refine((list) => new Set(list.map((f) => f.feature)).size === list.length, 'each feature once'),
  seats: z.int().min(1).max(FIRM_LIMITS.seats),
  validUntil: z.iso.date(),
});
export type GrantTerms = z.infer<typeof GrantTerms>;

/** A feature with what is used of it. */
export const FeatureState = GrantedFeature.extend({
  used: z.int(),
  /** Null without a limit. */
  left: z.int().nullable(),
  /** First day of the next period; null for what is had at once. */
  resetsOn: z.iso.date().nullable(),
});
export type FeatureState = z.infer<typeof FeatureState>;

/** `expired` is an active grant after its last day. */
export const FirmState = z.enum(['active', 'expired', 'suspended', 'ended']);
export type FirmState = z.infer<typeof FirmState>;

/** A firm with what it was granted. */
export const Firm = z
  .object({
    id: z.uuid(),
    name: z.string(),
    code: z.string(),
    /** Its record among the organisations. */
    organisation: z.uuid(),
    state: FirmState,
    /** Why it was suspended or ended; empty otherwise. */
    stateReason: z.string(),
    features: z.array(FeatureState),
    seats: z.int(),
    /** People who can sign in, its managers among them. */
    active: z.int(),
    validUntil: z.iso.date(),
    grantedAt: z.string(),
    /** Give it back with a change, to notice a colleague's. */
    version: z.int(),
  })
  .meta({ id: 'Firm' });
export type Firm = z.infer<typeof Firm>;

/** An account of a firm. */
export const FirmPerson = z
  .object({
    account: z.string(),
    username: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    manager: z.boolean(),
    active: z.boolean(),
    /** Still has the one-time password: nothing can be used before it is changed. */
    oneTime: z.boolean(),
    lastSignInAt: z.string().nullable(),
    abilities: z.object({ disable: z.boolean(), enable: z.boolean(), password: z.boolean() }),
  })
  .meta({ id: 'FirmPerson' });
export type FirmPerson = z.infer<typeof FirmPerson>;

/** A password that is shown once and stored nowhere. */
export const OneTimePassword = z
  .object({
    account: z.string(),
    username: z.string(),
    name: z.string(),
    password: z.string(),
    /** Whether it went out by mail: null where there is no mail server or no address. */
    mailed: z.boolean().nullable(),
  })
  .meta({ id: 'OneTimePassword' });
export type OneTimePassword = z.infer<typeof OneTimePassword>;

/** What one person used of one feature in one month. */
export const UsageRow = z.object({
  /** `YYYY-MM` */
  month: z.string(),
  account: z.string(),
  name: z.string(),
  username: z.string(),
  export: z.int(),
  batch: z.int(),
});
export type UsageRow = z.infer<typeof UsageRow>;

/** Use by month and person, latest month first, and watches as they are now. */
export const UsageReport = z.object({
  rows: z.array(UsageRow),
  watches: z.array(z.object({ account: z.string(), name: z.string(), username: z.string(), now: z.int() })),
});
export type UsageReport = z.infer<typeof UsageReport>;
