import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import { type Fault, type Located, makeFault, type Path } from './faults.ts';

/** Largest YAML or licence file of a pack, bytes. */
const MAX_TEXT = 4 * 1024 * 1024;
/** Largest GeoJSON file of a pack, bytes. */
const MAX_GEOJSON = 32 * 1024 * 1024;
/** How often anchors may be repeated altogether before a file is taken for an attack on memory. */
const MAX_ALIASES = 100;

/** A file that was read, with its bytes for the pack's hash. */
export interface ReadFile {
  file: string;
  bytes: Uint8Array;
  text: string;
}

/** A parsed file: the plain value and where everything stands in the text. */
export interface PackText extends Located {
  data: unknown;
}

const at = (file: string) => ({ file, line: 1, path: '' });

/**
 * Reads a file of the pack. Refuses what leaves the folder (by `..`, an absolute path or a symbolic link), what is not
 * a file, what is too large, and what is not UTF-8. A byte-order mark is dropped.
 */
export async function readPackFile(root: string, file: string): Promise<ReadFile | Fault> {
  const full = path.resolve(root, file);
  const inside = (base: string, target: string) => target.startsWith(base + path.sep);
  if (
    path.isAbsolute(file) ||
    /^[A-Za-z]:/.test(file) ||
    file.includes('\\') ||
    !inside(path.resolve(root), full)
  ) {
    return makeFault('path-escapes', at(file), { file });
  }
  let size: number;
  try {
    if (!inside(await realpath(root), await realpath(full)))
      return makeFault('path-escapes', at(file), { file });
    const info = await stat(full);
    if (!info.isFile()) return makeFault('not-a-file', at(file), { file });
    size = info.size;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return makeFault(
      reason === 'ENOENT' || reason === 'ENOTDIR' ? 'file-missing' : 'file-unreadable',
      at(file),
      {
        file,
        reason,
      },
    );
  }
  const limit = file.endsWith('.geojson') ? MAX_GEOJSON : MAX_TEXT;
  if (size > limit) return makeFault('file-too-large', at(file), { file, size, limit });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(full);
  } catch (error) {
    return makeFault('file-unreadable', at(file), {
      file,
      reason: error instanceof Error ? error.message : '',
    });
  }
  try {
    return { file, bytes, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return makeFault('not-utf8', { file, line: lineOfBadByte(bytes), path: '' }, { file });
  }
}

/** Line of the first byte sequence that is not UTF-8. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && bytes[i] !== 0x0a) continue;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, i));
    } catch {
      return line;
    }
    line += 1;
    start = i + 1;
  }
  return line;
}

/** Chinese for the YAML parser's error codes; others are shown as "syntax". */
const YAML_REASONS: Record<string, string> = {
  BAD_ALIAS: '别名写法不对',
  BAD_INDENT: '缩进不一致',
  BAD_SCALAR_START: '值不能以这个字符开头，请加引号',
  BLOCK_AS_IMPLICIT_KEY: '同一行里出现两个“键: 值”，或缩进不对',
  BLOCK_IN_FLOW: '花括号或方括号内不能换用缩进写法',
  MISSING_CHAR: '缺少字符（引号、括号、冒号或逗号）',
  MULTIPLE_DOCS: '一个文件只能有一份内容（多了“---”）',
  MULTIPLE_ANCHORS: '一个值上有两个锚点',
  MULTILINE_IMPLICIT_KEY: '键不能跨行',
  TAB_AS_INDENT: '不能用制表符缩进',
  UNEXPECTED_TOKEN: '出现了不该有的字符',
  TAG_RESOLVE_FAILED: '使用了不支持的类型标记',
};

/** Parses a YAML file, or says where its grammar is broken. */
export function parseYaml(read: ReadFile): PackText | Fault[] {
  const { file, text } = read;
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: '' };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
    const problems = [...document.errors, ...document.warnings];
    if (problems.length > 0) {
      return problems.map((problem) =>
        problem.code === 'DUPLICATE_KEY'
          ? makeFault('duplicate-key', place(problem.pos[0]))
          : makeFault('yaml-syntax', place(problem.pos[0]), {
              reasonZh: YAML_REASONS[problem.code] ?? '语法不符',
              reasonEn: problem.message,
            }),
      );
    }
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { file, data, locate: (where, on) => place(offsetOf(document.contents, where, on ?? 'value')) };

    function offsetOf(root: unknown, where: Path, on: 'key' | 'value'): number {
      let node: unknown = root;
      let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
      for (const [i, step] of where.entries()) {
        if (isAlias(node)) node = node.resolve(document);
        let next: unknown;
        if (isMap(node)) {
          const pair: Pair | undefined = node.items.find((item) => keyText(item.key) === String(step));
          if (!pair) return offset;
          const key = isNode(pair.key) ? pair.key.range?.[0] : undefined;
          next = pair.value;
          const value = isNode(next) ? next.range?.[0] : undefined;
          offset = (i === where.length - 1 && on === 'key' ? key : (value ?? key)) ?? offset;
        } else if (isSeq(node) && typeof step === 'number') {
          const item: unknown = node.items[step];
          next = isPair(item) ? item.value : item;
          if (next === undefined) return offset;
          offset = (isNode(next) ? next.range?.[0] : undefined) ?? offset;
        } else return offset;
        node = next;
      }
      return offset;
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/alias/i.test(message)) {
      return [
        /Excessive/i.test(message)
          ? makeFault('alias-bomb', at(file), { limit: MAX_ALIASES })
          : makeFault('yaml-syntax', at(file), { reasonZh: '别名没有对应的锚点', reasonEn: message }),
      ];
    }
    return [makeFault('yaml-syntax', at(file), { reasonZh: '嵌套过深或无法解析', reasonEn: message })];
  }
}

function keyText(key: unknown): string {
  const node = key as Node & { value?: unknown };
  return isNode(node) && 'value' in node ? String(node.value) : String(key);
}

/**
 * Parses a GeoJSON file. It is read as JSON for speed; only when something is to be pointed at is it read once more as
 * YAML, of which JSON is a part, to find the line.
 */
export function parseGeoJson(read: ReadFile): PackText | Fault[] {
  const { file, text } = read;
  try {
    const data: unknown = JSON.parse(text);
    let located: PackText | Fault[] | undefined;
    return {
      file,
      data,
      locate(where, on) {
        located ??= parseYaml(read);
        return Array.isArray(located) ? { line: 1, column: 1 } : located.locate(where, on);
      },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? text : text.slice(0, Number(position));
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    return [makeFault('json-syntax', { file, line, column, path: '' }, { reason: message })];
  }
}
