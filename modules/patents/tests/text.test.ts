import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, excerpt, findMarks, searchForm } from '../server/text.ts';

describe('searchForm', () => {
  test.each([
    ['ＬＥＤ　灯', 'led灯'],
    ['采用 PLC 控制', '采用plc控制'],
    ['控制单\n元', '控制单元'],
    ['Steel  Frame\n2', 'steel frame 2'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['零\u200b宽', '零宽'],
    ['①㎏', '1kg'],
    ['  a b ', 'a b'],
  ])('%j → %j', (text, form) => expect(searchForm(text)).toBe(form));

  test('what was found in a text is found in its form', () => {
    fc.assert(
      fc.property(mixed, fc.nat(), fc.nat(), (text, a, b) => {
        const form = searchForm(text);
        // A piece of the form, as a person would type it, passes through the same function unchanged in meaning.
        const piece = form.slice(
          Math.min(a, b) % (form.length + 1),
          (Math.max(a, b) % (form.length + 1)) + 1,
        );
        if (piece.trim() === piece && piece.isWellFormed()) expect(form).toContain(searchForm(piece));
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
      '手',
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
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));

describe('findMarks', () => {
  test('marks lie on pieces whose form holds the word, and none is missed', () => {
    fc.assert(
      fc.property(mixed, mixed, (text, other) => {
        const word = searchForm(other).split(' ')[0]!;
        fc.pre(word !== '');
        const marks = findMarks(text, [word]);
        for (const [start, length] of marks)
          expect(searchForm(text.slice(start, start + length))).toContain(word);
        expect(marks.length > 0).toBe(searchForm(text).includes(word));
      }),
    );
  });

  test('overlapping and neighbouring pieces become one', () => {
    expect(findMarks('轨枕混凝土轨枕', ['轨枕', '枕混', '混凝土'])).toEqual([[0, 7]]);
    expect(findMarks('ＡＢＣ 与 abc', ['abc'])).toEqual([
      [0, 3],
      [6, 3],
    ]);
    expect(findMarks('任何', [''])).toEqual([]);
  });
});

test('an excerpt holds the first mark and never half a character', () => {
  const text = `${'𠮷'.repeat(200)}目标${'𠮷'.repeat(200)}`;
  const marks = findMarks(text, ['目标']);
  const cut = excerpt(text, marks, 41);
  expect(cut.text).toContain('目标');
  expect(cut.text.isWellFormed()).toBe(true);
  const [at, length] = cut.marks[0]!;
  expect(cut.text.slice(at, at + length)).toBe('目标');
  expect(excerpt('短', [], 100)).toEqual({ text: '短', marks: [] });
});

test('an excerpt says where the text was cut', () => {
  const text = '甲乙丙丁戊己庚辛壬癸';
  expect(excerpt(text, [], 4).text).toBe('甲乙丙丁…');
  expect(excerpt(text, findMarks(text, ['癸']), 4)).toEqual({ text: '…庚辛壬癸', marks: [[4, 1]] });
  expect(excerpt(text, findMarks(text, ['戊']), 4)).toEqual({ text: '…丁戊己庚…', marks: [[2, 1]] });
  expect(excerpt(text, findMarks(text, ['甲']), 10)).toEqual({ text, marks: [[0, 1]] });
});

test('cleanText keeps line breaks and drops what cannot be stored', () => {
  expect(cleanText(' 一\u0000二\r\n三\ud800 ')).toBe('一二\n三\ufffd');
});
