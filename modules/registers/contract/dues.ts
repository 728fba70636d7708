import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { DueView, EntryLink } from './entries.ts';

export const listMentions = endpoint({
  method: 'GET',
  path: '/api/registers/mentions/:organisation',
  summary: 'Entries of all registers that name an organisation, as far as the asker may see them',
  access: 'public',
  params: z.object({ organisation: z.uuid() }),
  response: z.object({ entries: z.array(EntryLink.extend({ own: z.boolean(), due: DueView.nullable() })) }),
});

export const listDues = endpoint({
  method: 'GET',
  path: '/api/registers/dues',
  summary:
    'What ends or is to be re-checked soon (or was due and is not done), in all registers the asker may see',
  access: 'public',
  query: z.object({
    within: z.coerce.number().int().min(0).max(3660).default(90),
    register: z.string().max(80).optional(),
    region: z.string().max(80).optional(),
    /** Only registers the asker keeps. */
    mine: z.stringbool().optional(),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    total: z.int(),
    entries: z.array(
      z.object({
        register: z.string(),
        registerTitle: z.string(),
        no: z.string(),
        title: z.string(),
        region: z.object({ id: z.string(), name: z.string() }).nullable(),
        due: DueView,
      }),
    ),
  }),
});
