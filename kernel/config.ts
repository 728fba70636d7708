import { resolve } from 'node:path';
import * as z from 'zod';
import { nearest } from '#kernel/city/suggest';
import type { Text } from '#kernel/text';

/** One environment variable: what it accepts, in words, and what it is for. */
interface Variable<S extends z.ZodType = z.ZodType> {
  schema: S;
  takes: Text;
  about: Text;
  /** Its value is never printed. */
  secret?: true;
}

function variable<S extends z.ZodType>(schema: S, takes: Text, about: Text, secret?: true): Variable<S> {
  return { schema, takes, about, ...(secret && { secret }) };
}

const anything: Text = { zh: '一段文字', en: 'text' };
const url = (protocol: RegExp) => z.url({ protocol, hostname: /./ });
const httpUrl: Text = {
  zh: 'http:// 或 https:// 开头的地址',
  en: 'an address that begins with http:// or https://',
};
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const bytes: Text = { zh: '字节数（1 以上的整数）', en: 'a number of bytes, 1 or more' };
const oneOf = (...words: string[]): Text => ({ zh: words.join('、'), en: words.join(', ') });

/**
 * Every environment variable that the platform reads, with its default and meaning. `docs/operations.md` is checked
 * against this table by a test. An unknown `ZC_…` variable stops the start, because it is most likely a slip.
 */
export const configTable = {
  ZC_DATA: variable(z.string().default('./data'), anything, {
    zh: '平台全部数据所在的目录',
    en: 'Folder that holds everything the platform keeps',
  }),
  ZC_CITY: variable(z.string().default('cities/nantong'), anything, {
    zh: '城市包目录，相对于程序目录或绝对路径',
    en: 'Folder of the city pack, relative to the checkout or absolute',
  }),
  ZC_HOST: variable(z.string().default('127.0.0.1'), anything, {
    zh: '监听地址；0.0.0.0 表示所有网卡',
    en: 'Address to listen on; 0.0.0.0 for all',
  }),
  ZC_PORT: variable(
    whole(0, 65535).default(8080),
    { zh: '0 到 65535 的整数', en: 'a whole number from 0 to 65535' },
    { zh: '监听端口；0 表示任选一个空闲端口', en: 'Port to listen on; 0 takes a free one' },
  ),
  ZC_ORIGIN: variable(
    url(/^https?$/)
      .refine((v) => /^\w+:\/\/[^/?#]+\/?$/.test(v))
      .transform((v) => new URL(v).origin)
      .optional(),
    {
      zh: 'http:// 或 https:// 开头、不带路径的地址',
      en: 'an address that begins with http:// or https:// and has no path',
    },
    {
      zh: '用户访问平台的地址（有反向代理时必填，用于登录和邮件中的链接）',
      en: 'Address under which people reach the platform (needed behind a proxy, for sign-in and links in mail)',
    },
  ),
  ZC_TRUST_PROXY: variable(
    z
      .enum(['on', 'off'])
      .transform((v) => v === 'on')
      .default(false),
    oneOf('on', 'off'),
    {
      zh: 'on：采信前面反向代理的 X-Forwarded-For；off：用连接本身的地址',
      en: 'on: believe X-Forwarded-For of a reverse proxy in front; off: use the address of the connection',
    },
  ),
  ZC_DEMO: variable(z.enum(['auto', 'on', 'off']).default('auto'), oneOf('auto', 'on', 'off'), {
    zh: '演示数据：auto 在空的数据目录中生成，off 从不生成，on 必须生成',
    en: 'Demonstration data: auto loads it into an empty data folder, off never does, on insists',
  }),
  ZC_LOG: variable(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    { zh: '记录到日志的最低级别', en: 'Least level that is logged' },
  ),
  DATABASE_URL: variable(
    url(/^postgres(ql)?$/).optional(),
    { zh: 'postgres:// 开头的地址', en: 'an address that begins with postgres://' },
    {
      zh: '自备的 PostgreSQL 18 服务器，代替内置的',
      en: 'A PostgreSQL 18 server of your own instead of the embedded one',
    },
    true,
  ),
  CLICKHOUSE_URL: variable(
    url(/^https?$/).optional(),
    httpUrl,
    {
      zh: '自备的 ClickHouse 服务器，代替内置的',
      en: 'A ClickHouse server of your own instead of the embedded one',
    },
    true,
  ),
  CLICKHOUSE_CLUSTER: variable(
    z.string().regex(/^\w+$/).optional(),
    { zh: '字母、数字和下划线', en: 'letters, digits and underscores' },
    { zh: '复制表所用的 ClickHouse 集群名', en: 'Name of the ClickHouse cluster for replicated tables' },
  ),
  ZC_SMTP_URL: variable(
    url(/^smtps?$/).optional(),
    { zh: 'smtp:// 或 smtps:// 开头的地址', en: 'an address that begins with smtp:// or smtps://' },
    {
      zh: '发送通知的邮件服务器，如 smtp://用户:密码@mail.example.cn:587；不设则只有站内信',
      en: 'Mail server for notifications, e.g. smtp://user:secret@mail.example.cn:587; absent: inbox only',
    },
    true,
  ),
  ZC_MAIL_FROM: variable(z.string().default('zhicheng@localhost'), anything, {
    zh: '通知邮件的发件人',
    en: 'Sender of notification mail',
  }),
  ZC_OIDC_ISSUER: variable(url(/^https?$/).optional(), httpUrl, {
    zh: '统一身份认证（OpenID Connect）的颁发者地址；须同时设置 ZC_OIDC_CLIENT_ID 和 ZC_OIDC_CLIENT_SECRET',
    en: 'Issuer of an OpenID Connect provider for sign-in; with it ZC_OIDC_CLIENT_ID and ZC_OIDC_CLIENT_SECRET',
  }),
  ZC_OIDC_CLIENT_ID: variable(z.string().optional(), anything, {
    zh: '在统一身份认证处登记的客户端编号',
    en: 'Client id at the OpenID Connect provider',
  }),
  ZC_OIDC_CLIENT_SECRET: variable(
    z.string().optional(),
    anything,
    { zh: '在统一身份认证处登记的客户端密钥', en: 'Client secret at the OpenID Connect provider' },
    true,
  ),
  ZC_OIDC_NAME: variable(z.string().default('统一身份认证'), anything, {
    zh: '登录按钮上的名称',
    en: 'Name on the sign-in button',
  }),
  ZC_UPLOAD_LIMIT: variable(whole(1, Number.MAX_SAFE_INTEGER).default(4 * 1024 ** 3), bytes, {
    zh: '导入文件的最大字节数',
    en: 'Largest import file in bytes',
  }),
  ZC_EVIDENCE_LIMIT: variable(whole(1, Number.MAX_SAFE_INTEGER).default(50 * 1024 ** 2), bytes, {
    zh: '佐证文件的最大字节数',
    en: 'Largest evidence file in bytes',
  }),
  ZC_WEBHOOK_HOSTS: variable(
    z.string().optional(),
    { zh: '主机名或地址，以逗号分隔', en: 'host names or addresses, with commas' },
    {
      zh: '推送（webhook）可以送到的内部主机，也可不经 TLS；其余只能送到公网的 https 地址',
      en: 'Hosts in private networks that webhooks may reach, also without TLS; others must be public https addresses',
    },
  ),
  ZC_TSA_URL: variable(
    url(/^https?$/).optional(),
    httpUrl,
    {
      zh: '时间戳机构（RFC 3161）的地址，办件记录每小时在此盖戳；须同时设置 ZC_TSA_CA。不设则不盖戳',
      en: 'Time stamp authority (RFC 3161) that stamps the records of matters each hour; with it ZC_TSA_CA. Absent: no stamps',
    },
    true,
  ),
  ZC_TSA_CA: variable(z.string().optional(), anything, {
    zh: 'PEM 文件：所信任的时间戳根证书，一个或几个',
    en: 'PEM file with the root or roots that are trusted for time stamps',
  }),
  ZC_TSA_POLICY: variable(
    z
      .string()
      .regex(/^[0-2](\.(0|[1-9]\d{0,9})){1,20}$/)
      .optional(),
    { zh: '一个 OID，如 1.2.3.4.1', en: 'an OID such as 1.2.3.4.1' },
    {
      zh: '要求时间戳机构采用的策略；不设则由机构决定',
      en: 'Policy under which the authority is to stamp; absent: the authority’s own',
    },
  ),
  ZC_OFFICE: variable(
    z.string().optional(),
    { zh: 'soffice 的绝对路径，或 off', en: 'the absolute path of soffice, or off' },
    {
      zh: '把文书转成 PDF 的 LibreOffice；不设则用系统路径中的 soffice，找不到就不生成 PDF；off 不生成',
      en: 'LibreOffice that turns documents into PDF; absent: soffice on the search path, and no PDF where there is none; off: no PDF',
    },
  ),
  ZC_METRICS_TOKEN: variable(
    z.string().min(16).optional(),
    { zh: '至少 16 个字符', en: 'at least 16 characters' },
    {
      zh: '其他机器读取 /api/metrics 所用的令牌；不设则只有本机可读',
      en: 'Bearer token for /api/metrics from other machines; without it only this machine may read them',
    },
    true,
  ),
} as const;

type Table = typeof configTable;

/** The checked configuration, under the names of the variables. */
export type Config = { [K in keyof Table]: z.output<Table[K]['schema']> };

/** What is wrong with the environment, one line per variable, in both languages. */
export class ConfigError extends Error {
  readonly text: Text;
  constructor(readonly lines: readonly Text[]) {
    const all = (lang: keyof Text) => lines.map((l) => `  ${l[lang]}`).join('\n');
    const text = {
      zh: `环境变量有误：\n${all('zh')}`,
      en: `The environment variables do not fit:\n${all('en')}`,
    };
    super(text.en);
    this.name = 'ConfigError';
    this.text = text;
  }
}

/** Reads and checks the environment; relative folders become absolute. Throws {@link ConfigError} naming every fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const lines: Text[] = [];
  const out: Record<string, unknown> = {};
  for (const [name, v] of Object.entries<Variable>(configTable)) {
    const raw = env[name]?.trim() || undefined;
    const parsed = v.schema.safeParse(raw);
    if (parsed.success) out[name] = parsed.data;
    else lines.push(faultOf(name, v, raw ?? ''));
  }
  for (const name of Object.keys(env))
    if (name.startsWith('ZC_') && !(name in configTable)) lines.push(unknownName(name));
  if (out.ZC_OIDC_ISSUER && !(out.ZC_OIDC_CLIENT_ID && out.ZC_OIDC_CLIENT_SECRET))
    lines.push({
      zh: '设置了 ZC_OIDC_ISSUER，还须设置 ZC_OIDC_CLIENT_ID 和 ZC_OIDC_CLIENT_SECRET',
      en: 'ZC_OIDC_ISSUER needs ZC_OIDC_CLIENT_ID and ZC_OIDC_CLIENT_SECRET as well',
    });
  if ((out.ZC_TSA_URL === undefined) !== (out.ZC_TSA_CA === undefined))
    lines.push({
      zh: 'ZC_TSA_URL 和 ZC_TSA_CA 须同时设置：没有根证书就无法核验时间戳',
      en: 'ZC_TSA_URL and ZC_TSA_CA go together: without roots no time stamp can be believed',
    });
  if (out.CLICKHOUSE_CLUSTER && !out.CLICKHOUSE_URL)
    lines.push({
      zh: '设置了 CLICKHOUSE_CLUSTER，还须设置 CLICKHOUSE_URL（内置的 ClickHouse 没有集群）',
      en: 'CLICKHOUSE_CLUSTER needs CLICKHOUSE_URL: the embedded ClickHouse has no cluster',
    });
  if (lines.length > 0) throw new ConfigError(lines);
  const config = out as Config;
  return { ...config, ZC_DATA: resolve(config.ZC_DATA) };
}

function faultOf(name: string, v: Variable, raw: string): Text {
  const shown = v.secret ? '***' : raw;
  return {
    zh: `${name}=${shown}：应为${/^[\x21-\x7e]/.test(v.takes.zh) ? ' ' : ''}${v.takes.zh}。${v.about.zh}`,
    en: `${name}=${shown}: takes ${v.takes.en}. ${v.about.en}`,
  };
}

function unknownName(name: string): Text {
  const meant = nearest(name, Object.keys(configTable));
  const known = Object.keys(configTable).join(', ');
  return {
    zh: `${name}：没有这个变量，${meant ? `是否想写 ${meant}？` : `现有：${known}`}`,
    en: `${name}: there is no such variable; ${meant ? `was ${meant} meant?` : `known are ${known}`}`,
  };
}
