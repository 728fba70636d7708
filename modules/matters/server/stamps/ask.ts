import type { X509Certificate } from 'node:crypto';
import type { Config } from '#kernel/config';
import { readRoots } from './chain.ts';
import { stampError } from './errors.ts';

/** Milliseconds until an authority is given up; an answer with all certificates has some 10 kB, more is not read. */
const TIMEOUT = 20_000;
const MOST = 256 * 1024;

/** A time stamp authority that is asked, and whom it is believed by. */
export interface Authority {
  roots: readonly X509Certificate[];
  policy: string | undefined;
  /** Sends a request and gives the answer as it came. Throws `matters_stamp_unreachable`. */
  ask(request: Uint8Array): Promise<Buffer>;
}

/** The authority of the configuration; undefined where none is set. Throws `matters_stamp_roots`. */
export function authorityOf({ ZC_TSA_URL, ZC_TSA_CA, ZC_TSA_POLICY }: Config): Authority | undefined {
  if (ZC_TSA_URL === undefined || ZC_TSA_CA === undefined) return undefined;
  return {
    roots: readRoots(ZC_TSA_CA),
    policy: ZC_TSA_POLICY,
    ask: (request) => askOverHttp(ZC_TSA_URL, request),
  };
}

/**
 * Asks over HTTP (RFC 3161, 3.4). Name and password of the address are sent in the header, since `fetch` takes none in addresses.
 * Throws `matters_stamp_unreachable`, in which the address is not named: it may hold the password.
 */
export async function askOverHttp(address: string, request: Uint8Array, timeout = TIMEOUT): Promise<Buffer> {
  const url = new URL(address);
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: Uint8Array.from(request),
      headers: {
        'content-type': 'application/timestamp-query',
        accept: 'application/timestamp-reply',
        'user-agent': 'Zhicheng-TimeStamps/1',
        ...(login !== ':' && { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    });
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel();
      throw new Error(`HTTP ${answer.status}`);
    }
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of answer.body) {
      size += piece.length;
      if (size > MOST) throw new Error(`more than ${MOST} bytes`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
    throw stampError('matters_stamp_unreachable', { why: why.slice(0, 200) });
  }
}
