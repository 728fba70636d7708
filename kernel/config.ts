import { resolve } from 'node:path';
import * as z from 'zod';

const flag = z.enum(['on', 'off']).transform((v) => v === 'on');
const port = z.coerce.number().int().min(0).max(65535);

/**
 * Every environment variable that the platform reads, with its default and meaning. `docs/operations.md` is checked
 * against this table by a test. An unknown `ZC_…` variable stops the start, because it is most likely a slip.
 */
export const configTable = {
  ZC_DATA: {
    schema: z.string().min(1).default('./data'),
    about: 'Folder that holds everything the platform keeps.',
  },
  ZC_CITY: {
    schema: z.string().min(1).default('cities/nantong'),
    about: 'Folder of the city pack, relative to the checkout or absolute.',
  },
  ZC_HOST: { schema: z.string().default('127.0.0.1'), about: 'Address to listen on; 0.0.0.0 for all.' },
  ZC_PORT: { schema: port.default(8080), about: 'Port to listen on; 0 takes a free one.' },
  ZC_ORIGIN: {
    schema: z.url().optional(),
    about:
      'Address under which people reach the platform (needed behind a proxy, for sign-in and links in mail).',
  },
  ZC_TRUST_PROXY: {
    schema: flag.default(false),
    about: 'on: believe X-Forwarded-For of a reverse proxy in front; off: use the address of the connection.',
  },
  ZC_DEMO: {
    schema: z.enum(['auto', 'on', 'off']).default('auto'),
    about: 'Demonstration data: auto loads it into an empty data folder, off never does, on insists.',
  },
  ZC_LOG: {
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    about: 'Least level that is logged.',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    about: 'A PostgreSQL 18 server of your own instead of the embedded one.',
  },
  CLICKHOUSE_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about: 'A ClickHouse server of your own instead of the embedded one.',
  },
  CLICKHOUSE_CLUSTER: {
    schema: z.string().regex(/^\w+$/).optional(),
    about: 'Name of the ClickHouse cluster for replicated tables.',
  },
  ZC_SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    about: 'Mail server for notifications, e.g. smtp://user:secret@mail.example.cn:587; absent: inbox only.',
  },
  ZC_MAIL_FROM: {
    schema: z.string().default('zhicheng@localhost'),
    about: 'Sender of notification mail.',
  },
  ZC_OIDC_ISSUER: {
    schema: z.url().optional(),
    about:
      'Issuer of an OpenID Connect provider for sign-in; with it ZC_OIDC_CLIENT_ID and ZC_OIDC_CLIENT_SECRET.',
  },
  ZC_OIDC_CLIENT_ID: { schema: z.string().optional(), about: 'Client id at the OpenID Connect provider.' },
  ZC_OIDC_CLIENT_SECRET: {
    schema: z.string().optional(),
    about: 'Client secret at the OpenID Connect provider.',
  },
  ZC_OIDC_NAME: { schema: z.string().default('统一身份认证'), about: 'Name on the sign-in button.' },
  ZC_UPLOAD_LIMIT: {
    schema: z.coerce
      .number()
      .int()
      .positive()
      .default(4 * 1024 ** 3),
    about: 'Largest import file in bytes.',
  },
  ZC_EVIDENCE_LIMIT: {
    schema: z.coerce
      .number()
      .int()
      .positive()
      .default(50 * 1024 ** 2),
    about: 'Largest evidence file in bytes.',
  },
  ZC_METRICS_TOKEN: {
    schema: z.string().min(16).optional(),
    about: 'Bearer token for /api/metrics from other machines; without it only this machine may read them.',
  },
} as const;

type Table = typeof configTable;

/** The checked configuration, under the names of the variables. */
export type Config = { [K in keyof Table]: z.output<Table[K]['schema']> };

/** What is wrong with the environment, one line per variable. */
export class ConfigError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(`configuration:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks the environment; relative folders become absolute. Throws {@link ConfigError} naming every fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const lines: string[] = [];
  const out: Record<string, unknown> = {};
  for (const [name, { schema, about }] of Object.entries(configTable)) {
    const raw = env[name] === '' ? undefined : env[name];
    const parsed = schema.safeParse(raw);
    if (parsed.success) out[name] = parsed.data;
    else lines.push(`  ${name}=${raw ?? ''}: ${parsed.error.issues[0]?.message} — ${about}`);
  }
  for (const name of Object.keys(env))
    if (name.startsWith('ZC_') && !(name in configTable))
      lines.push(`  ${name}: no such variable; known are ${Object.keys(configTable).join(', ')}`);
  if (out.ZC_OIDC_ISSUER && !(out.ZC_OIDC_CLIENT_ID && out.ZC_OIDC_CLIENT_SECRET))
    lines.push('  ZC_OIDC_ISSUER needs ZC_OIDC_CLIENT_ID and ZC_OIDC_CLIENT_SECRET as well');
  if (lines.length > 0) throw new ConfigError(lines);
  const config = out as Config;
  return { ...config, ZC_DATA: resolve(config.ZC_DATA) };
}
