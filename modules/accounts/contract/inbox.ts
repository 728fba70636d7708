import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { BilingualText } from './me.ts';

/** A message in the inbox. */
export const NotificationView = z
  .object({
    id: z.string(),
    kind: z.string(),
    title: BilingualText,
    body: BilingualText,
    /** Page of the web, or null. */
    href: z.string().nullable(),
    createdAt: z.string(),
    readAt: z.string().nullable(),
  })
  .meta({ id: 'Notification' });

export const listNotifications = endpoint({
  method: 'GET',
  path: '/api/notifications',
  summary: 'My messages, newest first',
  access: 'signed-in',
  query: z.object({
    unread: z.enum(['true', 'false']).default('false'),
    /** Messages before this one. */
    before: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    notifications: z.array(NotificationView),
    unread: z.int(),
    /** Give it as `before` for the next page; null at the end. */
    next: z.string().nullable(),
  }),
});

export const readNotification = endpoint({
  method: 'POST',
  path: '/api/notifications/:id/read',
  summary: 'Marks one of my messages as read',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  response: z.object({ unread: z.int() }),
});

export const readAllNotifications = endpoint({
  method: 'POST',
  path: '/api/notifications/read-all',
  summary: 'Marks all my messages as read',
  access: 'signed-in',
  response: z.object({ unread: z.int() }),
});

/** Progress of long work. */
export const JobView = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    done: z.int(),
    /** Null while it is not known. */
    total: z.int().nullable(),
    note: z.string().nullable(),
    error: z.string().nullable(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Job' });

export const getJob = endpoint({
  method: 'GET',
  path: '/api/jobs/:id',
  summary: 'How far long work is',
  access: 'signed-in',
  params: z.object({ id: z.uuid() }),
  response: JobView,
});
