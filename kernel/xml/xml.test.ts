import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { XmlError } from './errors.ts';
import type { XmlNode } from './node.ts';
import { readXmlRecords, type XmlReading, type XmlRecord } from './records.ts';

const READING: XmlReading = { isRecord: (name) => name === 'r', skip: new Set(['junk']) };
const WHOLE: XmlReading = { isRecord: (name, depth) => name === 'r' && depth === 0, documentIsRecord: true };
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

async function* pieces(content: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Outcome {
  records: XmlRecord[];
  error: XmlError | null;
  seen: number;
}

async function read(content: string | Buffer, reading = READING, size = 7): Promise<Outcome> {
  const source = readXmlRecords(pieces(content, size), reading);
  const records: XmlRecord[] = [];
  try {
    for await (const record of source) records.push(record);
  } catch (error) {
    expect(error).toBeInstanceOf(XmlError);
    const { text } = error as XmlError;
    for (const t of [text.zh, text.en]) expect(t).not.toMatch(/\{\w+\}|undefined(?! entity)|NaN/);
    return { records, error: error as XmlError, seen: source.seen };
  }
  return { records, error: null, seen: source.seen };
}

const texts = ({ records }: Outcome) => records.map((r) => r.node?.text ?? r.problem?.code);
const show = (node: XmlNode): unknown => [
  node.name,
  node.attributes,
  ...node.children.map((c) => (typeof c === 'string' ? c : show(c))),
];

describe('records of a document', () => {
  it('come with attributes, mixed content and without what is skipped', async () => {
    const { records, error } = await read(
      `${HEAD}<a:all xmlns:a="x"><a:r id="1" xml:lang="en">one <b>t<i>w</i>o</b><junk><r>no</r></junk> &amp; <![CDATA[<3>]]></a:r>\n<r/></a:all>`,
    );
    expect(error).toBeNull();
    expect(show(records[0]!.node!)).toEqual([
      'r',
      { id: '1', 'xml:lang': 'en' },
      'one ',
      ['b', {}, 't', ['i', {}, 'w'], 'o'],
      ' & <3>',
    ]);
    expect(records[0]!.node!.attribute('lang')).toBe('en');
    expect(records.map(({ index, line }) => [index, line])).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('are passed over up to a number', async () => {
    const xml = `<all>${'<r>x</r>'.repeat(5)}</all>`;
    const { records, seen } = await read(xml, { ...READING, after: 3 });
    expect(records.map((r) => r.index)).toEqual([4, 5]);
    expect(seen).toBe(5);
  });

  it('keep blocks as lines and join what a line break parts between Chinese characters', async () => {
    const { records } = await read('<r><p>一种\n  装置 A</p><p>b<br/>c</p><img>no</img></r>');
    const lines = records[0]!.node!.lines(new Set(['p', 'br']), new Set(['img']));
    expect(lines).toBe('一种装置 A\nb\nc');
  });
});

describe('documents one after the other', () => {
  const many = `${HEAD}<!DOCTYPE r SYSTEM "x.dtd" [ ]>\n<r>1</r>\n${HEAD}<other>no</other>\n<!-- c --><?pi x?>${HEAD}<r>2</r><r>3</r>\n`;

  it('are told apart, with and without a declaration, however the text is cut', async () => {
    for (const size of [1, 2, 3, 5, 50, 5000])
      expect(texts(await read(many, WHOLE, size)), `pieces of ${size}`).toEqual(['1', '2', '3']);
  });

  it('lose only those that are not well-formed, with line and column', async () => {
    const broken = `${HEAD}<r>1</r>\n${HEAD}<r><b>x</r>\n${HEAD}<r>3</r>\n${HEAD}<r>4<b>\n${HEAD}<r>5</r>\n`;
    for (const size of [1, 4, 1000]) {
      const { records, error } = await read(broken, WHOLE, size);
      expect(error).toBeNull();
      expect(records.map((r) => r.node?.text ?? r.problem?.code)).toEqual([
        '1',
        'xml_syntax',
        '3',
        'xml_interrupted',
        '5',
      ]);
      expect(records[1]!.problem!.params).toMatchObject({ line: 4, why: 'unexpected close tag' });
    }
  });

  it('count the same when they are passed over', async () => {
    const broken = `${HEAD}<r>1</r>\n${HEAD}<r><b>x</r>\n${HEAD}<r>3</r>\n`;
    const all = (await read(broken, WHOLE)).records;
    for (let after = 0; after <= 3; after += 1)
      expect((await read(broken, { ...WHOLE, after })).records.map((r) => r.index)).toEqual(
        all.map((r) => r.index).slice(after),
      );
  });
});

describe('what is not well-formed', () => {
  it.each([
    ['tags that cross', '<all><r>1</r><r><b></r></b></all>', 'xml_syntax', ['1']],
    ['a record that its parent closes', '<all><r>1</r><r>2</all>', 'xml_syntax', ['1']],
    ['a root that something else closes', '<all><r>1</r></al>', 'xml_syntax', ['1']],
    ['a file that breaks off', '<all><r>1</r><r>2', 'xml_truncated', ['1']],
    ['a declaration that breaks off', `<all><r>1</r></all>\n<?xml vers`, 'xml_truncated', ['1']],
    ['nothing', '', 'xml_empty', []],
    ['white space', ' \n\n', 'xml_empty', []],
    ['no XML', 'hello', 'xml_syntax', []],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><r/>', 'xml_encoding_unknown', []],
  ])('%s is an error after what came before', async (_, xml, code, before) => {
    for (const size of [1, 6, 4000]) {
      const outcome = await read(xml, READING, size);
      expect(outcome.error?.code).toBe(code);
      expect(texts(outcome)).toEqual(before);
    }
  });

  it('leaves an ampersand that begins no reference as it is', async () => {
    const xml = '<r a="x & y">R & D, A&B; &<![CDATA[ & &amp;]]>&&amp;</r>';
    for (const size of [1, 5, 1000]) {
      const { records, error } = await read(xml, READING, size);
      expect(error).toBeNull();
      expect(records[0]!.node!.text).toBe('R & D, A&B; & & &amp;&&');
      expect(records[0]!.node!.attributes.a).toBe('x & y');
    }
  });

  it('says where', async () => {
    const { error } = await read('<all>\n<r>1</r>\n  <r></x>');
    expect(error!.params).toMatchObject({ line: 3, column: 9 });
    expect(error!.text.zh).toContain('第 3 行第 9 列');
  });
});

describe('hostile content', () => {
  it('never expands or loads what a DTD declares', async () => {
    const dtd =
      '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const { records } = await read(`${dtd}<r t="&b;">&b;&x; &hearts;&plus;&ldquo;&mdash; &#x4e00;</r>`);
    expect(records[0]!.node!.text).toBe('&b;&x; ♥+“— 一');
    expect(records[0]!.node!.attributes.t).toBe('&b;');
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(texts(await read(`<r>&${name};</r>`))).toEqual([`&${name};`]);
  });

  const small = {
    depth: 10,
    textChars: 1000,
    markupChars: 3000,
    attributeChars: 500,
    recordChars: 5000,
    recordNodes: 300,
  };
  const reading = { ...READING, limits: small };
  it.each([
    ['a text without end', `<b>${'x\n'.repeat(100_000)}</b>`, 'xml_text_long'],
    ['texts without end', '<b>0123456789</b>'.repeat(5000), 'xml_record_long'],
    ['elements without end', '<b/>'.repeat(5000), 'xml_record_long'],
    ['nesting', `${'<b>'.repeat(50)}${'</b>'.repeat(50)}`, 'xml_depth'],
    ['an attribute', `<b x="${'y'.repeat(900)}"/>`, 'xml_markup_long'],
  ])('%s costs one record and no more', async (_, inside, code) => {
    const { records, error } = await read(`<all><r>1</r>\n<r>${inside}</r>\n<r>3</r></all>`, reading, 400);
    expect(error).toBeNull();
    expect(records.map((r) => r.node?.text ?? r.problem?.code)).toEqual(['1', code, '3']);
    expect(records[2]!.line).toBe(inside.split('\n').length + 2);
  });

  it.each([
    ['a comment', `<!-- ${'<x> '.repeat(5000)}-->`, 'xml_markup_long'],
    ['a tag', `<b ${'y'.repeat(5000)}`, 'xml_markup_long'],
    ['CDATA', `<![CDATA[${'<x> '.repeat(5000)}]]>`, 'xml_markup_long'],
    ['nesting beyond all measure', '<b>'.repeat(200), 'xml_depth'],
  ])('%s without end is an error after what came before', async (_, inside, code) => {
    const outcome = await read(`<all><r>1</r><r>${inside}</r></all>`, reading, 400);
    expect(outcome.error?.code).toBe(code);
    expect(texts(outcome)).toEqual(['1']);
    const next = await read(`${HEAD}<r>${inside}</r>\n${HEAD}<r>2</r>`, { ...WHOLE, limits: small }, 400);
    expect(texts(next)).toEqual([code, '2']);
  });
});

describe('encodings', () => {
  // 一种装置 in GB18030
  const gbk = Buffer.from('d2bbd6d6d7b0d6c3', 'hex');
  const around = (declared: string, middle: Buffer) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0"${declared}?><all><r>`),
      middle,
      Buffer.from('</r></all>'),
    ]);

  it('are taken from mark or declaration', async () => {
    for (const name of ['GB18030', 'gbk', 'GB2312'])
      expect(texts(await read(around(` encoding="${name}"`, gbk)))).toEqual(['一种装置']);
    const text = '<?xml version="1.0" encoding="UTF-16"?><all><r>一种</r></all>';
    const le = Buffer.from(text, 'utf16le');
    expect(texts(await read(Buffer.concat([Buffer.from([0xff, 0xfe]), le])))).toEqual(['一种']);
    expect(texts(await read(le))).toEqual(['一种']);
    expect(texts(await read(Buffer.from(le).swap16()))).toEqual(['一种']);
    expect(texts(await read(text))).toEqual(['一种']);
    expect(texts(await read(`\ufeff${text.replace('UTF-16', 'utf-8')}`))).toEqual(['一种']);
  });

  it('that are not what the declaration says are an error with the line', async () => {
    const lines = Buffer.concat(Array.from({ length: 40 }, () => Buffer.concat([Buffer.from('\n'), gbk])));
    const { error } = await read(around(' encoding="UTF-8"', lines), READING, 1 << 16);
    expect(error).toMatchObject({ code: 'xml_encoding', params: { line: 2, encoding: 'UTF-8' } });
  });

  it('damaged in one record cost that record', async () => {
    const good = (n: number) => Buffer.from(`<r>第${n}号装置的说明</r>\n`);
    const bad = Buffer.from('<r>caf\xe9</r>\n', 'latin1');
    const file = Buffer.concat([Buffer.from('<all>'), good(1), bad, good(3), good(4), Buffer.from('</all>')]);
    for (const size of [1, 30, 5000]) {
      const { records, error } = await read(file, READING, size);
      expect(error).toBeNull();
      expect(records.map((r) => r.problem?.code ?? 'good')).toEqual([
        'good',
        'xml_encoding_damaged',
        'good',
        'good',
      ]);
      expect(records[2]!.node!.text).toBe('第3号装置的说明');
    }
  });
});

it('ends for any input with records or one clear error, whatever the cut', async () => {
  const word = fc.constantFrom(
    '<r>',
    '</r>',
    '<all>',
    '</all>',
    '<b x="1">',
    '</b>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE r [',
    ']>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&amp;',
    '&x;',
    '&',
    '<',
    '>',
    '"',
    '文',
    '\n',
    'a',
    '<?p',
    '?>',
    '<r/>',
    '\u0000',
    '😀',
    '\r',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      async (words, size) => {
        const text = words.join('');
        for (const reading of [READING, WHOLE]) {
          const one = await read(text, reading, size);
          const other = await read(text, reading, 100_000);
          expect(texts(one)).toEqual(texts(other));
          expect(one.error?.code).toBe(other.error?.code);
        }
      },
    ),
    { numRuns: 300 },
  );
});
