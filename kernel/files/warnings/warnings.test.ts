import { describe, expect, test } from 'vitest';
import { writeZip } from '#kernel/office/zip';
import { type MadePdf, madeJpeg, madePdf, madePng } from '#kernel/testing/made-files';
import fc from '#kernel/testing/property';
import { FILE_WARNINGS } from './codes.ts';
import { Source } from './source.ts';
import { warningsOf } from './warnings.ts';

const codes = async (bytes: Buffer, type: string) =>
  (await warningsOf(Source.from(bytes), type)).map(({ code }) => code);
const [JPEG, PNG, PDF, ZIP, CFB] = [
  'image/jpeg',
  'image/png',
  'application/pdf',
  'application/zip',
  'application/x-cfb',
];
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('pictures', () => {
  const xmp = (field: string) =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" ${field}/></rdf:RDF></x:xmpmeta>`;
  test.each([
    ['nothing', {}, []],
    ['a place', { place: true }, ['location']],
    ['the number of a camera', { serial: '4711' }, ['person']],
    ['who took it', { artist: '张三' }, ['person']],
    ['all of it', { place: true, serial: '4711', artist: 'Z' }, ['location', 'person']],
    ['what nobody filled in', { serial: '   ', artist: ' ' }, []],
  ])('that tell %s', async (_, told, expected) => {
    expect(await codes(madeJpeg(told), JPEG)).toEqual(expected);
    expect(await codes(madePng(told), PNG)).toEqual(expected);
  });
  test('that tell it in XMP or in plain words', async () => {
    expect(await codes(madeJpeg({ xmp: xmp('exif:GPSLatitude="32,0.5N"') }), JPEG)).toEqual(['location']);
    expect(await codes(madeJpeg({ xmp: xmp('aux:SerialNumber="4711"') }), JPEG)).toEqual(['person']);
    expect(await codes(madePng(null, { Author: '张三' }), PNG)).toEqual(['person']);
    expect(await codes(madePng(null, { Software: 'x' }), PNG)).toEqual([]);
  });
  test('that are cut off anywhere are damaged, and still tell what they told', async () => {
    const jpeg = madeJpeg({ place: true });
    expect(await codes(jpeg.subarray(0, -2), JPEG)).toEqual(['location', 'damaged']);
    expect(await codes(jpeg.subarray(0, 60), JPEG)).toContain('damaged');
    // A telephone puts a film behind the picture.
    expect(await codes(Buffer.concat([jpeg, Buffer.alloc(3_000_000, 7)]), JPEG)).toEqual(['location']);
    const large = madeJpeg({}, Buffer.alloc(2 ** 20 - 50, 1));
    for (const cut of [0, 1, 2, 60, 2 ** 20 - 1])
      expect(await codes(large.subarray(0, large.length - cut), JPEG)).toEqual(cut === 0 ? [] : ['damaged']);
    const png = madePng({ place: true });
    expect(await codes(png.subarray(0, -1), PNG)).toEqual(['location', 'damaged']);
    expect(await codes(png.subarray(0, 20), PNG)).toEqual(['damaged']);
    const bent = Buffer.from(png);
    bent[50]! ^= 1;
    expect(await codes(bent, PNG)).toContain('damaged');
  });
});

describe('PDF', () => {
  const both = async (made: MadePdf) => {
    const [plain, packed] = [
      await codes(madePdf(made), PDF),
      await codes(madePdf({ ...made, packed: true }), PDF),
    ];
    expect(packed).toEqual(plain);
    return plain;
  };
  test.each<[string, MadePdf, string[]]>([
    ['nothing but a page', {}, []],
    ['something before its first line', { before: 'x\r\n' }, []],
    ['a form', { root: '/AcroForm<</Fields[4 0 R]>>', objects: ['<</FT/Tx/T(name)>>'] }, ['form']],
    [
      'a form that is an object of its own',
      { root: '/AcroForm 4 0 R', objects: ['<</Fields[5 0 R]>>', '<</Kids[]>>'] },
      ['form'],
    ],
    ['a form without fields', { root: '/AcroForm<</Fields[]>>' }, []],
    ['a form of another kind', { root: '/AcroForm<</Fields[]/XFA[]>>' }, ['form']],
    [
      'a signature alone',
      { root: '/AcroForm<</Fields[4 0 R]/SigFlags 3>>', objects: ['<</FT/Sig/T(s)>>'] },
      [],
    ],
    [
      'a script',
      { root: '/Names<</JavaScript<</Names[(a) 4 0 R]>>>>', objects: ['<</S/JavaScript/JS(x)>>'] },
      ['script'],
    ],
    [
      'a script that runs when it is opened',
      { root: '/OpenAction 4 0 R', objects: ['<</S/JavaScript/JS(x)>>'] },
      ['script'],
    ],
    ['a name written otherwise', { root: '/Open#41ction<</S/Java#53cript>>' }, ['script']],
    ['a place to begin', { root: '/OpenAction[3 0 R/Fit]' }, []],
    [
      'files inside',
      { root: '/Names<</EmbeddedFiles 4 0 R>>', objects: ['<</Names[(a) 3 0 R]>>'] },
      ['attachments'],
    ],
    ['a collection of files', { root: '/Collection<<>>' }, ['attachments']],
    [
      'all of that',
      { root: '/AcroForm<</XFA()>>/AF[3 0 R]/AA<</WC<</S/JavaScript>>>>' },
      ['form', 'script', 'attachments'],
    ],
    ['words that look like it', { root: '/Title(/AcroForm<</XFA()>> \\) /Collection)' }, []],
    ['encryption by certificates', { trailer: '/Encrypt<</Filter/Adobe.PubSec/V 2>>' }, ['password']],
  ])('with %s', async (_, made, expected) => {
    expect(await both(made)).toEqual(expected);
  });

  // Made with LibreOffice 7.4: one with a password to open it, one with a password to change its restrictions alone.
  const encrypted = (o: string, u: string, p: number, id: string, more = '/V 2/R 3/Length 128') => ({
    trailer: `/ID[<${id}><${id}>]/Encrypt<</Filter/Standard${more}/O<${o}>/U<${u}>/P ${p}>>`,
  });
  const [OPEN, CLOSED] = [
    encrypted(
      '566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5',
      'b0fc9ab0d30943f974d4a6dd3717344500000000000000000000000000000000',
      -3080,
      '01CDAE49A3FB177B2B7D2C3254132FC9',
    ),
    encrypted(
      '0e522925a3e4e874c3cfacbef511a73ac4ec2bd865dcd3d4627614917abfd7e4',
      '6b648d943f89dbaa62945d81c3d8bcf200000000000000000000000000000000',
      -1028,
      'B332D42509EA9E06AC96A8523FFA7278',
    ),
  ];
  test('that needs a password is told from one that only restricts', async () => {
    expect(await both(OPEN)).toEqual(['restricted']);
    expect(await both(CLOSED)).toEqual(['password']);
    const other = encrypted('00'.repeat(48), '00'.repeat(48), -4, '00', '/V 5/R 6');
    expect(await both(other)).toEqual(['password']);
    // Reckoned by hand after ISO 32000-2, 7.6.4.3.4, for no password and the salt “zhicheng”.
    const hash = '7caaade8446b8d38f4e20ba1139e23e0a7d16b080b0eaa5186f894500e27fef9';
    const u = `${hash}${Buffer.from('zhicheng').toString('hex')}${'00'.repeat(8)}`;
    expect(await both(encrypted('00'.repeat(48), u, -4, '00', '/V 5/R 6'))).toEqual(['restricted']);
    // Other things are said of what opens.
    expect(await both({ ...OPEN, root: '/Collection<<>>' })).toEqual(['restricted', 'attachments']);
  });

  test('that was cut off is damaged; what is not understood is said to be so', async () => {
    const pdf = madePdf();
    for (const part of [0.1, 0.5, 0.9])
      expect(await codes(pdf.subarray(0, pdf.length * part), PDF)).toEqual(['damaged']);
    const text = pdf.toString('latin1');
    const bent = (from: string | RegExp, to: string) =>
      codes(Buffer.from(text.replace(from, to), 'latin1'), PDF);
    expect(await bent(/startxref\n\d+/, 'startxref\n999999')).toEqual(['damaged']);
    expect(await bent(/startxref\n\d+/, 'startxref\n20')).toEqual(['unchecked']);
    expect(await bent('/Root 1 0 R', '/Root 9 0 R')).toEqual(['damaged']);
    expect(await bent('/Root 1 0 R', '/Root 2 0 R')).toEqual([]);
    expect(await bent('1 0 obj', '7 0 obj')).toEqual(['unchecked']);
    expect(await bent('/Type/Catalog', '/Type/((((((')).toEqual(['unchecked']);
  });

  test('that was changed says what its last version says', async () => {
    const pdf = madePdf({ root: '/Collection<<>>' });
    const start = Number(/startxref\n(\d+)/.exec(pdf.toString('latin1'))![1]);
    const at = pdf.length;
    const added = '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n';
    const more = `${added}xref\n1 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<</Size 4/Root 1 0 R/Prev ${start}>>\nstartxref\n${at + added.length}\n%%EOF`;
    expect(await codes(Buffer.concat([pdf, Buffer.from(more)]), PDF)).toEqual([]);
    // One that names itself as the one before has no end.
    const ring = more.replace(`/Prev ${start}`, `/Prev ${at + added.length}`);
    expect(await codes(Buffer.concat([pdf, Buffer.from(ring)]), PDF)).toEqual([]);
  });
});

describe('Office files', () => {
  const zip = (files: Record<string, string>) =>
    writeZip(
      new Map(
        Object.entries({ '[Content_Types].xml': '<Types/>', ...files }).map(([k, v]) => [k, Buffer.from(v)]),
      ),
    );
  test.each([
    ['nothing', {}, []],
    [
      'no names',
      { 'docProps/core.xml': '<c><dc:creator></dc:creator><cp:lastModifiedBy> </cp:lastModifiedBy></c>' },
      [],
    ],
    ['an author', { 'docProps/core.xml': '<c><dc:creator>张三</dc:creator></c>' }, ['names']],
    [
      'tracked changes',
      { 'word/document.xml': `${' '.repeat(70_000)}<w:ins w:id="1" w:author="张三">` },
      ['names'],
    ],
    ['changes of nobody', { 'word/document.xml': '<w:ins w:id="1" w:author="">' }, []],
    ['comments', { 'word/comments.xml': '<x/>' }, ['names']],
    ['macros', { 'word/vbaProject.bin': 'x' }, ['macros']],
  ])('with %s', async (_, files, expected) => {
    expect(await codes(await zip(files), DOCX)).toEqual(expected);
  });
  test('that are cut off are damaged', async () => {
    const bytes = await zip({ 'word/document.xml': 'x' });
    expect(await codes(bytes.subarray(0, -10), DOCX)).toEqual(['damaged']);
  });
  test('that are packed without end are not looked through', async () => {
    const bomb = await zip({ 'word/document.xml': ' '.repeat(30_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codes(bomb, DOCX)).toEqual(['unchecked']);
    const slow = await zip({
      'word/document.xml': '<w:ins '.repeat(400_000),
      'docProps/core.xml': '<a:creator '.repeat(20_000),
    });
    expect(await codes(slow, DOCX)).toEqual([]);
  });
  test('of old kinds, and archives, are never said to be clean', async () => {
    const old = (text: string) =>
      Buffer.concat([Buffer.alloc(2 ** 20 - 5), Buffer.from(text, 'utf16le'), Buffer.alloc(600)]);
    expect(await codes(old('x'), CFB)).toEqual(['unchecked']);
    expect(await codes(old('_VBA_PROJECT'), CFB)).toEqual(['macros', 'unchecked']);
    expect(await codes(old('EncryptedPackage'), CFB)).toEqual(['password', 'unchecked']);
    expect(await codes(await writeZip(new Map([['a.txt', Buffer.from('x')]])), ZIP)).toEqual(['unchecked']);
    expect(await codes(await writeZip(new Map([['OFD.xml', Buffer.from('x')]])), ZIP)).toEqual([]);
  });
});

describe('whatever the bytes are, nothing fails and nothing goes on for ever', () => {
  const known = Object.keys(FILE_WARNINGS);
  const types = fc.constantFrom(JPEG, PNG, PDF, ZIP, DOCX, CFB, 'text/plain', 'toString');
  test('of any kind', async () => {
    const begin = fc.constantFrom('', '\xff\xd8\xff\xe1', '\x89PNG\r\n\x1a\n', '%PDF-1.7\n', 'PK\x03\x04');
    await fc.assert(
      fc.asyncProperty(types, begin, fc.uint8Array({ maxLength: 600 }), async (type, head, rest) => {
        const bytes = Buffer.concat([Buffer.from(head!, 'latin1'), rest]);
        for (const code of await codes(bytes, type!)) expect(known).toContain(code);
      }),
      { numRuns: 400 },
    );
  });
  test('of real files with some bytes changed', async () => {
    const files: [Buffer, string][] = [
      [madeJpeg({ place: true, serial: '1', xmp: '<x/>' }), JPEG!],
      [madePng({ place: true, artist: 'a' }, { Author: 'a' }), PNG!],
      [madePdf({ root: '/AcroForm 4 0 R', objects: ['<</Fields[5 0 R]>>', '<</FT/Tx>>'] }), PDF!],
      [
        madePdf({ root: '/AcroForm 4 0 R', objects: ['<</Fields[5 0 R]>>', '<</FT/Tx>>'], packed: true }),
        PDF!,
      ],
      [
        await writeZip(
          new Map([
            ['[Content_Types].xml', Buffer.from('x')],
            ['docProps/core.xml', Buffer.from('<dc:creator>a<')],
          ]),
        ),
        DOCX,
      ],
    ];
    const changes = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async ([file, type], places) => {
        const bytes = Buffer.from(file);
        for (const [at, byte] of places) bytes[Math.floor(at * bytes.length)] = byte;
        for (const code of await codes(bytes, type)) expect(known).toContain(code);
      }),
      { numRuns: 1500 },
    );
  });
});

test('nothing is read without end', async () => {
  const source = Source.from(Buffer.alloc(1024));
  const read = async () => {
    for (;;) await source.read(0, 1024);
  };
  await expect(read()).rejects.toThrow('too long');
  await expect(Source.from(Buffer.alloc(4)).read(5, 1)).rejects.toThrow('outside');
});
