import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { calendarDue } from '#modules/reference/contract';
import { MATTERS_HANDLE, MATTERS_READ, PANEL_PARTS, PUBLICATION_STATES } from './names.ts';
import { paper, paperIn } from './papers.ts';
import { transfer, transferBody } from './portals.ts';
import { reward, rewardIn, rewardRule } from './reward.ts';
import { away, clock, codeHeader, date, numberParam, portalParam, possible, who, words } from './shared.ts';

/** Made by the sender once per intended step: sent twice it is done once. */
export const idempotencyKey = z.uuid();

const next = possible.extend({
  /**
   * Last day on which it could be done, where that is over: an office still records that it was. Null for what can be done today; it is
   * not among the abilities then.
   */
  notAfter: date.nullable(),
  /** May the asker do it? Otherwise it is somebody else's turn. */
  mine: z.boolean(),
  /** An officer would record what another one did: a party's letter, a court's decision. */
  recorded: z.boolean(),
  /** Papers that belong to it; `makes`: the platform makes it of what the office writes, `to` whom. */
  papers: z.array(
    z.object({
      ...{ id: z.string(), title: words, required: z.boolean(), makes: z.boolean(), to: z.string() },
      /** Version of the template in force, zero for the platform's own form; null where nothing is made, or the asker is not of the office. */
      template: z.int().nullable(),
    }),
  ),
});

/** What a party and the office write to each other. */
const message = z
  .object({
    /** Number of its entry in the log. */
    seq: z.int(),
    at: z.iso.datetime(),
    /** Did the office write it? */
    office: z.boolean(),
    /** The party that wrote it, or to whom the office did. */
    party: z.object({ no: z.int(), name: z.string(), role: who, agent: z.boolean() }),
    /** The officer who wrote it; empty for parties, who learn the office alone. */
    by: z.string(),
    /** Null where it was erased by law. */
    text: z.string().nullable(),
    /** The office has not written back since. */
    waits: z.boolean(),
  })
  .meta({ id: 'MatterMessage' });

/** Whoever is or was let in. */
const party = z
  .object({
    /** Its number within the matter; 1 is the applicant. */
    no: z.int(),
    role: who,
    name: z.string(),
    /** Acts for another party, by a power of attorney. */
    agent: z.boolean(),
    /** Sees the matter with an account, too. */
    account: z.boolean(),
    since: date,
    /** Null while it is let in. */
    until: date.nullable(),
  })
  .meta({ id: 'MatterParty' });

/** A matter as its asker may see it. */
export const matterView = z
  .object({
    number: z.string(),
    item: z.object({ id: z.string(), title: words, from: date, to: date.nullable() }),
    /** The body that has it; for one that handed it on, the body to which it went. */
    department: z.object({ id: z.string(), name: words }),
    /** Through which portal it came; null where it did not come through one. */
    portal: z.object({ id: z.string(), title: words }).nullable(),
    /** Bodies that had it before, the first one first. */
    transfers: z.array(transfer),
    /** The asker’s office handed it on: what is shown is what it had until then. */
    past: z.boolean(),
    /** Offices to which it can be handed; empty for those who may not. */
    transferTo: z.array(
      z.object({
        id: z.string(),
        name: words,
        /** It keeps the item in the whole city, at some portal, or only stands behind a portal that has the item. */
        why: z.enum(['item', 'portal', 'office']),
        /** `portal`: where that stands. */
        source: z.string().nullable(),
        verified: z.boolean(),
      }),
    ),
    /** Name of the applicant; empty for the other side. And what it is about. */
    name: z.string(),
    subject: z.string(),
    /** Grows with every entry of the log; a step names the version that was looked at. */
    version: z.int(),
    openedOn: date,
    openedAt: z.iso.datetime(),
    state: words,
    endedOn: date.nullable(),
    handler: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** Is whoever has it away? Null where not, and for parties. */
    away: away.nullable(),
    /** To whom it can be given; empty for those who are not of the office. */
    officers: z.array(z.object({ id: z.string(), name: z.string() })),
    today: date,
    /** With it the matter is found without an account. The office sees it where it has just opened the matter for somebody. */
    code: z.string().nullable(),
    /** For the office all parties; for a party itself and its agents, for an agent also whom it acts for. */
    parties: z.array(party),
    /** Number of the asker’s own party; null for the office. */
    me: z.int().nullable(),
    /** Roles in which a party can be let in; empty for those who are not of the office. */
    admits: z.array(z.object({ id: z.string(), title: words })),
    /** Between the office and the asker’s own side, first to last; for the office those of all. */
    messages: z.array(message),
    /** What was answered in the form. */
    form: z.array(z.object({ key: z.string(), label: words, text: words })),
    papers: z.array(paper),
    clocks: z.array(
      clock
        .extend({
          name: words,
          basis: z.object({ law: words, article: z.string(), verified: z.boolean() }),
          proof: calendarDue.response.shape.proof,
          /** Transfers during which it went on: none stops a clock or begins it anew. */
          through: z.array(z.object({ on: date, to: words })),
        })
        .meta({ id: 'MatterClock' }),
    ),
    next: z.array(next),
    /** Can a document be looked at as PDF before it is made? */
    previewsPdf: z.boolean(),
    /** How content the applicant was, and what the office said to it; for these two. */
    rating: z
      .object({ score: z.int(), words: z.string(), on: date, answer: z.string().nullable() })
      .nullable(),
    /** The panel, which parties may know, and for the office who was recused and why. */
    seats: z.object({
      /** Has the procedure steps of a panel? */
      needed: z.boolean(),
      panel: z.array(z.object({ id: z.string(), name: z.string(), part: z.enum(PANEL_PARTS) })),
      recused: z.array(z.object({ name: z.string(), on: z.string(), reason: z.string() })),
    }),
    /** Who of the office may be recused; for its heads. */
    recusable: z.array(z.object({ id: z.string(), name: z.string() })),
    /** What of it is public or on its way there; null where nothing is, or may be. Null states: nothing is prepared yet. */
    publication: z
      .object({
        id: z.uuid().nullable(),
        state: z.enum(PUBLICATION_STATES).nullable(),
        on: date.nullable(),
        until: date.nullable(),
        /** Steps that bring it down, and whose note everybody reads then. */
        ends: z.array(z.string()),
      })
      .nullable(),
    /**
     * A reward that is computed by rule, with which steps it is proposed and granted, by which rule (null where none held on the day),
     * and how much; for a party only what was granted. Null where the item has none, or the asker learns nothing of it.
     */
    reward: z
      .object({
        ...{ propose: z.string(), grant: z.string(), rule: rewardRule.nullable() },
        ...{ proposed: reward.nullable(), granted: reward.nullable() },
      })
      .nullable(),
    /** Who somebody is, is kept in the vault. */
    sealed: z.boolean(),
    /** Matters of other items that were opened with the same answers; for the applicant alone. */
    also: z.array(z.object({ number: z.string(), subject: z.string(), code: z.string() })),
    /** Other matters of the item in which the same number of a right was given, the newest first; for its office alone. */
    alike: z.object({
      /** What is compared; empty where the item compares nothing. */
      by: z.array(z.object({ label: words, value: z.string() })),
      matters: z.array(
        z.object({
          ...{ number: z.string(), name: z.string(), subject: z.string(), state: words },
          ...{ openedOn: date, endedOn: date.nullable() },
        }),
      ),
      more: z.boolean(),
    }),
    abilities: z.object({
      /** Ids of the steps that the asker may take now. */
      act: z.array(z.string()),
      assign: z.boolean(),
      /** Set the panel, and decide on recusals. */
      seat: z.boolean(),
      transfer: z.boolean(),
      /** Move it to another version of its item, where there is one. */
      migrate: z.boolean(),
      strike: z.boolean(),
      write: z.boolean(),
      unseal: z.boolean(),
      /** Can the matter be put among those of an account? */
      join: z.boolean(),
      rate: z.boolean(),
      answerRating: z.boolean(),
    }),
  })
  .meta({ id: 'Matter' });

/** Opens a matter: whoever applies, or a clerk for somebody at the counter. */
export const openMatter = endpoint({
  method: 'POST',
  path: '/api/matters',
  summary: 'Opens a matter; sent again with the same key it gives the same matter',
  access: 'public',
  body: z.object({
    item: z.string().max(60),
    /** Through which portal it is opened; it goes to the body that keeps the item there. */
    portal: portalParam,
    /** Answers by field of the item's form. */
    form: z.record(z.string().max(60), z.unknown()),
    materials: z.array(paperIn).max(60).default([]),
    idempotencyKey,
    /** The day on which it came in, where the office enters it later; today without it. */
    on: date.optional(),
  }),
  response: matterView,
});

/** One matter. */
export const getMatter = endpoint({
  method: 'GET',
  path: '/api/matters/:number',
  summary: 'A matter: state, clocks with proof, papers, and what the asker may do next',
  access: 'public',
  params: z.object({ number: numberParam }),
  headers: codeHeader,
  response: matterView,
});

/** Takes a step. */
export const actOnMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/actions/:action',
  summary: 'Takes a step in a matter; of two at once one wins and the other is told',
  access: 'public',
  params: z.object({ number: numberParam, action: z.string().max(60) }),
  headers: codeHeader,
  body: z.object({
    /** Version of the matter that was looked at. */
    version: z.int(),
    idempotencyKey,
    /** The day that counts; today without it. Only an office may name an earlier one. */
    on: date.optional(),
    note: z.string().max(4000).default(''),
    papers: z.array(paperIn).max(60).default([]),
    /** With the step that proposes a reward: what it is computed from. */
    reward: rewardIn.optional(),
  }),
  response: matterView,
});

/** Opens what is sealed. */
export const unsealMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/vault',
  summary: 'Shows who a reporter is; the reason is entered in the log first, and the heads are told',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam }),
  body: z.object({ version: z.int(), reason: z.string().trim().min(5).max(1000) }),
  response: z.object({
    matter: matterView,
    answers: z.array(z.object({ key: z.string(), label: words, text: words })),
  }),
});

/** Gives a matter to an officer, or back to the office. */
export const assignMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/handler',
  summary: 'Gives a matter to an officer of the same office, or with null back to it',
  access: MATTERS_READ,
  params: z.object({ number: numberParam }),
  body: z.object({
    version: z.int(),
    /** Account of the officer. */
    handler: z.string().max(100).nullable(),
    note: z.string().max(1000).default(''),
  }),
  response: matterView,
});

/** Hands a matter to another body. */
export const transferMatter = endpoint({
  method: 'POST',
  path: '/api/matters/:number/transfer',
  summary: 'Hands a matter to another body that may have it; number and clocks stay as they are',
  access: MATTERS_READ,
  params: z.object({ number: numberParam }),
  body: transferBody,
  response: matterView,
});

/** Strikes a paper out. */
export const strikePaper = endpoint({
  method: 'POST',
  path: '/api/matters/:number/papers/:no/strike',
  summary: 'Strikes a wrong paper out, with the reason; it stays readable for the office',
  access: MATTERS_HANDLE,
  params: z.object({ number: numberParam, no: z.coerce.number().int().min(1).max(100_000) }),
  body: z.object({ version: z.int(), reason: z.string().trim().min(2).max(1000) }),
  response: matterView,
});
