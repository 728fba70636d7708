import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the other side got. */
export interface Got {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A system that messages are sent to, on this machine. */
export interface Receiver {
  base: string;
  got: Got[];
  /** What it answers next; 204 where nothing stands. */
  answers: number[];
  /** What it was told, in the order of arrival. */
  messages(): { type: string; timestamp: string; data: Record<string, unknown> }[];
  clear(): void;
  close(): void;
}

/** Opens one; allow its host with `ZC_WEBHOOK_HOSTS=127.0.0.1`. */
export async function receiver(): Promise<Receiver> {
  const got: Got[] = [];
  const answers: number[] = [];
  const server = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      const status = answers.shift() ?? 204;
      reply.writeHead(status, status === 302 ? { location: `${base}/elsewhere` } : {}).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ base, got, answers },
    messages: () => got.map(({ body }) => JSON.parse(body)),
    clear() {
      got.length = 0;
      answers.length = 0;
    },
    close: () => void server.close(),
  };
}
