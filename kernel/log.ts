import { type Logger, pino } from 'pino';

/** Structured log, one JSON object a line; request lines carry `reqId`. */
export type Log = Logger;

/** Opens the log at a level. Secrets never reach it: authorization and cookie headers are cut out. */
export function openLog(level: string, destination: 1 | 2 = 1): Log {
  return pino(
    { level, redact: { paths: ['req.headers.authorization', 'req.headers.cookie'], remove: true } },
    pino.destination({ dest: destination, sync: true }),
  );
}
