import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { formOf, splitForm, unitsOf } from '../query/form.ts';
import { marksIn } from '../server/search/highlight.ts';
import { cleanText, excerpt } from '../server/text.ts';

describe('the form of a text', () => {
  test.each([
    ['ＬＥＤ　灯', '<led>灯'],
    ['采用 PLC 控制', '采用<plc>控制'],
    ['控制单\n元', '控制单\n元'],
    ['Steel  Frame 2', '<steel><frame><2>'],
    ['ΟΔΟΣ', '<οδοσ>'],
    ['零\u200b宽', '零宽'],
    ['①㎏', '<1kg>'],
    ['甲，乙。丙；丁', '甲,乙;丙;丁'],
    ['x-ray, 1/2 mol', '<x><ray>,<1><2><mol>'],
    ['Fig. 3. End', '<fig>;<3>;<end>'],
    ['3.5%', '<3><5>'],
    ['。，甲。。', '甲'],
    ['e\u0301te\u0301', '<été>'],
  ])('%j → %j', (text, form) => expect(formOf(text)).toBe(form));

  test('is made of units that can be told apart again, each with its place in the text', () => {
    fc.assert(
      fc.property(fc.oneof(mixed, fc.string({ unit: 'binary' })), (text) => {
        const source = text.normalize('NFC');
        const units = unitsOf(source);
        expect(splitForm(formOf(source))).toEqual(units.map((u) => u.text));
        let behind = 0;
        for (const { start, end } of units) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(start).toBeGreaterThanOrEqual(behind > start ? start : behind);
          behind = start;
        }
      }),
    );
  });

  test('does not change when it is made again from a piece that stands for itself', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const plain = formOf(text).replaceAll(/[<>]/g, ' ').replaceAll(',', '，').replaceAll(';', '。');
        expect(formOf(plain)).toBe(formOf(text));
      }),
    );
  });
});

const mixed = fc
  .array(
    fc.constantFrom(
      '机',
      '器',
      '人',
      '抓',
      'A',
      'b',
      'Ｃ',
      '１',
      ' ',
      '\n',
      '，',
      '。',
      'é',
      '𠮷',
      'ﾃﾞ',
      'e\u0301',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('marks', () => {
  test('lie on pieces whose form is the term, and none is missed', () => {
    const term = (text: string) => ({ type: 'term', term: { text, quoted: true } }) as const;
    fc.assert(
      fc.property(mixed, fc.constantFrom('机', '机器', 'b', '人抓', 'é', '器人'), (text, word) => {
        const source = text.normalize('NFC');
        const marks = marksIn(source, [term(word)]);
        const form = formOf(word);
        for (const [start, length] of marks)
          expect(formOf(source.slice(start, start + length))).toContain(form);
        expect(marks.length > 0).toBe(formOf(source).includes(form));
      }),
    );
  });

  test('overlapping and neighbouring pieces become one', () => {
    const term = (text: string) => ({ type: 'term', term: { text, quoted: true } }) as const;
    expect(marksIn('轨枕混凝土轨枕', ['轨枕', '枕混', '混凝土'].map(term))).toEqual([[0, 7]]);
    expect(marksIn('ＡＢＣ 与 abc', [term('abc')])).toEqual([
      [0, 3],
      [6, 3],
    ]);
  });
});

const marked = (text: string, word: string) =>
  marksIn(text, [{ type: 'term', term: { text: word, quoted: true } }]);

test('an excerpt holds the first mark and never half a character', () => {
  const text = `${'𠮷'.repeat(200)}目标${'𠮷'.repeat(200)}`;
  const cut = excerpt(text, marked(text, '目标'), 41);
  expect(cut.text).toContain('目标');
  expect(cut.text.isWellFormed()).toBe(true);
  const [at, length] = cut.marks[0]!;
  expect(cut.text.slice(at, at + length)).toBe('目标');
  expect(excerpt('短', [], 100)).toEqual({ text: '短', marks: [] });
});

test('an excerpt says where the text was cut', () => {
  const text = '甲乙丙丁戊己庚辛壬癸';
  expect(excerpt(text, [], 4).text).toBe('甲乙丙丁…');
  expect(excerpt(text, marked(text, '癸'), 4)).toEqual({ text: '…庚辛壬癸', marks: [[4, 1]] });
  expect(excerpt(text, marked(text, '戊'), 4)).toEqual({ text: '…丁戊己庚…', marks: [[2, 1]] });
  expect(excerpt(text, marked(text, '甲'), 10)).toEqual({ text, marks: [[0, 1]] });
});

test('cleanText keeps line breaks and drops what cannot be stored', () => {
  expect(cleanText(' 一\u0000二\r\n三\ud800 ')).toBe('一二\n三\ufffd');
});
