import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reason, StoreError, type StoreLog } from '../errors.ts';
import { alive } from '../processes.ts';
import { clientConfig } from './connection.ts';

/** Advisory lock that the one owner of an embedded PostgreSQL holds; two numbers, so it never meets the hashed keys. */
const lockKey = [0x7a63, 1] as const;

/** The right to stop and restart the server. It ends with this process, however that ends. */
export interface Ownership {
  /** From now on a broken connection is expected; resolves once no restart is under way. */
  closing(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the owner's lock on a connection of its own and keeps it. When the server goes away although nobody stopped it,
 * `raise` starts it again and the lock is taken anew.
 * @throws StoreError `in_use` when another process holds it.
 */
export async function holdOwnership(options: {
  socketDir: string;
  folder: string;
  log: StoreLog;
  /** Starts the server again; gives up when `cancelled` says so. */
  raise: (cancelled: () => boolean) => Promise<{ socket: string }>;
}): Promise<Ownership> {
  const { folder, log, raise } = options;
  let closing = false;
  let recovery = Promise.resolve();
  let client = await take(options.socketDir, folder);
  watch();

  function watch() {
    client.on('error', () => {});
    client.once('end', () => {
      recovery = recover();
    });
  }

  async function recover() {
    for (let pause = 200; !closing; pause = Math.min(pause * 2, 10_000)) {
      try {
        log('warn', 'PostgreSQL went away; starting it again', { folder });
        const { socket } = await raise(() => closing);
        if (closing) return;
        client = await take(socket, folder);
        watch();
        log('info', 'PostgreSQL is back', { folder });
        return;
      } catch (e) {
        if (closing) return;
        log('error', 'PostgreSQL could not be started again', { folder, reason: reason(e) });
        for (const until = Date.now() + pause; !closing && Date.now() < until; )
          await sleep(100, undefined, { ref: false });
      }
    }
  }

  return {
    closing() {
      closing = true;
      return recovery;
    },
    async release() {
      closing = true;
      await client.end().catch(() => {});
    },
  };
}

async function take(socketDir: string, folder: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientConfig({ socketDir }),
    application_name: `zc owner ${process.pid}`,
    keepAlive: true,
  });
  // Without a listener a broken connection would be an uncaught error.
  client.on('error', () => {});
  try {
    await client.connect();
    // A killed owner's connection ends a moment after its process.
    for (let tries = 0; tries < 20; tries++) {
      const got = await client.query<{ ok: boolean }>('select pg_try_advisory_lock($1, $2) as ok', [
        ...lockKey,
      ]);
      if (got.rows[0]?.ok) return client;
      const { rows } = await client.query<{ name: string }>(
        `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
          where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.granted`,
        [...lockKey],
      );
      const pid = Number(rows[0]?.name.split(' ').at(-1));
      if (rows[0] && (!(pid > 0) || alive(pid))) {
        throw new StoreError(
          'in_use',
          `The data folder ${folder} is in use by another server (process ${pid}). Stop that one first, or give this one a folder of its own in ZC_DATA.`,
        );
      }
      await sleep(100);
    }
    throw new StoreError(
      'in_use',
      `The data folder ${folder} is in use by another server. Stop that one first, or set ZC_DATA.`,
    );
  } catch (e) {
    await client.end().catch(() => {});
    throw e;
  }
}
