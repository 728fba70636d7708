/**
 * The indicator board under 50 readers at once, beside the same bytes served by a bare Node server, and how long the event
 * loop stood still. Run against the build: `node scripts/build.mjs && npx tsx bench/board.ts [seconds]`.
 */
import { createServer } from 'node:http';
import autocannon from 'autocannon';
import { memoryOf, startServer } from './server.ts';

const seconds = Number(process.argv[2] ?? 10);

async function load(url: string, headers: Record<string, string> = {}) {
  const r = await autocannon({ url, connections: 50, duration: seconds, headers });
  return {
    rps: r.requests.average,
    p50: r.latency.p50,
    'p97.5': r.latency.p97_5,
    p99: r.latency.p99,
    errors: r.errors + r.non2xx,
  };
}

async function loopDelay(base: string): Promise<number> {
  const text = await (await fetch(`${base}/api/metrics`)).text();
  return Number(/^zc_event_loop_max_delay_seconds (\S+)/m.exec(text)?.[1]) * 1000;
}

const fresh = await startServer();
console.log(`first start with demonstration data: ready after ${(fresh.readyMs / 1000).toFixed(1)} s`);
const path = '/api/plan/indicators?asOf=2019-06-30';
await fetch(`${fresh.base}${path}`);
const body = Buffer.from(await (await fetch(`${fresh.base}${path}`)).arrayBuffer());
await loopDelay(fresh.base);
const board = await load(`${fresh.base}${path}`);
const packed = await load(`${fresh.base}${path}`, { 'accept-encoding': 'gzip' });
const delay = await loopDelay(fresh.base);
const memory = memoryOf(fresh);

const bare = createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(body);
});
await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
const { port } = bare.address() as { port: number };
const floor = await load(`http://127.0.0.1:${port}/`);
bare.close();

console.table({ board, 'board as a browser asks (gzip)': packed, 'bare Node server, same bytes': floor });
console.log(
  `${(body.length / 1024).toFixed(0)} kB a board; ${(board.rps / floor.rps).toFixed(2)} of the bare server's rate`,
);
console.log(`event loop of the platform stood still at most ${delay.toFixed(1)} ms`);
console.log(
  `memory of the process tree: ${memory.rss} MB resident, ${memory.pss} MB proportional, ${memory.processes} processes`,
);

const times: number[] = [];
for (let day = 1; day <= 28; day++) {
  const begun = performance.now();
  await (
    await fetch(`${fresh.base}/api/plan/indicators?asOf=2018-02-${String(day).padStart(2, '0')}`)
  ).arrayBuffer();
  times.push(performance.now() - begun);
}
times.sort((a, b) => a - b);
console.log(
  `a day nobody asked for before: median ${times[14]?.toFixed(1)} ms, slowest ${times.at(-1)?.toFixed(1)} ms; loop ${(await loopDelay(fresh.base)).toFixed(1)} ms`,
);

const { dir } = fresh;
await fresh.stop();
const { mkdtemp, rm } = await import('node:fs/promises');
const keep = await mkdtemp('/tmp/zc-bench-keep-');
const first = await startServer({ dir: keep });
await first.stop();
const later = await startServer({ dir: keep });
console.log(`later start: ready after ${(later.readyMs / 1000).toFixed(1)} s`);
await later.stop();
await rm(keep, { recursive: true, force: true });
await rm(dir, { recursive: true, force: true });
