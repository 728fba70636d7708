import { createTransport, type Transporter } from 'nodemailer';
import * as z from 'zod';
import { realEmail } from '#kernel/auth/account';
import type { AuthTables } from '#kernel/auth/tables';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import { type JobContext, type JobDef, job } from '#kernel/jobs/jobs';
import type { Log } from '#kernel/log';
import type { Records } from '#kernel/records';

/** Messages older than this are not mailed any more: a mail server set up late does not send last year's inbox. */
const HOURS = 24;
/** Refusals for the moment (greylisting, full mailbox) after which a message stays in the inbox alone. */
const ATTEMPTS = 5;
/** Minutes until the next attempt, times the attempts so far. */
const WAIT = 5;

/** What mail needs of the platform. */
export interface MailContext {
  records: Records;
  clock: Clock;
  log: Log;
  config: Pick<Config, 'ZC_SMTP_URL' | 'ZC_MAIL_FROM' | 'ZC_ORIGIN'>;
}

const tables = (records: Records) => records.withTables<MailTables>();

type MailTables = AuthTables & {
  notification: {
    mailClaimedAt: Date | null;
    mailAfter: Date | null;
    mailAttempts: number;
    mailError: string | null;
  };
};

/** The mail job, each minute, when a mail server is configured; none otherwise. */
export function mailJobs(context: MailContext): JobDef<object>[] {
  if (!context.config.ZC_SMTP_URL) return [];
  return [
    job({
      name: 'notify.mail',
      schema: z.object({}),
      cron: '* * * * *',
      run: async (_, run) => {
        await sendMail(context, run);
      },
    }),
  ];
}

/** One message to be mailed. */
interface Letter {
  id: string;
  email: string;
  titleZh: string;
  titleEn: string;
  bodyZh: string;
  bodyEn: string;
  href: string | null;
  mailAttempts: number;
}

/** How many messages were sent, refused for good or for now, or are in doubt. */
export interface MailResult {
  sent: number;
  refused: number;
  later: number;
  doubtful: number;
}

/**
 * Mails unread messages of the last day to enabled accounts with an address of their own. Several workers may run it at
 * once. Throws when the mail server cannot be reached; nothing is lost then.
 */
export async function sendMail(
  context: MailContext,
  run: Pick<JobContext, 'stopping'> = { stopping: false },
): Promise<MailResult> {
  const { clock, log, config } = context;
  const records = tables(context.records);
  // Until the last byte of a text is out, the server cannot have taken the message; the library says so in its log alone.
  const line = { handedOver: false };
  const silent = () => {};
  const logger = {
    ...{ level: silent, trace: silent, debug: silent, warn: silent, error: silent, fatal: silent },
    info: (entry: unknown) => {
      const { tnx, outByteCount } = entry as { tnx?: string; outByteCount?: number };
      if (tnx === 'message' && outByteCount) line.handedOver = true;
    },
  };
  const transport = createTransport({
    url: config.ZC_SMTP_URL as string,
    logger,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  const result: MailResult = { sent: 0, refused: 0, later: 0, doubtful: 0 };
  const settle = (id: string, set: Partial<MailTables['notification']> & { mailedAt?: Date }) =>
    records.updateTable('notification').set(set).where('id', '=', id).execute();
  try {
    while (!run.stopping) {
      const letter = await claim(records, clock.now());
      if (!letter) break;
      line.handedOver = false;
      const outcome = await send(transport, config, letter, line);
      const now = clock.now();
      if (outcome.kind === 'sent') {
        result.sent++;
        await settle(letter.id, { mailedAt: now });
      } else if (outcome.kind === 'unreachable') {
        await settle(letter.id, { mailClaimedAt: null });
        throw new Error(`mail server: ${outcome.why}`);
      } else if (outcome.kind === 'later') {
        result.later++;
        const attempts = letter.mailAttempts + 1;
        await settle(letter.id, {
          // The claim of the last attempt stays, so that nobody tries again.
          ...(attempts < ATTEMPTS && { mailClaimedAt: null }),
          mailAfter: new Date(now.getTime() + attempts * WAIT * 60_000),
          mailAttempts: attempts,
          mailError: outcome.why,
        });
      } else {
        result[outcome.kind]++;
        await settle(letter.id, { mailError: outcome.why });
        log.warn({ id: letter.id, why: outcome.why, outcome: outcome.kind }, 'mail not delivered');
      }
    }
  } finally {
    transport.close();
  }
  return result;
}

/** Takes the next message, committed before anything is sent: whoever dies now has taken it with him. */
async function claim(records: ReturnType<typeof tables>, now: Date): Promise<Letter | undefined> {
  return records.transaction().execute(async (trx) => {
    const next = await trx
      .selectFrom('notification as n')
      .innerJoin('auth.user as u', 'u.id', 'n.userId')
      .select([
        'n.id',
        'u.email',
        'n.titleZh',
        'n.titleEn',
        'n.bodyZh',
        'n.bodyEn',
        'n.href',
        'n.mailAttempts',
      ])
      .where('n.mailedAt', 'is', null)
      .where('n.mailClaimedAt', 'is', null)
      .where('n.readAt', 'is', null)
      .where((eb) => eb.or([eb('n.mailAfter', 'is', null), eb('n.mailAfter', '<=', now)]))
      .where('n.createdAt', '>', new Date(now.getTime() - HOURS * 3_600_000))
      .where('u.disabledAt', 'is', null)
      .where('u.email', 'not like', '%@users.invalid')
      .orderBy('n.id')
      .limit(1)
      .forUpdate('n')
      .skipLocked()
      .executeTakeFirst();
    if (next)
      await trx.updateTable('notification').set({ mailClaimedAt: now }).where('id', '=', next.id).execute();
    return next;
  });
}

type Outcome =
  | { kind: 'sent' }
  /** Refused for good. */
  | { kind: 'refused'; why: string }
  /** Refused for now. */
  | { kind: 'later'; why: string }
  /** No connection, nothing was said. */
  | { kind: 'unreachable'; why: string }
  /** The connection broke after the text was handed over: it may or may not have arrived. */
  | { kind: 'doubtful'; why: string };

async function send(
  transport: Transporter,
  config: MailContext['config'],
  letter: Letter,
  line: { readonly handedOver: boolean },
): Promise<Outcome> {
  const link = letter.href && config.ZC_ORIGIN ? new URL(letter.href, config.ZC_ORIGIN).href : null;
  const text = [letter.titleZh, letter.bodyZh, letter.titleEn, letter.bodyEn, link]
    .filter((part) => part)
    .join('\n\n');
  try {
    await transport.sendMail({
      from: config.ZC_MAIL_FROM,
      to: realEmail(letter.email) as string,
      subject: `${letter.titleZh} ${letter.titleEn}`,
      text,
      textEncoding: 'base64',
      // The same for every attempt, so that a mailbox that saw it already can tell.
      messageId: `<${letter.id}@${new URL(config.ZC_ORIGIN ?? 'http://zhicheng.invalid').hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return { kind: 'sent' };
  } catch (error) {
    return judge(error, line.handedOver);
  }
}

/** What a failure means for the message; `handedOver` tells whether the whole text had left. */
export function judge(error: unknown, handedOver: boolean): Outcome {
  const e = error as { responseCode?: number; command?: string; message?: string };
  const why = String(e.message ?? error).slice(0, 500);
  if (e.responseCode && e.responseCode >= 500) {
    // Wrong name or password, or not allowed to send at all: the server is set up wrongly, the message is not at fault.
    return e.command?.startsWith('AUTH') || e.command === 'CONN' || e.command === 'EHLO'
      ? { kind: 'unreachable', why }
      : { kind: 'refused', why };
  }
  if (e.responseCode && e.responseCode >= 400)
    return e.responseCode === 421 ? { kind: 'unreachable', why } : { kind: 'later', why };
  return { kind: handedOver ? 'doubtful' : 'unreachable', why };
}
