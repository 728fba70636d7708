import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders that are not written by hand. */
const GENERATED = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

/** Paths of all files written by hand whose name fits, relative to the checkout, with `/`. */
export function filesOf(name: RegExp, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory())
      return GENERATED.has(entry.name) || path === 'e2e/output' ? [] : filesOf(name, path);
    return entry.isFile() && name.test(entry.name) ? [path] : [];
  });
}

/** A file's text. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Is there such a file or folder? */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** Line of a place in a text, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** One import, export-from or `import()` of a file. */
export interface Import {
  /** As written. */
  specifier: string;
  line: number;
  /** Only types are taken, so nothing is loaded: `import type …` and `import { type … }`. */
  typeOnly: boolean;
  /** File of the checkout that it names; null for packages and Node's own modules. */
  target: string | null;
}

const NAMES = String.raw`(?:type\s+)?(?:[\w$]+|\*)(?:\s+as\s+[\w$]+)?`;
const CLAUSE = String.raw`(?:${NAMES}|\{[^}]*\})(?:\s*,\s*(?:${NAMES}|\{[^}]*\}))*`;
const STATIC = new RegExp(
  String.raw`^(?:import|export)\s+(type\s+)?(?:(${CLAUSE})\s*from\s*)?'([^']+)'`,
  'gm',
);
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)/g;

/** Everything that a file of the checkout imports. Imports begin a line, as the formatter writes them. */
export function importsOf(path: string): Import[] {
  const text = textOf(path);
  const found: Import[] = [];
  for (const m of text.matchAll(STATIC)) {
    const names = /^\{([^}]*)\}$/.exec(m[2] ?? '')?.[1];
    const onlyTypes = names?.split(',').every((n) => n.trim() === '' || n.trim().startsWith('type '));
    found.push(importAt(path, text, m.index, m[3]!, Boolean(m[1]) || Boolean(onlyTypes)));
  }
  for (const m of text.matchAll(DYNAMIC)) {
    const before = text.slice(text.lastIndexOf('\n', m.index) + 1, m.index);
    if (!/^\s*(\/\/|\/?\*)/.test(before)) found.push(importAt(path, text, m.index, m[1]!, false));
  }
  return found;
}

function importAt(path: string, text: string, index: number, specifier: string, typeOnly: boolean): Import {
  return { specifier, typeOnly, line: lineAt(text, index), target: resolve(path, specifier) };
}

/** The file that a specifier names, by the rules of `imports` in package.json; null where it leaves the checkout. */
function resolve(from: string, specifier: string): string | null {
  const path = specifier.startsWith('#')
    ? specifier.slice(1)
    : specifier.startsWith('.')
      ? posix.join(dirname(from), specifier)
      : null;
  if (path === null) return null;
  const candidates = [path, `${path}.ts`];
  return candidates.find((c) => exists(c) && statSync(join(root, c)).isFile()) ?? path;
}

/** All circles of imports that load something: the files in order as `file:line` of the import, the first one again at the end. */
export function circles(graph: ReadonlyMap<string, readonly Import[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const way: { file: string; line: number }[] = [];
  const walk = (file: string): void => {
    const at = way.findIndex((step) => step.file === file);
    if (at >= 0) {
      found.push([...way.slice(at).map((step) => `${step.file}:${step.line}`), file]);
      return;
    }
    if (done.has(file)) return;
    const step = { file, line: 0 };
    way.push(step);
    for (const i of graph.get(file) ?? []) {
      if (!i.target || i.typeOnly) continue;
      step.line = i.line;
      walk(i.target);
    }
    way.pop();
    done.add(file);
  };
  for (const file of graph.keys()) walk(file);
  return found;
}
