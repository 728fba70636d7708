import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { publicLookup, readTarget } from './target.ts';

/** Milliseconds until a call is given up; bytes of an answer that are read. */
const TIMEOUT = 15_000;
const MOST = 64 * 1024;

/** What the other side answered, or why there was no answer. */
export interface Posted {
  status: number | null;
  error: string;
}

/** Sends one message. Redirections are not followed: the address was checked, another one was not. */
export function post(
  address: string,
  body: string,
  headers: Record<string, string>,
  allowed: readonly string[],
): Promise<Posted> {
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: null, error: error.message.slice(0, 300) });
    let url: URL;
    try {
      url = readTarget(address, allowed);
    } catch (error) {
      return failed(error as Error);
    }
    const call = (url.protocol === 'https:' ? tlsRequest : plainRequest)(
      url,
      {
        method: 'POST',
        agent: false,
        timeout: TIMEOUT,
        lookup: publicLookup(allowed),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Zhicheng-Webhooks/1',
          ...headers,
        },
      },
      (answer) => {
        let read = 0;
        answer.on('data', (piece: Buffer) => {
          read += piece.length;
          if (read > MOST) answer.destroy();
        });
        answer.on('error', () => {});
        const { statusCode = 0 } = answer;
        const fine = statusCode >= 200 && statusCode < 300;
        answer.on('close', () => resolve({ status: statusCode, error: fine ? '' : `HTTP ${statusCode}` }));
      },
    );
    const timer = setTimeout(() => call.destroy(new Error('timeout')), TIMEOUT);
    timer.unref();
    call.on('timeout', () => call.destroy(new Error('timeout')));
    call.on('error', failed);
    call.on('close', () => clearTimeout(timer));
    call.end(body);
  });
}
