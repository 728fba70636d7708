import { fillText, type Text } from '#kernel/text';

/** One row of the error table: HTTP status and message; `{name}` places are filled from the error's parameters. */
export interface ErrorDef extends Text {
  status: number;
}

/** Errors that every module may use. A module adds its own with {@link defineErrors}. */
const table = {
  bad_request: { status: 400, zh: '请求有误：{why}', en: 'Bad request: {why}' },
  validation: {
    status: 400,
    zh: '提交的内容不符合要求，请按提示修改',
    en: 'The request does not fit: see the issues',
  },
  not_signed_in: {
    status: 401,
    zh: '请先登录。已填写的内容不会丢失',
    en: 'Sign in first; nothing you typed is lost',
  },
  token_invalid: {
    status: 401,
    zh: '访问令牌无效、已过期或其账号已停用，请重新申请令牌',
    en: 'The token is invalid, expired, or its account is disabled: ask for a new one',
  },
  forbidden: {
    status: 403,
    zh: '当前账号没有此项权限（{permission}），请联系管理员授权',
    en: 'This account lacks the permission “{permission_en}”: ask an administrator',
  },
  cross_origin: {
    status: 403,
    zh: '请求来自其他网站，已拒绝',
    en: 'The request came from another site and was refused',
  },
  not_found: { status: 404, zh: '找不到{what}', en: '{what} was not found' },
  conflict: { status: 409, zh: '{why}', en: '{why}' },
  too_large: {
    status: 413,
    zh: '内容超过上限 {limit}，请拆分后再传',
    en: 'Larger than the limit of {limit}: split it and send again',
  },
  media_type: {
    status: 415,
    zh: '不支持的内容类型 {type}',
    en: 'Unsupported content type {type}',
  },
  file_type: {
    status: 415,
    zh: '文件“{name}”的内容是 {found}，与文件名不符或不在允许的类型（{allowed}）之内',
    en: '{name} contains {found}, which does not fit its name or the allowed types ({allowed})',
  },
  too_many: {
    status: 429,
    zh: '请求过于频繁，请在 {seconds} 秒后再试',
    en: 'Too many requests: try again in {seconds} s',
  },
  internal: {
    status: 500,
    zh: '系统出错，已记录（编号 {requestId}）。请稍后再试或把编号告诉管理员',
    en: 'Something failed here and was logged as {requestId}: try again later or give that number to an administrator',
  },
  unavailable: {
    status: 503,
    zh: '数据服务正在恢复，请稍后再试',
    en: 'A data store is recovering: try again in a moment',
  },
} satisfies Record<string, ErrorDef>;

const all = new Map<string, ErrorDef>(Object.entries(table));

/** Codes of the kernel's own errors. */
export type KernelErrorCode = keyof typeof table;

/** A failure that its reader can act on; the HTTP layer turns it into `{code, message, params, issues}`. */
export class AppError extends Error {
  readonly status: number;
  readonly text: Text;
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly issues: readonly Issue[] = [],
    /** Faults in a module's own shape, such as places in a query; sent as `errors`. */
    readonly errors?: readonly unknown[],
  ) {
    const def = all.get(code);
    if (!def) throw new Error(`unknown error code ${code}`);
    const text = fillText(def, params);
    super(text.en);
    this.name = 'AppError';
    this.status = def.status;
    this.text = text;
  }
}

/** One thing wrong with one place of the input. `path` is a JSON pointer; `code` is translated by the web. */
export interface Issue {
  path: string;
  code: string;
  message: string;
  params?: Record<string, unknown>;
}

/** Adds a module's rows to the error table and returns a constructor limited to its codes. Throws on a code in use. */
export function defineErrors<const T extends Record<string, ErrorDef>>(defs: T) {
  for (const [code, def] of Object.entries(defs)) {
    if (all.has(code)) throw new Error(`error code ${code} is defined twice`);
    all.set(code, def);
  }
  return (
    code: keyof T & string,
    params?: Record<string, unknown>,
    issues?: readonly Issue[],
    errors?: readonly unknown[],
  ) => new AppError(code, params, issues, errors);
}

/** Every code with its status and text, for documentation and the completeness test. */
export function errorTable(): ReadonlyMap<string, ErrorDef> {
  return all;
}
