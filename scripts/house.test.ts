import { describe, expect, test } from 'vitest';
import { circles, exists, filesOf, type Import, importsOf, textOf } from './checkout.ts';

const files = filesOf(/\.tsx?$/);
const graph = new Map(files.map((file) => [file, importsOf(file)]));

/** Every import that a rule forbids, as `file:line imports …`. */
function offences(within: RegExp, forbidden: (i: Import, file: string) => boolean): string[] {
  return [...graph].flatMap(([file, imports]) =>
    within.test(file)
      ? imports.filter((i) => forbidden(i, file)).map((i) => `${file}:${i.line} imports ${i.specifier}`)
      : [],
  );
}

const moduleOf = (path: string | null) => /^modules\/([^/]+)\//.exec(path ?? '')?.[1];
const isDoor = (path: string) => /^modules\/[^/]+\/(contract|server\/index)\.ts$/.test(path);

describe('the house', () => {
  test('is read at all', () => {
    expect(files.length).toBeGreaterThan(300);
    const server = importsOf('kernel/http/server.ts');
    expect(server.some((i) => i.target === 'kernel/errors.ts' && !i.typeOnly)).toBe(true);
    expect(server.some((i) => i.target === 'kernel/log.ts' && i.typeOnly)).toBe(true);
    expect(importsOf('modules/plan/web/index.ts').some((i) => i.target?.endsWith('board-page.tsx'))).toBe(
      true,
    );
  });

  test('the kernel imports no module, no page and no composition', () => {
    expect(offences(/^kernel\//, (i) => /^(modules|shell|app)\//.test(i.target ?? ''))).toEqual([]);
  });

  test('a module reaches another through its contract or its server index alone', () => {
    const other = (i: Import, file: string) =>
      moduleOf(i.target) !== undefined && moduleOf(i.target) !== moduleOf(file) && !isDoor(i.target!);
    expect(offences(/^modules\//, other)).toEqual([]);
    expect(offences(/^modules\//, (i) => /^app\//.test(i.target ?? ''))).toEqual([]);
  });

  test('servers and contracts know no page', () => {
    const page = (i: Import) => /^(shell|modules\/[^/]+\/web)\//.test(i.target ?? '');
    expect(offences(/^modules\/[^/]+\/(server|contract)/, page)).toEqual([]);
  });

  test('web code names no server code, not even its types', () => {
    const server = (i: Import) => /^(app|modules\/[^/]+\/(server|tests))\//.test(i.target ?? '');
    expect(offences(/^(shell|modules\/[^/]+\/web)\//, server)).toEqual([]);
    const pages = (i: Import, file: string) =>
      /^modules\/[^/]+\/web\//.test(i.target ?? '') && moduleOf(i.target) !== moduleOf(file);
    expect(offences(/^(shell\/(?!modules\.ts$)|modules\/[^/]+\/web\/)/, pages)).toEqual([]);
  });

  test('nothing that a page loads, however far away, needs Node', () => {
    const found: string[] = [];
    const seen = new Set<string>();
    const walk = (file: string, way: string[]): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const i of graph.get(file) ?? []) {
        if (i.typeOnly) continue;
        if (i.specifier.startsWith('node:'))
          found.push([...way, `${file}:${i.line}`, i.specifier].join(' → '));
        else if (i.target) walk(i.target, [...way, file]);
      }
    };
    for (const file of files)
      if (/^(shell|modules\/[^/]+\/web)\//.test(file) && !file.endsWith('.test.ts')) walk(file, []);
    expect(found).toEqual([]);
  });

  test('imports run in no circle', () => {
    expect(circles(graph).map((circle) => circle.join(' → '))).toEqual([]);
    const a: Import = { specifier: './b.ts', line: 1, typeOnly: false, target: 'b.ts' };
    expect(
      circles(
        new Map([
          ['a.ts', [a]],
          ['b.ts', [{ ...a, target: 'a.ts' }]],
        ]),
      ),
    ).toEqual([['a.ts:1', 'b.ts:1', 'a.ts']]);
    expect(
      circles(
        new Map([
          ['a.ts', [a]],
          ['b.ts', [{ ...a, target: 'a.ts', typeOnly: true }]],
        ]),
      ),
    ).toEqual([]);
  });

  test('one subject a file: at most 400 lines of code, 450 in a test', () => {
    const long = files.flatMap((file) => {
      const lines = textOf(file).split('\n');
      const isTest = file.endsWith('.test.ts') || file.endsWith('.e2e.ts');
      const count = lines.filter((l) => !/^\s*($|\/\/|\/?\*)/.test(l)).length;
      return count > (isTest ? 450 : 400) ? [`${file} has ${count} lines`] : [];
    });
    expect(long).toEqual([]);
  });

  test('every module has a README, a contract and a server index', () => {
    const modules = [...new Set(files.flatMap((file) => moduleOf(file) ?? []))];
    expect(modules).toEqual(expect.arrayContaining(['parties', 'plan', 'reference']));
    const missing = modules.flatMap((name) =>
      ['README.md', 'contract.ts', 'server/index.ts']
        .map((file) => `modules/${name}/${file}`)
        .filter((path) => !exists(path)),
    );
    expect(missing).toEqual([]);
  });

  test('every module stands in the lists of server and web', () => {
    const server = importsOf('app/modules.ts').map((i) => moduleOf(i.target));
    const web = importsOf('shell/modules.ts').map((i) => moduleOf(i.target));
    const missing = [...new Set(files.flatMap((file) => moduleOf(file) ?? []))].flatMap((name) => [
      ...(server.includes(name) ? [] : [`${name} is not in app/modules.ts`]),
      ...(exists(`modules/${name}/web/index.ts`) && !web.includes(name)
        ? [`${name} is not in shell/modules.ts`]
        : []),
    ]);
    expect(missing).toEqual([]);
  });
});
