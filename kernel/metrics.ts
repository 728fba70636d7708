import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of this process. */
export const metrics = new Registry();

collectDefaultMetrics({ register: metrics });

const duration = new Histogram({
  name: 'zc_http_request_seconds',
  help: 'Time to answer, by route template and status class.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
});

const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
new Gauge({
  name: 'zc_event_loop_max_delay_seconds',
  help: 'Longest delay of the event loop since the last scrape.',
  registers: [metrics],
  collect() {
    this.set(loop.max / 1e9);
    loop.reset();
  },
});

/** Counts one answered request under its route template, never under raw addresses. */
export function requestMetrics(request: FastifyRequest, reply: FastifyReply): void {
  duration.observe(
    {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: `${Math.floor(reply.statusCode / 100)}xx`,
    },
    reply.elapsedTime / 1000,
  );
}
