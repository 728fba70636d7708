import * as z from 'zod';
import { MASK_RULES } from '../privacy/mask-text.ts';
import { Bilingual, CalendarDate, Id, Text } from './schema-basics.ts';
import { FieldKey, RecordSchema } from './schema-fields.ts';
import { itemGuide } from './schema-item-guide.ts';
import { DueRuleText } from './schema-limits.ts';

/** Where the law says it. */
export const ItemBasis = z.strictObject({
  /** Id of a law of limits.yaml. */
  law: Id,
  /** Article as printed, e.g. 第二十条. */
  article: Text,
  /** Was the article itself read? Otherwise a person confirms it before relying on it. */
  verified: z.boolean(),
});
export type ItemBasis = z.infer<typeof ItemBasis>;

const basis = z.array(ItemBasis).default([]);

/** What stands before year and number: 通知公开收 in 通知公开收〔2026〕12号. */
const Mark = z.string().regex(/^\p{Script=Han}{2,12}$/u, 'item-mark');

/** Who takes part, as the procedure calls them. */
export const ItemRole = z.strictObject({
  id: Id,
  title: Bilingual,
  /** A party of the matter, the office that has it, its head who approves, a court, or another body. */
  side: z.enum(['party', 'office', 'head', 'court', 'body']),
  /** Several officers who decide together (合议组): the head names them, and then nobody else takes its steps. */
  panel: z.boolean().optional(),
});
export type ItemRole = z.infer<typeof ItemRole>;

/** A clock that runs during a matter: how long and by which article stands in limits.yaml. */
export const ItemClock = z.strictObject({
  id: Id,
  /** Id of a limit of limits.yaml. */
  limit: Id,
  /** Only counts for what is done: where its step is not needed, nothing is late (7 days to ask for corrections). */
  ifUsed: z.boolean().default(false),
});
export type ItemClock = z.infer<typeof ItemClock>;

/** A paper that goes in or out. */
export const ItemDocument = z.strictObject({
  id: Id,
  /** Its official name. */
  title: Bilingual,
  /** 代字 of its numbers; the platform makes and numbers documents that have one, others are only attached. */
  mark: Mark.optional(),
  /** To whom it is written; whoever writes it says so where it is not the applicant. */
  to: z.enum(['applicant', 'other']).default('applicant'),
});
export type ItemDocument = z.infer<typeof ItemDocument>;

/** Where a matter stands. The first state of an item is the one before anything was done. */
export const ItemState = z.strictObject({
  id: Id,
  title: Bilingual,
  /** Does a matter end here? */
  end: z.boolean().default(false),
});
export type ItemState = z.infer<typeof ItemState>;

/** What somebody may do in some states, and what follows from it. */
export const ItemAction = z.strictObject({
  id: Id,
  title: Bilingual,
  /** Id of the role that does it. */
  by: Id,
  /** States in which it may be done. */
  from: z.array(Id).min(1),
  /** The state that follows; without it the matter stays where it is. */
  to: Id.optional(),
  /** Is it the office's alone? Then no party sees it, nor what only it starts, nor what comes with it; guide and flow chart show it. */
  internal: z.boolean().optional(),
  /** May it be done once only in a matter? */
  once: z.boolean().default(false),
  /** Ids of the actions that were done before; only for one that leads nowhere, such as correcting what was published. */
  needs: z.array(Id).optional(),
  /** Only once these clocks, those of them that run, have run out; what it starts counts from the last day of them. */
  after: z.array(Id).default([]),
  /** Clocks within which it is to be done: it is what they wait for, and ends them. */
  meets: z.array(Id).default([]),
  /** Clocks that begin, end for another reason, stand still, go on, or are given more time. */
  starts: z.array(Id).default([]),
  stops: z.array(Id).default([]),
  pauses: z.array(Id).default([]),
  resumes: z.array(Id).default([]),
  extends: z.array(Id).default([]),
  /** Which of the limit's extensions is granted, counted from 1; the ones before it were granted already. */
  extension: z.int().min(1).max(9).default(1),
  /** Papers that are handed in or go out with it. */
  documents: z.array(Id).default([]),
  /** On which grounds or condition. */
  when: Bilingual.optional(),
  basis,
});
export type ItemAction = z.infer<typeof ItemAction>;

/** What an applicant hands in. */
export const ItemMaterial = z.strictObject({
  id: Id,
  title: Bilingual,
  form: z.enum(['original', 'copy', 'either']),
  copies: z.int().min(1).max(20).default(1),
  necessity: z.enum(['required', 'conditional']),
  /** When a conditional one is needed. */
  when: Bilingual.optional(),
  /** Made by the applicant, or issued by somebody else. */
  source: z.enum(['applicant', 'issued']),
  /** By whom, where it is issued. */
  issuer: Bilingual.optional(),
  /** Addresses of a blank form (空白表) and of one that is filled in (样表), and how to fill it in (填报须知). */
  blank: Text.optional(),
  sample: Text.optional(),
  hint: Bilingual.optional(),
  /** How the office judges it: the standard by which it is taken. */
  standard: Bilingual,
  /** Condition in CEL over the form's fields under which a conditional one is required; without it the applicant decides. */
  if: Text.optional(),
  /** Id of the action with which it is handed in; without it the one that opens a matter. */
  at: Id.optional(),
  /** The form itself is this paper: who applies online does not hand it in besides. */
  byForm: z.boolean().default(false),
  basis,
});
export type ItemMaterial = z.infer<typeof ItemMaterial>;

/** What is asked of whoever opens a matter. */
export const ItemForm = z.strictObject({
  schema: RecordSchema,
  /** Field with the name of the applicant. */
  name: FieldKey,
  /** Field that says in a line what it is about. */
  subject: FieldKey,
  /** Field → condition in CEL over the other fields: asked only where it holds. */
  asks: z.record(FieldKey, Text).default({}),
  /**
   * Fields that say who somebody is and are kept in the vault: whoever opens them gives a reason, and it is logged. The name of the
   * applicant may then be left out.
   */
  secret: z.array(FieldKey).default([]),
  /** Fields with the number of a right or the like: the office sees which other matters of the item have the same one. */
  alike: z.array(FieldKey).default([]),
  /** Other items of which a matter is opened with the same answers, where the condition in CEL holds: each then runs on its own. */
  also: z.array(z.strictObject({ item: Id, if: Text })).default([]),
});
export type ItemForm = z.infer<typeof ItemForm>;

/** What of a matter everybody may read: prepared by an officer, released by the head with a step, and for how long. */
export const ItemPublication = z.strictObject({
  /** Ids of the head's steps with which it is released, the first time or as a correction. */
  steps: z.array(Id).min(1),
  /** Ids of the documents whose text is published. */
  documents: z.array(Id).min(1),
  /** Ids of the steps with which it comes down. */
  withdrawn: z.array(Id).default([]),
  /** Ids of the limits of which one says for how long it stands, from the day of its release; none where no rule ends it. */
  ends: z.array(Id).default([]),
  /** What is masked in it. */
  mask: z.array(z.enum(MASK_RULES)).min(1),
  basis: z.array(ItemBasis).min(1),
});
export type ItemPublication = z.infer<typeof ItemPublication>;

/** A reward that is computed by rule: an officer proposes it, a head grants it. */
export const ItemReward = z.strictObject({
  /** Id of the officer's step with which it is computed. */
  propose: Id,
  /** Id of the head's step with which what was proposed last is granted. */
  grant: Id,
  /** Ids of rules of rewards.yaml; the one that held on the day on which a matter was opened counts. */
  rules: z.array(Id).min(1),
});
export type ItemReward = z.infer<typeof ItemReward>;

/** An entry that a step proposes to a register: its keeper verifies it. */
export const ItemFeed = z.strictObject({
  /** Id of a register. */
  register: Id,
  /** Id of the office's step with which it is proposed. */
  step: Id,
  /** Condition in CEL over the form's fields; without it always. */
  if: Text.optional(),
  /** Field of the register → where its value comes from: a field of the form, a fixed value, or the day of the step. */
  entry: z.record(
    FieldKey,
    z.union([
      z.strictObject({ from: FieldKey }),
      z.strictObject({ value: z.union([Text, z.boolean()]) }),
      z.strictObject({ day: z.literal(true) }),
    ]),
  ),
});
export type ItemFeed = z.infer<typeof ItemFeed>;

/** Kinds of government service items, in the words of the national catalogue (权力类型). */
export const ITEM_KINDS = [
  'licence',
  'penalty',
  'compulsion',
  'grant',
  'inspection',
  'confirmation',
  'reward',
  'ruling',
  'other-power',
  'public-service',
] as const;

/** Groups under which the catalogue lists items. */
export const ITEM_GROUPS = ['dispute', 'enforcement', 'aid', 'promotion', 'information'] as const;

/**
 * One version of a service item (事项) with its procedure: `items/*.yaml`. Whoever begins a matter while a version is in
 * force keeps it until the end.
 */
export const ServiceItem = z.strictObject({
  /** The same in all versions of an item. */
  id: Id,
  title: Bilingual,
  summary: Bilingual,
  group: z.enum(ITEM_GROUPS),
  /** Place within the group. */
  order: z.int(),
  kind: z.enum(ITEM_KINDS),
  /** Does somebody apply, or does the office begin by itself? */
  opens: z.enum(['application', 'office']),
  /** Id of the action with which a case is filed (立案); only matters of items that have one count as cases. */
  filing: Id.optional(),
  /** 代字: what stands before year and number of its matters, e.g. 通知公开收 for 通知公开收〔2026〕12号. */
  mark: Mark,
  /** First day on which a matter begins under this version. */
  from: CalendarDate,
  /** Last such day (included), or null while it is the one in force. */
  to: CalendarDate.nullable(),
  /** What else decides which version holds, or what a person must confirm. */
  note: Bilingual.optional(),
  /** The office that has it. */
  keeper: z.strictObject({ department: Id, level: z.enum(['city', 'county']) }),
  basis: z.array(ItemBasis).min(1),
  /** For whom. */
  audience: z.array(z.enum(['person', 'organisation'])).min(1),
  /** What must be true for it to be taken. */
  conditions: z
    .array(z.strictObject({ text: Bilingual, otherwise: Bilingual.optional(), basis }))
    .default([]),
  materials: z.array(ItemMaterial).default([]),
  form: ItemForm,
  /** How long it takes: a limit by law, and what the office promises where it promises less. */
  duration: z.strictObject({ limit: Id, promised: DueRuleText.optional() }).optional(),
  /** `charged` is null where no rule was found and the office confirms it. */
  fee: z.strictObject({ charged: z.boolean().nullable(), text: Bilingual, basis }),
  results: z
    .array(
      z.strictObject({
        title: Bilingual,
        kind: z.enum(['certificate', 'approval', 'document', 'none']),
      }),
    )
    .min(1),
  /** What can be done against the outcome, and where: the body that takes it. */
  remedies: z
    .array(
      z.strictObject({
        text: Bilingual,
        basis,
        kind: z.enum(['review', 'suit', 'other']).default('other'),
        body: z
          .strictObject({
            name: Bilingual,
            address: Bilingual.optional(),
            phone: Text.optional(),
            web: Text.optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  ...itemGuide,
  roles: z.array(ItemRole).min(1),
  clocks: z.array(ItemClock).default([]),
  documents: z.array(ItemDocument).default([]),
  publication: ItemPublication.optional(),
  reward: ItemReward.optional(),
  /** Entries of registers that follow from it. */
  registers: z.array(ItemFeed).optional(),
  states: z.array(ItemState).min(2),
  actions: z.array(ItemAction).min(1),
});
export type ServiceItem = z.infer<typeof ServiceItem>;
