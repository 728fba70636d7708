import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exists, filesOf, lineAt, textOf } from './checkout.ts';

const documents = filesOf(/\.md$/);

/** The text with code blanked out, character for character, so that places stay where they are. */
function prose(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  return text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]*`/g, blank);
}

/** The anchors that a Markdown page offers: its headings as GitHub names them. */
function anchorsOf(path: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = [
    ...textOf(path)
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#{1,6}\s+(.+)$/gm),
  ].map((m) => {
    const plain = m[1]!.replace(/`|\*\*|\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const n = seen.get(slug) ?? 0;
    seen.set(slug, n + 1);
    return n === 0 ? slug : `${slug}-${n}`;
  });
  return new Set(anchors);
}

/** Links and pictures of a page that stay inside the checkout. */
function linksOf(path: string): { to: string; anchor: string | undefined; line: number }[] {
  const text = prose(textOf(path));
  return [...text.matchAll(/\]\(\s*([^)\s]+)(?:\s+"[^"]*")?\s*\)|\b(?:src|href)="([^"]+)"/g)].flatMap((m) => {
    const link = (m[1] ?? m[2])!;
    if (/^[a-z]+:/i.test(link)) return [];
    const [file, anchor] = decodeURIComponent(link).split('#');
    const to = file ? posix.join(posix.dirname(path), file) : path;
    return [{ to, anchor, line: lineAt(text, m.index) }];
  });
}

describe('documents', () => {
  test('every link inside the checkout leads somewhere', () => {
    const broken = documents.flatMap((path) =>
      linksOf(path).flatMap(({ to, anchor, line }) => {
        if (!exists(to)) return [`${path}:${line} ${to} is not there`];
        if (anchor && to.endsWith('.md') && !anchorsOf(to).has(anchor))
          return [`${path}:${line} ${to} has no heading #${anchor}`];
        return [];
      }),
    );
    expect(broken).toEqual([]);
    expect(documents.flatMap(linksOf).length).toBeGreaterThan(20);
  });

  test('files named in running text are there', () => {
    const named =
      /`((?:app|kernel|modules|shell|cities|scripts|docs|bin|bench|e2e)\/[\w./-]*[\w-]\.(?:ts|tsx|mjs|md|yaml|sql|svg))`/g;
    const missing = documents.flatMap((path) => {
      const text = textOf(path);
      return [...text.matchAll(named)]
        .filter((m) => !/NNNN/.test(m[1]!) && !exists(m[1]!))
        .map((m) => `${path}:${lineAt(text, m.index)} ${m[1]} is not there`);
    });
    expect(missing).toEqual([]);
  });

  test('decisions have number, context, decision and consequences on one page', () => {
    const decisions = documents.filter((path) => /^docs\/adr\/\d/.test(path));
    expect(decisions.length).toBeGreaterThan(10);
    const numbers = decisions.map((path) => Number(/(\d{4})-/.exec(path)?.[1])).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    const index = textOf('docs/adr/README.md');
    for (const path of decisions) {
      const text = textOf(path);
      expect([...anchorsOf(path)], path).toEqual(
        expect.arrayContaining(['context', 'decision', 'consequences']),
      );
      expect(text.split('\n').length, path).toBeLessThanOrEqual(61);
      expect(index, path).toContain(`](${posix.basename(path)})`);
    }
  });

  test('what the recipe for a module imports is there', () => {
    const recipe = textOf('CONTRIBUTING.md');
    const own = new Set([...recipe.matchAll(/^\/\/ (modules\/[\w./-]+)$/gm)].map((m) => m[1]!));
    expect(own.size).toBeGreaterThan(8);
    const imports = [...recipe.matchAll(/^import (?:type )?(?:\* as \w+|\{([^}]*)\}) from '#([^']+)';$/gm)];
    expect(imports.length).toBeGreaterThan(15);
    const missing = imports.flatMap((m) => {
      const file = [m[2]!, `${m[2]}.ts`].find(
        (path) => path.includes('.') && (exists(path) || own.has(path)),
      );
      if (!file) return [`CONTRIBUTING.md:${lineAt(recipe, m.index)} #${m[2]} is not there`];
      if (own.has(file)) return [];
      const names = (m[1] ?? '').split(',').map((n) => n.trim().replace(/^type /, ''));
      return names
        .filter((n) => n && !new RegExp(`export [^;=]*\\b${n}\\b`).test(textOf(file)))
        .map((n) => `CONTRIBUTING.md:${lineAt(recipe, m.index)} ${file} exports no ${n}`);
    });
    expect(missing).toEqual([]);
  });

  test('the commands of the front pages exist', () => {
    const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: object }).scripts);
    for (const path of ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md']) {
      const used = [...textOf(path).matchAll(/npm (?:run )?([a-z]+)/g)].map((m) => m[1]!);
      const own = used.filter((name) => !['ci', 'install', 'run'].includes(name));
      expect(own.length, path).toBeGreaterThan(0);
      expect(scripts, path).toEqual(expect.arrayContaining(own));
    }
  });
});

describe('every file', () => {
  const written = filesOf(/\.(tsx?|mjs|md|sql|ya?ml|json|css|html|svg)$|^run$/);
  const lines = (path: string, forbidden: RegExp) =>
    textOf(path)
      .split('\n')
      .flatMap((line, i) => (forbidden.test(line) ? [`${path}:${i + 1} ${line.trim().slice(0, 100)}`] : []));

  test('names no folder of one machine', () => {
    const machine = /(?<![\w.*/])\/(?:work|root|home|Users)\//;
    expect(written.flatMap((path) => lines(path, machine))).toEqual([]);
  });

  test('leaves nothing for later', () => {
    const later = new RegExp(`\\b(${['TO', 'FIX'].join('DO|')}ME|X{3})\\b`);
    expect(written.filter((p) => p !== 'package-lock.json').flatMap((path) => lines(path, later))).toEqual(
      [],
    );
  });

  test('the lockfile names no registry', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });
});
