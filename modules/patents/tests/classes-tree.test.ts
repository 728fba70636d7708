import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { compareSymbols, sortKey } from '../contract/classes.ts';
import { Concordance } from '../server/classes/concordance.ts';
import { TechFields } from '../server/classes/fields.ts';
import { searchTree } from '../server/classes/search.ts';
import { ClassTree } from '../server/classes/tree.ts';
import { CSV, DATA, readPath, treeOf, withClassFiles, XML } from './classes-files.ts';

withClassFiles();

const chinese = () => treeOf(['ipc_zh.csv', CSV]);
const both = () => treeOf(['ipc_zh.csv', CSV], ['ipc_en.xml', XML]);

describe('a tree', () => {
  test('has titles in both languages, whatever the spelling of the symbol', async () => {
    const tree = await both();
    expect(tree.title('A01B 1/02', 'zh')).toBe('锹；铲');
    expect(tree.title('A01B0001020000', 'en')).toBe('Spades; Shovels');
    expect((await chinese()).title('A01B1/02', 'en')).toBe('锹；铲');
    expect(tree.title('B99Z', 'en')).toBe('');
    expect(tree.currentVersion).toBe('2026.01');
  });

  test('knows the dots where a file records them, and says where none does', async () => {
    const tree = await both();
    expect(tree.path('A01B1/04').map((n) => n.symbol)).toEqual(['A', 'A01', 'A01B', 'A01B1/00', 'A01B1/02']);
    expect(tree.children('A01B1/00').map((n) => n.symbol)).toEqual(['A01B1/02', 'A01B1/06']);
    expect(tree.below('A01B1/02')).toEqual({ symbols: ['A01B1/04'], depthKnown: true, complete: true });
    const flat = await chinese();
    expect(flat.path('A01B1/04').map((n) => n.symbol)).toEqual(['A', 'A01', 'A01B', 'A01B1/00']);
    expect(flat.children('A01B1/00').map((n) => n.symbol)).toEqual(['A01B1/02', 'A01B1/04', 'A01B1/06']);
    expect(flat.below('A01B1/02')).toEqual({ symbols: [], depthKnown: false, complete: false });
    expect(flat.below('A01B')).toMatchObject({ depthKnown: false, complete: true });
    expect(flat.below('A01B').symbols).toHaveLength(4);
    expect(flat.below('H99Z')).toEqual({ symbols: [], depthKnown: false, complete: false });
  });

  test('keys of a subgroup are those of its own hierarchy', async () => {
    const key = (s: string) => sortKey(s)!;
    const tree = await both();
    expect(tree.keyRanges('A01B1/02')).toEqual([{ low: key('A01B1/02'), high: key('A01B1/04') }]);
    expect((await chinese()).keyRanges('A01B1/02')).toEqual([
      { low: key('A01B1/02'), high: key('A01B1/02') },
    ]);
    expect(tree.keyRanges('A01B')).toEqual([{ low: 'A01B', high: 'A01B~' }]);
    expect(tree.keyRanges('A01B99/01')).toEqual([{ low: key('A01B99/01'), high: key('A01B99/01') }]);
    expect(tree.keyRanges('nothing')).toEqual([]);
  });

  test('older editions add what is gone, and titles that are missing, and change nothing else', () => {
    const tree = new ClassTree();
    const now = { version: '2026.01', lang: 'zh', structural: true } as const;
    tree.add(now, { symbol: 'H10F', parent: null, depth: 2, title: '对辐射敏感的半导体器件' });
    tree.add(
      { version: '2020.01', lang: 'en', structural: false },
      { symbol: 'H10F', parent: null, depth: 2, title: 'Old words' },
    );
    tree.add(
      { version: '2020.01', lang: 'zh', structural: true },
      { symbol: 'H01L31/00', parent: 'H01L', depth: 3, title: '旧组' },
    );
    tree.finish();
    expect(tree.node('H10F')).toMatchObject({
      version: '2026.01',
      zh: '对辐射敏感的半导体器件',
      en: 'Old words',
    });
    expect(tree.node('H01L31/00')).toMatchObject({ version: '2020.01', parent: 'H01L' });
    // The spelling of a group says that there is a subclass.
    expect(tree.node('H01L')).toMatchObject({ version: '', zh: '', parent: 'H01' });
    expect(tree.currentVersion).toBe('2026.01');
  });

  test('below, children and path say the same of any tree', () => {
    const tree = fc.array(
      fc.record({
        group: fc.integer({ min: 1, max: 3 }),
        number: fc.integer({ min: 1, max: 99 }),
        dots: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tree, (rows) => {
        const made = new ClassTree();
        const layer = { version: '2026.01', lang: 'en', structural: true } as const;
        const sorted = [
          ...new Map(rows.map((r) => [`A01B${r.group}/${String(r.number).padStart(2, '0')}`, r.dots])),
        ].sort((a, b) => compareSymbols(a[0], b[0]));
        const open: string[] = [];
        let group = '';
        for (const [symbol, dots] of sorted) {
          const own = symbol.replace(/\/.*/, '/00');
          if (own !== group) open.length = 0;
          group = own;
          const depth = Math.min(dots, open.length + 1);
          open.length = depth - 1;
          made.add(layer, { symbol, parent: open.at(-1) ?? own, depth: 3 + depth, title: '' });
          open.push(symbol);
        }
        made.finish();
        for (const node of made.nodes()) {
          const { symbols, depthKnown } = made.below(node.symbol);
          expect(depthKnown).toBe(true);
          expect([...symbols].sort(compareSymbols)).toEqual(symbols);
          for (const one of symbols) expect(made.path(one).map((n) => n.symbol)).toContain(node.symbol);
          const direct = made
            .children(node.symbol)
            .flatMap((c) => [c.symbol, ...made.below(c.symbol).symbols]);
          expect(direct.sort(compareSymbols)).toEqual(symbols);
          const keys = made.keyRanges(node.symbol);
          const covered = [...made.nodes()]
            .map((n) => n.symbol)
            .filter((s) => keys.some((r) => sortKey(s)! >= r.low && sortKey(s)! <= r.high));
          expect(covered.sort(compareSymbols)).toEqual([node.symbol, ...symbols]);
        }
      }),
    );
  });
});

describe('a concordance', () => {
  const lines = [
    { old: 'H01L31/00', new: 'H10F', since: '2025.01' },
    { old: 'H01L27/142', new: 'H10F19/00', since: '2025.01' },
    { old: 'H01L29/00', new: 'H10D62/00', since: '2025.01' },
    { old: 'H10D62/00', new: 'H10P1/00', since: '2027.01' },
  ];
  test('a question for the new symbol finds the old ones, and says why', () => {
    const all = new Concordance(lines);
    expect(all.related('H10F')).toEqual([
      { symbol: 'H01L31/00', relation: 'predecessor', via: 'H10F', since: '2025.01', match: 'whole' },
      { symbol: 'H01L27/142', relation: 'predecessor', via: 'H10F19/00', since: '2025.01', match: 'whole' },
    ]);
    expect(all.related('H10F10/00')).toMatchObject([{ symbol: 'H01L31/00', via: 'H10F', match: 'part' }]);
    expect(all.related('H01L31/04')).toMatchObject([
      { symbol: 'H10F', relation: 'successor', match: 'part' },
    ]);
    expect(all.related('A01B')).toEqual([]);
  });

  test('chains are followed in one direction', () => {
    const found = new Concordance([...lines, { old: 'A01B1/00', new: 'H10P1/00', since: null }]).related(
      'H01L29/00',
    );
    expect(found.map((r) => r.symbol)).toEqual(['H10D62/00', 'H10P1/00']);
    const circle = new Concordance([
      { old: 'A01B', new: 'A01C', since: null },
      { old: 'A01C', new: 'A01B', since: null },
    ]);
    expect(circle.related('A01B').map((r) => r.symbol)).toEqual(['A01C', 'A01C']);
  });

  test('the tree asks it for everything under a symbol', async () => {
    const tree = await both();
    tree.concordance = new Concordance([{ old: 'A01D1/00', new: 'A01B1/04', since: '2026.01' }]);
    expect(tree.expand('A01B 1/02').related).toMatchObject([{ symbol: 'A01D1/00', via: 'A01B1/04' }]);
    expect((await chinese()).expand('A01B1/02').below.depthKnown).toBe(false);
  });
});

test('technology fields: the longest rule wins', () => {
  const rule = (prefix: string, field: number) => ({ prefix, field, title: `F${field}`, sector: 'S' });
  const fields = new TechFields([rule('A61K', 16), rule('A61K0008', 14), rule('H04N0003', 2)]);
  expect(fields.of('A61K 31/00')).toEqual([16]);
  expect(fields.of('A61K8/02')).toEqual([14]);
  expect(fields.of('H04N5/00')).toEqual([]);
  expect(fields.ofAll(['A61K8/02', 'A61K9/00', 'A61K8/06', 'nothing'])).toEqual([14, 16]);
  expect(fields.describe(2)).toEqual({ title: 'F2', sector: 'S' });
});

test('completion: symbols that begin so, else titles with all words', async () => {
  const tree = await both();
  const found = (typed: string) => searchTree(tree, typed, 3).map((n) => n.symbol);
  expect(found('a01')).toEqual(['A01', 'A01B', 'A01B1/00']);
  expect(found('A01B 1/0')).toEqual(['A01B1/00', 'A01B1/02', 'A01B1/04']);
  expect(found('SHOVELS spades')).toEqual(['A01B1/02']);
  expect(found('手动')).toEqual(['A01B1/00', 'A01B1/06']);
  expect(found('%')).toEqual([]);
});

test.skipIf(!existsSync(join(DATA, 'classification')))(
  'real: the fields of real symbols, all 35 of them',
  async () => {
    const { rows } = await readPath(
      join(DATA, 'classification/wipo_ipc_technology_35.csv'),
      'wipo_ipc_technology_35.csv',
    );
    const fields = new TechFields(rows as never);
    expect(fields.list()).toHaveLength(35);
    expect(fields.of('A61K8/02')).toEqual([14]);
    expect(fields.of('A61K31/00')).toEqual([16]);
    expect(fields.of('H10F')).toEqual([]);
  },
);
