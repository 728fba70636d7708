import type { StoreErrorCode } from '#kernel/stores/errors';
import type { Text } from '#kernel/text';

/** A failure for the person at the terminal: exit code, word for programs, and what to do. */
export interface Explained {
  exitCode: number;
  code: string;
  text: Text;
}

/** What the stores' own (English) message is about. */
const stores: Record<StoreErrorCode, string> = {
  in_use: '数据目录正被另一个服务使用。请先停止那个服务，或用 ZC_DATA 指定另一个目录。',
  not_running: '这个数据目录上没有正在运行的服务。',
  version: '数据目录由另一个版本的数据库写成。',
  folder: '数据目录不能使用，请检查 ZC_DATA 及其权限。',
  platform: '内置数据库不支持这个操作系统，请用 DATABASE_URL 和 CLICKHOUSE_URL 指定服务器。',
  failed: '数据库没有打开。',
  migration: '数据库升级没有完成。',
};

/** An error that brings its own words: refusals, faults of configuration, city pack, backup, and of the error table. */
interface Told extends Error {
  text: Text;
  code?: string;
  exitCode?: number;
  issues?: readonly { path: string; message: string }[];
}

const isTold = (error: unknown): error is Told =>
  error instanceof Error && typeof (error as Partial<Told>).text?.zh === 'string';

/**
 * Says in both languages what went wrong. Only what nobody foresaw shows its stack, and only with ZC_LOG=debug. Errors
 * are known by their shape, so that saying something costs no loading.
 */
export function explain(error: unknown): Explained {
  if (isTold(error)) {
    const exitCode = error.exitCode ?? 1;
    const issues = (error.issues ?? []).map((i) => `\n  ${i.path}: ${i.message}`).join('');
    return {
      exitCode,
      code: error.code ?? (exitCode === 2 ? 'usage' : error.name),
      text: { zh: error.text.zh + issues, en: error.text.en + issues },
    };
  }
  if (error instanceof Error && error.name === 'StoreError') {
    const { code, message } = error as Error & { code: StoreErrorCode };
    return { exitCode: 1, code: `store_${code}`, text: { zh: `${stores[code]}\n${message}`, en: message } };
  }
  const args = wrongArguments(error);
  if (args) return { exitCode: 2, code: 'usage', text: args };
  const message = error instanceof Error ? error.message : String(error);
  const stack =
    error instanceof Error && /^(debug|trace)$/.test(process.env.ZC_LOG ?? '') ? `\n${error.stack}` : '';
  return {
    exitCode: 1,
    code: 'failed',
    text: { zh: `出错：${message}${stack}`, en: `Failed: ${message}${stack}` },
  };
}

/** Node's own refusal of options, which it words in English alone. */
function wrongArguments(error: unknown): Text | null {
  const code = error instanceof TypeError && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('ERR_PARSE_ARGS')) return null;
  const { message } = error as TypeError;
  const option = /'(-[^' ]+)/.exec(message)?.[1] ?? '';
  return {
    zh:
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? `没有 ${option} 这个选项`
        : `选项 ${option} 写得不对：${message}`,
    en: code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? `There is no option ${option}` : message,
  };
}
