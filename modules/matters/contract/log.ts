import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { ENTRY_KINDS, PANEL_PARTS, RECUSAL_ASKED, SERVICE_WAYS } from './names.ts';
import { reward } from './reward.ts';
import { codeHeader, date, numberParam, who, words } from './shared.ts';

/** The log of a matter. */
export const matterLog = endpoint({
  method: 'GET',
  path: '/api/matters/:number/log',
  summary: 'Everything that happened in a matter, each entry chained to the one before by its hash',
  access: 'public',
  params: z.object({ number: numberParam }),
  headers: codeHeader,
  response: z.object({
    entries: z.array(
      z
        .object({
          seq: z.int(),
          kind: z.enum(ENTRY_KINDS),
          at: z.iso.datetime(),
          /** The day that counts; null where none does. */
          on: date.nullable(),
          /** Title of the step. */
          title: words.nullable(),
          by: z.object({
            role: who.nullable(),
            name: z.string(),
            /** By somebody who acts for the party. */
            agent: z.boolean(),
          }),
          /** Entered by the office for somebody else. */
          recorded: z.boolean(),
          /** The state after it; null where it is as before. */
          state: words.nullable(),
          note: z.string(),
          /** `assigned`: to whom; `recused`: who. Null back to the office, or where the asker is not of it. */
          handler: z.string().nullable(),
          /** `panel`: who sits on it. */
          panel: z.array(z.object({ name: z.string(), part: z.enum(PANEL_PARTS) })),
          /** `recused`, `not-recused`: who asked for it. */
          asked: z.enum(RECUSAL_ASKED).nullable(),
          /** `struck`, `served`: number of the paper. */
          paper: z.int().nullable(),
          /** `transferred`: from whom, to whom, and on what ground. */
          transfer: z.object({ from: words, to: words, basis: z.string() }).nullable(),
          /** `migrated`: first days of the version under which it ran and of the one under which it goes on, and on what ground. */
          version: z.object({ from: date, to: date, basis: z.string() }).nullable(),
          /** The body that did it, where more than one had the matter. */
          office: words.nullable(),
          /** `admitted`, `recoded`, `dismissed`, `served`: whom it concerns. */
          party: z.object({ no: z.int(), name: z.string(), role: who }).nullable(),
          /** `rated`: how content, 5 to 1. */
          score: z.int().nullable(),
          /** `served`: in which way. */
          how: z.enum(SERVICE_WAYS).nullable(),
          /** What was proposed or granted as a reward. */
          reward: reward.nullable(),
          /** Entries that were proposed to registers, for the office: number, or why there is none. */
          fed: z.array(z.object({ register: words, no: z.string().nullable(), why: words.nullable() })),
          /** Numbers of the papers that came with it. */
          papers: z.array(z.int()),
          /** Last days as they were known then; for `reckoned`, with what they had been. */
          dues: z.array(
            z.object({ clock: words, due: date.nullable(), was: date.nullable(), provisional: z.boolean() }),
          ),
          /** Version of calendar and limits with which they were reckoned. */
          rules: z.string(),
          hash: z.string(),
        })
        .meta({ id: 'MatterLogEntry' }),
    ),
    /** Does every entry fit the one before it? */
    intact: z.boolean(),
    /** The last time stamp: the entry up to which it covers the log, when and by whom. Null where there is none. */
    stamped: z.object({ seq: z.int(), at: z.iso.datetime(), authority: z.string() }).nullable(),
  }),
});
