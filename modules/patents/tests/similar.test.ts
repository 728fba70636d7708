import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { packModel, unpackModel } from '../server/similar/classifier.ts';
import { learnInThread } from '../server/similar/learn.ts';
import { countGrams } from '../server/similar/ngrams.ts';
import { isLatinText, queryTerms } from '../server/similar/query-terms.ts';
import { TitleIndex } from '../server/similar/title-index.ts';
import { countTerms, termCode, tokensOf } from '../server/similar/tokens.ts';
import { type LabelledText, sigmoid, trainClassifier } from '../server/similar/train.ts';
import {
  englishWords,
  learnTranslation,
  packTranslation,
  unpackTranslation,
} from '../server/similar/translation-learn.ts';
import { treeOf, withClassFiles } from './classes-files.ts';

withClassFiles();

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'一种图像处理装置的方法，ABab019 .\n𠀀々ＡＢ'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 60,
});

describe('tokens', () => {
  test('characters and pairs over runs of Han, words of Latin letters and digits, everything else separates', () => {
    expect(tokensOf('图像LED处理，A4')).toEqual([
      '1:图',
      '1:像',
      '2:图像',
      'w:led',
      '1:处',
      '1:理',
      '2:处理',
      'w:a4',
    ]);
    expect(tokensOf('一a二')).toEqual(['1:一', '2:一', 'w:a', '1:二', '2:二']);
    expect(tokensOf('ＬＥＤ　Ｂ')).toEqual(['w:led', 'w:b']);
    expect(tokensOf('𠀀一')).toEqual(['1:𠀀', '1:一', '2:𠀀一']);
    expect(tokensOf('—。, ')).toEqual([]);
  });

  test('counting by code is the same as counting tokens; the title counts three times', () => {
    fc.assert(
      fc.property(text, text, (title, abstract) => {
        const wanted = new Map<number, number>();
        const add = (s: string, weight: number) => {
          for (const token of tokensOf(s))
            wanted.set(termCode(token), (wanted.get(termCode(token)) ?? 0) + weight);
        };
        add(title, 3);
        add(abstract, 1);
        expect(countTerms(title, abstract)).toEqual(wanted);
      }),
    );
  });

  test('codes are whole numbers below 2^53, and different tokens have different ones', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const tokens = new Set([...tokensOf(a), ...tokensOf(b)]);
        const codes = [...tokens].map(termCode);
        for (const code of codes) expect(Number.isSafeInteger(code) && code > 0).toBe(true);
        expect(new Set(codes).size).toBe(tokens.size);
      }),
    );
  });

  test('joining with a separator adds nothing, so that no pair crosses it', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(tokensOf(`${a}\n${b}`)).toEqual([...tokensOf(a), ...tokensOf(b)]);
      }),
    );
  });
});

describe('translation', () => {
  const pairs = [
    { zh: '车辆（入B60）', en: 'Vehicles (B60)' },
    { zh: '车辆的轮胎', en: 'Tyres for vehicles' },
    { zh: '电动车辆', en: 'Electric vehicles' },
    { zh: '轮胎', en: 'Tyres' },
    { zh: '电动机', en: 'Electric motors' },
    { zh: '玻璃', en: 'Glass' },
  ];

  test('learns an obvious pair, and keeps it through bytes', async () => {
    const table = await learnTranslation(pairs);
    const tokens = (word: string) => table.get(word)!.map(([token]) => token);
    expect(tokens('vehicle')).toContain('2:车辆');
    expect(tokens('vehicle')).not.toContain('2:轮胎');
    expect(tokens('tyre')).toContain('2:轮胎');
    expect(table.has('for')).toBe(false);
    const again = unpackTranslation(packTranslation(table));
    expect([...again.keys()]).toEqual([...table.keys()]);
    expect(again.get('tyre')![0]![1]).toBeCloseTo(table.get('tyre')![0]![1], 3);
    expect(() => unpackTranslation(Buffer.from('something'))).toThrow();
  });

  test('words lose the s of a plural and those that say nothing', () => {
    expect(englishWords('The glass of VEHICLES, e.g. a 3D-printer')).toEqual([
      'glass',
      'vehicle',
      '3d',
      'printer',
    ]);
  });

  test('English texts are translated, Chinese ones with a few abbreviations are not', async () => {
    const table = await learnTranslation(pairs);
    const known = (word: string) => table.has(word);
    expect(isLatinText('electric vehicle', known)).toBe(true);
    expect(isLatinText('一种带有LED的车辆轮胎安装装置', known)).toBe(false);
    expect(isLatinText('electric vehicle 轮胎', known)).toBe(true);
    expect(isLatinText('unknown words', known)).toBe(false);
    const english = queryTerms('Vehicle', '', table);
    expect(english).toContainEqual({ token: '2:车辆', weight: expect.any(Number), from: 'vehicle' });
    expect(english).toContainEqual({ token: 'w:vehicle', weight: 3, from: null });
    expect(queryTerms('the of', '', table)).toEqual([]);
    expect(queryTerms('Vehicle', '', null)).toEqual([{ token: 'w:vehicle', weight: 3, from: null }]);
  });
});

describe('subclasses', () => {
  const things: Record<string, string[]> = {
    B60C: ['轮胎', '胎面', '胎侧', '充气轮'],
    H01M: ['电池', '电极', '电解液', '隔膜'],
    G06T: ['图像', '像素', '渲染', '图形'],
  };
  const texts: LabelledText[] = Object.entries(things).flatMap(([label, words]) =>
    Array.from({ length: 60 }, (_, i) => ({
      title: `一种${words[i % 4]}${words[(i * 7 + 1) % 4]}的${['装置', '方法', '系统'][i % 3]}`,
      abstract: `涉及${words[(i + 2) % 4]}`,
      labels: [label, ...(i % 30 === 0 ? ['Y99Z'] : [])],
    })),
  );

  test('learns an obvious class, is sure of it, and is the same after packing', () => {
    const { parts, info } = trainClassifier(texts);
    expect(info).toMatchObject({ documents: 180, labels: 4, hit3: 1 });
    const model = unpackModel(packModel(parts));
    const best = model.rank({ title: '电池隔膜', abstract: '' }, 3);
    expect(best[0]!.label).toBe('H01M');
    expect(best[0]!.confidence).toBeGreaterThan(0.7);
    expect(best[0]!.confidence).toBeGreaterThan(best[1]!.confidence * 2);
    expect(model.decide({ title: '图像渲染', abstract: '' })).toEqual(['G06T']);
    // Nothing known: still an answer, but no sure one.
    expect(model.rank({ title: 'xyz', abstract: '' }, 3).every((r) => r.confidence < 0.7)).toBe(true);
    expect(() => unpackModel(packModel(parts).subarray(0, 300))).toThrow();
    expect(() => unpackModel(Buffer.from('x'))).toThrow();
  });

  test('memory is bounded by leaving later records out', () => {
    expect(trainClassifier(texts, { cells: 3000 }).info.documents).toBeLessThan(120);
    expect(() => trainClassifier(texts.slice(0, 3))).toThrow('too few');
  });

  test('learning in a thread gives the same, tells how far it is, and can be stopped', async () => {
    const told: number[] = [];
    const learned = (await learnInThread({ kind: 'subclasses', texts }, (done, total) =>
      told.push(done / total),
    ))!;
    expect(told.at(-1)).toBe(1);
    expect(learned.info).toMatchObject({ documents: 180, labels: 4 });
    expect(Buffer.from(learned.bytes).equals(packModel(trainClassifier(texts).parts))).toBe(true);
    await expect(learnInThread({ kind: 'subclasses', texts: [] })).rejects.toThrow('too few');
  });

  test('confidence follows what was right', () => {
    const pairs = Array.from({ length: 1000 }, (_, i) => ({
      score: (i % 10) / 10,
      right: i % 10 >= 5 && i % 3 !== 0,
    }));
    const { slope, offset } = sigmoid(pairs);
    const at = (score: number) => 1 / (1 + Math.exp(slope * score + offset));
    expect(at(0)).toBeLessThan(0.1);
    expect(at(0.9)).toBeGreaterThan(0.6);
  });

  test('runs of characters: the title counts ten times', () => {
    const grams = countGrams({ title: 'ab', abstract: 'b c' });
    expect(Object.fromEntries(grams)).toEqual({
      a: 10,
      ab: 10,
      b: 11,
      'b ': 1,
      'b c': 1,
      ' ': 1,
      ' c': 1,
      c: 1,
    });
  });

  test('before anything is learned, the titles of the scheme suggest', async () => {
    const tree = await treeOf([
      'ipc.csv',
      'code,title_zh\nB60,车辆\nB60C,车辆轮胎\nB60C1/00,充气轮胎\nH01M,电池\nH01M4/00,电极\n',
    ]);
    const index = await TitleIndex.of(tree);
    expect(index.size).toBe(2);
    expect(index.find(queryTerms('一种充气轮胎', '', null), 5).map((f) => f.symbol)).toEqual(['B60C']);
    expect(index.find(queryTerms('xyz', '', null), 5)).toEqual([]);
  });
});
