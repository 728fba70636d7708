import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import type { CityPack } from '#kernel/city/schema';
import { packageFaults } from '#kernel/office/faults';
import { readZip, writeZip, type ZipEntries } from '#kernel/office/zip';
import { rootPath } from '#kernel/paths';
import { madePng } from '#kernel/testing/made-files';
import fc from '#kernel/testing/property';
import { checkTemplate } from '../server/documents/templates/check.ts';
import { fillTemplate } from '../server/documents/templates/fill.ts';
import { ownForm } from '../server/documents/templates/own-form.ts';
import { TEMPLATE_LIMIT } from '../server/documents/templates/package.ts';
import { examplesOf, type TagValues, type TemplateTag, tagsOf } from '../server/documents/templates/tags.ts';

let pack: CityPack;
let tags: TemplateTag[];
beforeAll(async () => {
  const result = await loadCityPack(rootPath('cities', 'nantong'));
  if (!result.ok) throw new Error('the pack is broken');
  pack = result.pack;
  tags = tagsOf(
    pack.items.filter(({ id }) => id === 'disclosure'),
    'correction-notice',
  );
});

const DOCUMENT = 'word/document.xml';
const made = { title: '补正告知书', office: '示例局', made: '2026-09-21T01:00:00Z' };

/** The platform's own form after a change of one of its parts. */
async function changed(change: (entries: ZipEntries) => void): Promise<Buffer> {
  const entries = await ownForm();
  change(entries);
  return writeZip(entries);
}
const edit =
  (part: string, replace: (xml: string) => string) =>
  (entries: ZipEntries): void => {
    const before = entries.get(part)!.toString('utf8');
    const after = replace(before);
    if (after === before) throw new Error(`${part} is as it was`);
    entries.set(part, Buffer.from(after));
  };
/** A paragraph at the beginning of the document. */
const paragraph = (content: string) =>
  edit(DOCUMENT, (xml) => xml.replace('<w:body>', `<w:body><w:p>${content}</w:p>`));
const text = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;

const faultsOf = async (file: Buffer) => {
  const checked = await checkTemplate(file, tags);
  return checked.ok ? [] : checked.faults;
};
const codes = async (file: Buffer) => (await faultsOf(file)).map(({ code }) => code);
const zh = async (file: Buffer) => (await faultsOf(file)).map((one) => one.text.zh).join('\n');

/** Texts of the paragraphs of a part. */
async function lines(file: Buffer, part = DOCUMENT): Promise<string[]> {
  const xml = (await readZip(file)).get(part)!.toString('utf8');
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([p]) =>
    [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map((m) => m[1]).join(''),
  );
}

describe('the tags of a document', () => {
  test('are those that every document has, and the open fields of its form by their labels', () => {
    const names = tags.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['文号', '正文', '当事人', '联系电话', '联系地址']));
    expect(new Set(names).size).toBe(names.length);
    expect(tags.filter(({ duty }) => duty).map(({ name }) => name)).toEqual(['文号', '正文', '核验码']);
  });

  test('never lead to what an item keeps in the vault, in any of its versions', () => {
    for (const item of pack.items)
      for (const document of item.documents.filter(({ mark }) => mark !== undefined)) {
        const versions = pack.items.filter(
          (one) => one.id === item.id && one.documents.some(({ id, mark }) => id === document.id && mark),
        );
        const fields = tagsOf(versions, document.id).flatMap(({ field }) => field ?? []);
        const secret = versions.flatMap((one) => one.form.secret);
        expect(fields.filter((field) => secret.includes(field))).toEqual([]);
        expect(fields.every((field) => versions.every((one) => field in one.form.schema.properties))).toBe(
          true,
        );
      }
  });
});

describe('the platform’s own form', () => {
  test('is a template like any other, and says the same each time', async () => {
    const file = await changed(() => {});
    expect(await faultsOf(file)).toEqual([]);
    expect(await changed(() => {})).toEqual(file);
  });

  test('filled is a sound document with a paragraph for each that was written; equal input, equal bytes', async () => {
    const values = new Map([...examplesOf(tags), ['正文', ['第一段。', '第二段 <&> 两个  空格']]]);
    const [one, two] = [
      await fillTemplate(await ownForm(), values, made),
      await fillTemplate(await ownForm(), values, made),
    ];
    expect(one.equals(two)).toBe(true);
    expect(packageFaults(await readZip(one))).toEqual([]);
    expect((await lines(one)).slice(2, 6)).toEqual([
      ...['通知公开补〔2000〕0号', '示例收件人：', '第一段。', '第二段 &lt;&amp;&gt; 两个  空格'],
    ]);
    expect(await lines(one, 'word/footer1.xml')).toEqual([
      '核验码 0000-0000-0000-0000　核验地址 https://example.invalid/verify',
    ]);
    const core = (await readZip(one)).get('docProps/core.xml')!.toString('utf8');
    expect(core).toContain('<dc:creator>示例局</dc:creator>');
    expect(core).toContain('2026-09-21T01:00:00Z');
  });

  test('takes whatever was typed as text: nothing of it is a tag', async () => {
    const typed = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('{文号}', '{#正文}', '{', '}', '{__proto__}', '\n'),
        ),
        { maxLength: 6 },
      )
      .map((parts) => parts.join('').replace(/[\r\n]+/g, ' '));
    const template = await ownForm();
    await fc.assert(
      fc.asyncProperty(typed, typed, async (to, body) => {
        const values: TagValues = new Map([
          ...examplesOf(tags),
          ['主送', `«${to}»`],
          ['正文', [`«${body}»`]],
        ]);
        const file = await fillTemplate(template, values, made);
        const entries = await readZip(file);
        expect(packageFaults(entries)).toEqual([]);
        const shown = (await lines(file)).filter((line) => line.startsWith('«'));
        const plain = (line: string) => line.replace(/&(lt|gt|amp|quot|apos);/g, '?');
        const wanted = [`«${to}»：`, `«${body}»`].map((line) => line.replace(/[<>&"']/g, '?'));
        expect(shown.map(plain)).toEqual(wanted);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a template of the office', () => {
  test('may have a tag over several runs, pictures, page numbers and tables', async () => {
    const file = await changed((entries) => {
      paragraph(`${text('{当')}${text('事')}${text('人}，')}${text('电话{联系电话}')}`)(entries);
      paragraph('<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "/>')(entries);
      paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> NUM</w:instrText></w:r><w:r><w:instrText>PAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
      )(entries);
      entries.set('word/media/image1.png', madePng());
      edit('[Content_Types].xml', (xml) =>
        xml.replace('</Types>', '<Default Extension="png2" ContentType="image/png"/></Types>'),
      )(entries);
      edit('word/_rels/document.xml.rels', (xml) =>
        xml.replace(
          '</Relationships>',
          '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>',
        ),
      )(entries);
    });
    const checked = await checkTemplate(file, tags);
    expect(checked).toMatchObject({ ok: true, used: expect.arrayContaining(['当事人', '联系电话']) });
    if (!checked.ok) return;
    const filled = await fillTemplate(checked.entries, examplesOf(tags), made);
    expect(await lines(filled)).toContain('示例当事人，电话（示例）联系电话');
  });

  test('keeps the look of the body’s paragraph for each, and its bookmark once', async () => {
    const file = await changed(
      edit(DOCUMENT, (xml) =>
        xml.replace(
          '{正文}</w:t></w:r>',
          '{正文}</w:t></w:r><w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>',
        ),
      ),
    );
    const checked = await checkTemplate(file, tags);
    if (!checked.ok) throw new Error(checked.faults[0]!.text.zh);
    const filled = await fillTemplate(checked.entries, examplesOf(tags), made);
    const xml = (await readZip(filled)).get(DOCUMENT)!.toString('utf8');
    expect(xml.match(/w:firstLine="640"/g)).toHaveLength(3);
    expect(xml.match(/w:bookmarkStart/g)).toHaveLength(1);
  });

  test('does not give away who wrote it', async () => {
    const file = await changed((entries) => {
      entries.set(
        'docProps/app.xml',
        Buffer.from('<Properties xmlns="x"><Company>某公司</Company></Properties>'),
      );
      edit('docProps/core.xml', (xml) => xml.replace(/<dc:title>.*?</, '<dc:title>某公司的秘密<'))(entries);
    });
    const checked = await checkTemplate(file, tags);
    if (!checked.ok) throw new Error(checked.faults[0]!.text.zh);
    const filled = await readZip(await fillTemplate(checked.entries, examplesOf(tags), made));
    for (const [, bytes] of filled) expect(bytes.toString('utf8')).not.toContain('某公司');
  });
});

describe('what is wrong is said with its place and how it is mended:', () => {
  test('a tag that does not exist, with the nearest one', async () => {
    const said = await zh(await changed(paragraph(text('编号：{文好}'))));
    expect(said).toBe(
      '正文第 1 段（“编号：{文好}…”）的标签 {文好} 不存在，是否想写 {文号}？请从本页“可以使用的标签”中复制。',
    );
  });

  test.each<[string, string, string]>([
    ['{文号', 'unclosed', '正文第 1 段'],
    ['文号}', 'unopened', '正文第 1 段'],
    ['{文{号}', 'unclosed', '{文'],
    ['｛文号｝', 'wide', '半角'],
    ['{#正文}', 'unknown', '{#正文}'],
    ['{文号 [x: 1]}', 'unknown', '{文号 [x: 1]}'],
    ['{__proto__}', 'unknown', '{__proto__}'],
    ['{constructor.name}', 'unknown', '{constructor.name}'],
    ['{}', 'unknown', '{}'],
  ])('%s', async (words, code, said) => {
    const file = await changed(paragraph(text(words)));
    expect(await codes(file)).toContain(code);
    expect(await zh(file)).toContain(said);
  });

  test('a tag that is split over paragraphs, or by a line break', async () => {
    const split = await changed(
      edit(DOCUMENT, (xml) =>
        xml.replace('<w:body>', `<w:body><w:p>${text('{文')}</w:p><w:p>${text('号}')}</w:p>`),
      ),
    );
    expect(await codes(split)).toEqual(['unclosed', 'unopened']);
    expect(await codes(await changed(paragraph('<w:r><w:t>{文</w:t><w:br/><w:t>号}</w:t></w:r>')))).toEqual([
      'unclosed',
    ]);
  });

  test('duty tags that are missing', async () => {
    const file = await changed((entries) => {
      edit(DOCUMENT, (xml) => xml.replace('{文号}', '').replace('{正文}', '……'))(entries);
      edit('word/footer1.xml', (xml) => xml.replace('{核验码}', ''))(entries);
    });
    expect(await codes(file)).toEqual(['missing', 'missing', 'missing']);
  });

  test('a body that stands twice, not alone, or where no body can stand', async () => {
    expect(await codes(await changed(paragraph(text('{正文}'))))).toEqual(['twice']);
    expect(
      await codes(await changed(edit(DOCUMENT, (xml) => xml.replace('{正文}', '{正文}特此告知。')))),
    ).toEqual(['alone']);
    const foot = await changed((entries) => {
      edit(DOCUMENT, (xml) => xml.replace('{正文}', ''))(entries);
      edit('word/footer1.xml', (xml) =>
        xml.replace('{核验码}', '{核验码}').replace('</w:ftr>', `<w:p>${text('{正文}')}</w:p></w:ftr>`),
      )(entries);
    });
    expect(await codes(foot)).toEqual(['header']);
  });

  test('a tag where nothing is filled in', async () => {
    const file = await changed(
      edit('word/footnotes.xml', (xml) =>
        xml.replace(
          '</w:footnotes>',
          `<w:footnote w:id="9"><w:p>${text('{文号}')}</w:p></w:footnote></w:footnotes>`,
        ),
      ),
    );
    expect(await codes(file)).toEqual(['place']);
  });

  test.each([
    ['INCLUDETEXT "c:\\\\secret.docx"'],
    ['INCLUDEPICTURE "http://example.invalid/a.png"'],
    ['DDEAUTO excel "x"'],
    ['HYPERLINK "http://example.invalid"'],
    ['DATE \\@ "yyyy"'],
    ['MERGEFIELD 姓名'],
  ])('the field %s', async (instruction) => {
    const escaped = instruction.replaceAll('"', '&quot;');
    expect(await codes(await changed(paragraph(`<w:fldSimple w:instr="${escaped}"/>`)))).toEqual(['field']);
    const halves = [escaped.slice(0, 3), escaped.slice(3)];
    const runs = halves.map((half) => `<w:r><w:instrText>${half}</w:instrText></w:r>`).join('');
    const complex = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    expect(await codes(await changed(paragraph(complex)))).toEqual(['field']);
    expect(await codes(await changed(paragraph(`<w:r><w:instrText>${escaped}</w:instrText></w:r>`)))).toEqual(
      ['field'],
    );
  });

  test.each<[string, string]>([
    ['hyperlink', 'external'],
    ['image', 'external'],
    ['attachedTemplate', 'attached'],
    ['comments', 'comments'],
  ])('a relationship of the kind %s that leads outside', async (kind, code) => {
    const file = await changed(
      edit('word/_rels/document.xml.rels', (xml) =>
        xml.replace(
          '</Relationships>',
          `<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="http://example.invalid/x" TargetMode="External"/></Relationships>`,
        ),
      ),
    );
    expect(await codes(file)).toEqual([code]);
  });

  test('an address in a drawing, tracked changes, objects, and a bound control', async () => {
    expect(
      await codes(
        await changed(
          paragraph(
            '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://example.invalid/a.png"/></w:pict></w:r>',
          ),
        ),
      ),
    ).toEqual(['external']);
    expect(
      await codes(await changed(paragraph(`<w:ins w:id="1" w:author="x">${text('新')}</w:ins>`))),
    ).toEqual(['tracked']);
    expect(await codes(await changed(paragraph('<w:r><w:object/></w:r>')))).toEqual(['embedded']);
    expect(
      await codes(
        await changed(paragraph('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x"/></w:sdtPr></w:sdt>')),
      ),
    ).toEqual(['bound']);
  });

  test('elements under other names than the usual ones', async () => {
    const file = await changed(
      paragraph(
        '<x:r xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:instrText>DDE</x:instrText></x:r>',
      ),
    );
    expect(await codes(file)).toEqual(['xml']);
  });
});

describe('is refused as a whole:', () => {
  /** A zip of one entry that says of itself what it is told to. */
  function zipOf(name: string, content: Buffer, { flags = 0, size = content.length } = {}): Buffer {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(size, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(46 + name.length, 12);
    end.writeUInt32LE(30 + name.length + packed.length, 16);
    return Buffer.concat([head, Buffer.from(name), packed, entry, Buffer.from(name), end]);
  }
  const cfb = (name: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')]);

  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['an empty file', () => Buffer.alloc(0), 'empty'],
    ['text with the ending of a document', () => Buffer.from('不是文档'), 'type'],
    ['a PDF', () => Buffer.from('%PDF-1.7'), 'type'],
    ['an archive that is no document', () => writeZip(new Map([['a.xml', Buffer.from('<a/>')]])), 'type'],
    ['a file that is too large', () => Buffer.alloc(TEMPLATE_LIMIT + 1, 1), 'large'],
    ['a document with a password', () => cfb('EncryptedPackage'), 'password'],
    ['an old document', () => cfb('WordDocument'), 'old'],
    ['an encrypted entry', () => zipOf('word/document.xml', Buffer.from('x'), { flags: 1 }), 'password'],
    ['a bomb', () => zipOf('word/document.xml', Buffer.alloc(40_000_000)), 'bomb'],
    [
      'a bomb that hides its size',
      () => zipOf('word/document.xml', Buffer.alloc(40_000_000), { size: 100 }),
      'damaged',
    ],
    ['a file that was cut off', async () => (await changed(() => {})).subarray(0, 4000), 'damaged'],
    ['macros', () => changed((entries) => entries.set('word/vbaProject.bin', Buffer.from('x'))), 'macros'],
    [
      'an embedded file',
      () => changed((entries) => entries.set('word/embeddings/a.xlsx', Buffer.from('x'))),
      'embedded',
    ],
    ['a program', () => changed((entries) => entries.set('word/a.exe', Buffer.from('x'))), 'embedded'],
    ['a path out of the archive', () => zipOf('../a.xml', Buffer.from('<a/>')), 'damaged'],
    [
      'a part that names entities',
      () =>
        changed(
          edit(DOCUMENT, (xml) => xml.replace('<w:document', '<!DOCTYPE x [<!ENTITY a "b">]><w:document')),
        ),
      'xml',
    ],
    ['text in CDATA', () => changed(paragraph('<w:r><w:t><![CDATA[{文号}]]></w:t></w:r>')), 'xml'],
    ['XML that is not whole', () => changed(edit(DOCUMENT, (xml) => xml.slice(0, -5))), 'xml'],
    ['elements without end', () => changed(paragraph('<w:r>'.repeat(200) + '</w:r>'.repeat(200))), 'xml'],
    [
      'the strict form',
      () =>
        changed(
          edit(DOCUMENT, (xml) =>
            xml.replaceAll(
              'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
              'http://purl.oclc.org/ooxml/wordprocessingml/main',
            ),
          ),
        ),
      'strict',
    ],
    [
      'a document with macros by its type',
      () =>
        changed(
          edit('[Content_Types].xml', (xml) =>
            xml
              .replace('wordprocessingml.document.main+xml', 'x')
              .replace(
                '</Types>',
                '<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
              ),
          ),
        ),
      'macros',
    ],
  ])('%s', async (_, file, code) => {
    const found = await faultsOf(await file());
    expect(found.map((one) => one.code)).toContain(code);
    for (const { text: said } of found) {
      expect(said.zh).not.toMatch(/\{(\w+)\}/);
      expect(said.en).not.toMatch(/\{(part|where|tag|why|limit|meaning_en|where_en)\}/);
    }
  });

  test('whatever its bytes are, nothing but faults comes of it', async () => {
    const good = await changed(() => {});
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = Buffer.from(good);
        bytes[at] = (bytes[at]! + by) & 255;
        await checkTemplate(bytes, tags);
      }),
      { numRuns: 40 },
    );
  });
});
