import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { PatentHit } from '#modules/patents/contract';
import { Cursor, Id, Named, Numbers, PageSize, Version } from './shared.ts';

/** Colours of tags, by name; the page knows how they look in both themes. */
export const TAG_COLOURS = ['blue', 'green', 'orange', 'red', 'purple', 'cyan', 'gold', 'grey'] as const;
export const TagColour = z.enum(TAG_COLOURS);
export type TagColour = z.infer<typeof TagColour>;

/** A tag of the account or of one of its organisations. */
export const Tag = z
  .object({
    id: z.uuid(),
    name: z.string(),
    colour: TagColour,
    /** Null: the account's own. */
    organisation: Named.nullable(),
    records: z.int(),
    version: z.int(),
    createdBy: z.string(),
  })
  .meta({ id: 'WorkbenchTag' });
export type Tag = z.infer<typeof Tag>;

const name = z.string().trim().min(1).max(40);

export const listTags = endpoint({
  method: 'GET',
  path: '/api/workbench/tags',
  summary: "Own tags and those of one's organisations",
  access: 'signed-in',
  response: z.object({ tags: z.array(Tag), organisations: z.array(Named) }),
});

export const createTag = endpoint({
  method: 'POST',
  path: '/api/workbench/tags',
  summary: 'A new tag, own or of an organisation',
  access: 'signed-in',
  body: z.object({ name, colour: TagColour, organisation: z.string().max(80).nullable().default(null) }),
  response: Tag,
});

export const changeTag = endpoint({
  method: 'PUT',
  path: '/api/workbench/tags/:id',
  summary: 'Rename or recolour a tag',
  access: 'signed-in',
  params: Id,
  body: z.object({ name, colour: TagColour, version: Version }),
  response: Tag,
});

/** Publications of both carry `into` afterwards; this tag is gone. Both must be of the same scope. */
export const mergeTag = endpoint({
  method: 'POST',
  path: '/api/workbench/tags/:id/merge',
  summary: 'Merge a tag into another one',
  access: 'signed-in',
  params: Id,
  body: z.object({ into: z.uuid() }),
  response: Tag,
});

export const deleteTag = endpoint({
  method: 'DELETE',
  path: '/api/workbench/tags/:id',
  summary: 'Delete a tag from all publications',
  access: 'signed-in',
  params: Id,
  query: z.object({ version: Version }),
  response: z.object({ id: z.uuid() }),
});

export const tagRecords = endpoint({
  method: 'POST',
  path: '/api/workbench/tags/:id/records',
  summary: 'Put a tag on publications or take it off',
  access: 'signed-in',
  params: Id,
  body: z.object({ numbers: Numbers, remove: z.boolean().default(false) }),
  response: z.object({ changed: z.int() }),
});

export const listTagged = endpoint({
  method: 'GET',
  path: '/api/workbench/tags/:id/records',
  summary: 'Publications that carry a tag, by number',
  access: 'signed-in',
  params: Id,
  query: z.object({ cursor: Cursor, limit: PageSize }),
  response: z.object({
    tag: Tag,
    records: z.array(
      z.object({ number: z.string(), hit: PatentHit.nullable(), by: z.string(), at: z.iso.datetime() }),
    ),
    next: z.string().nullable(),
  }),
});
