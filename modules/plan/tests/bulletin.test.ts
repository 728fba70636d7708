import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { packageFaults } from '#kernel/office/faults';
import { readZip, type ZipEntries } from '#kernel/office/zip';
import { cellText } from '#kernel/tables/cells';
import { readXlsx } from '#kernel/tables/xlsx';
import { BulletinContent } from '../contract.ts';
import { lightsChart, ratioChart } from '../server/bulletin/charts.ts';
import { bulletinDocx } from '../server/bulletin/docx.ts';
import { countyNames, figure, numericRows } from '../server/bulletin/model.ts';
import { DEMO_MARK, lightText, ratioText } from '../server/bulletin/wording.ts';
import { bulletinXlsx } from '../server/bulletin/xlsx.ts';
import { sampleContent, sampleInfo } from './bulletin-fixture.ts';
import { chartData, tablesOf, textOf } from './bulletin-read.ts';

const content = sampleContent();
const dir = mkdtempSync(join(tmpdir(), 'bulletin-'));
let docx: Buffer;
let xlsx: Buffer;
let word: ZipEntries;
let excel: ZipEntries;

beforeAll(async () => {
  docx = await bulletinDocx(content, sampleInfo);
  xlsx = await bulletinXlsx(content, sampleInfo);
  word = await readZip(docx);
  excel = await readZip(xlsx);
});
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => {
  vi.useRealTimers();
});

const part = (entries: ZipEntries, path: string): string => entries.get(path)!.toString('utf8');

/** What a figure column has to show for a fixed text: the text itself, its unit once. */
const shown = (text: string, unit: string): string => figure(text, unit).text;

interface SheetCell {
  text: string;
  number: number | null;
}

/** A sheet's rows as the platform's own reader sees them; cells by position. */
async function sheet(file: Buffer, name: string): Promise<SheetCell[][]> {
  const path = join(dir, 'read.xlsx');
  writeFileSync(path, file);
  const rows: SheetCell[][] = [];
  for await (const row of readXlsx(path, { sheet: name }))
    rows.push(row.cells.map((c) => ({ text: cellText(c), number: c.kind === 'number' ? c.value : null })));
  return rows;
}

/** Rows under the head that begins with a text. */
function under(rows: SheetCell[][], head: string): SheetCell[][] {
  const at = rows.findIndex((r) => r[0]?.text === head);
  expect(at).toBeGreaterThanOrEqual(0);
  return rows.slice(at + 1);
}

describe('the fixture', () => {
  it('is a content that the contract allows', () => {
    expect(BulletinContent.parse(content)).toEqual(content);
    expect(content.rows).toHaveLength(52);
  });
});

describe('bulletin as DOCX', () => {
  it('has every row of the content with every figure, under its project', () => {
    const table = tablesOf(part(word, 'word/document.xml'))[1]!;
    expect(table[0]).toEqual([
      '序号',
      '指标',
      '单位',
      '年度目标',
      '填报值',
      '测算值',
      '差异',
      '完成率',
      '状态',
      '责任部门',
    ]);
    const rows = table.slice(1).filter((r) => r.length > 1);
    expect(rows).toEqual(
      content.rows.map((r) => [
        r.no,
        r.title,
        r.unit || '—',
        shown(r.target, r.unit),
        shown(r.reported, r.unit),
        shown(r.measured, r.unit),
        shown(r.difference ?? '—', r.unit),
        ratioText(r.ratio),
        lightText(r.light),
        r.lead,
      ]),
    );
    expect(table.filter((r) => r.length === 1).map((r) => r[0])).toEqual(
      content.projects.map((p) => `${p.name}（${p.total}项）`),
    );
  });

  it('counts projects, names what is late and why, and lists the counties', () => {
    const [projects, , late, counties] = tablesOf(part(word, 'word/document.xml'));
    const s = content.summary;
    expect(projects!.slice(1)).toEqual([
      ...content.projects.map((p) => [p.name, ...[p.total, p.met, p.atRisk, p.behind, p.noData].map(String)]),
      ['合计', ...[s.total, s.met, s.atRisk, s.behind, s.noData].map(String)],
    ]);
    const order = [
      ...content.rows.filter((r) => r.light === 'behind'),
      ...content.rows.filter((r) => r.light === 'at-risk'),
    ];
    expect(late!.slice(1)).toEqual(
      order.map((r) => [r.no, r.title, lightText(r.light), ratioText(r.ratio), r.reason, r.lead]),
    );
    expect(counties![0]!.slice(3)).toEqual(countyNames(content));
    expect(counties!.slice(1)).toEqual(
      content.counties.map((c) => [
        c.no,
        c.title,
        '件',
        ...countyNames(content).map((n) => shown(c.values.find((v) => v.region === n)?.display ?? '', '件')),
      ]),
    );
  });

  it('states summary, notes, hash, key and how to verify', () => {
    const text = textOf(part(word, 'word/document.xml'));
    const s = content.summary;
    expect(text).toContain(`${s.total}项指标和目标中，达标${s.met}项`);
    for (const said of [
      ...content.notes,
      sampleInfo.hash,
      sampleInfo.keyId,
      content.packHash,
      content.auditHead,
    ])
      expect(text).toContain(said);
    expect(text).toContain('定稿于2032年1月21日');
    expect(text).toContain('/api/plan/snapshots/2031/1');
  });

  it('repeats table heads, keeps rows whole, sets Chinese typefaces and page numbers', () => {
    const xml = part(word, 'word/document.xml');
    const rows = xml.match(/<w:tr>|<w:tr /g)!.length;
    expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(rows);
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(4);
    expect(part(word, 'word/styles.xml')).toContain('w:eastAsia="仿宋"');
    expect(part(word, 'word/styles.xml')).toContain('w:eastAsia="方正小标宋简体"');
    expect(part(word, 'word/fontTable.xml')).toContain('<w:altName w:val="方正小标宋_GBK');
    expect(xml.match(/w:orient="landscape"/g)).toHaveLength(1);
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(xml).toContain('<w:pgSz w:w="16838" w:h="11906"');
    const footer = [...word.keys()].find((p) => /footer\d+\.xml$/.test(p))!;
    expect(part(word, footer)).toMatch(/— .*PAGE.* —/s);
  });

  it('marks demonstration data in every header, and only then', async () => {
    const headers = (entries: ZipEntries) =>
      [...entries.keys()]
        .filter((p) => /^word\/header\d+\.xml$/.test(p))
        .map((p) => textOf(part(entries, p)));
    expect(headers(word)).toHaveLength(3);
    for (const h of headers(word)) expect(h).toContain(DEMO_MARK);
    const real = await readZip(await bulletinDocx(sampleContent({ demo: false }), sampleInfo));
    expect([...real.values()].some((data) => data.includes('演示'))).toBe(false);
  });

  it('says every light by shape and word in the text, not by colour alone', () => {
    const xml = part(word, 'word/document.xml');
    for (const light of ['● 达标', '▲ 预警', '■ 滞后', '○ 暂无数据']) expect(textOf(xml)).toContain(light);
  });
});

describe('bulletin as XLSX', () => {
  it('has every row of the content, numbers as numbers', async () => {
    const rows = under(await sheet(xlsx, '指标'), '序号');
    expect(rows).toHaveLength(content.rows.length);
    content.rows.forEach((r, i) => {
      const cells = rows[i]!;
      for (const [column, text] of [
        [4, r.target],
        [5, r.reported],
        [6, r.measured],
      ] as const) {
        const f = figure(text, r.unit);
        expect(cells[column]!.number).toBe(f.number);
        if (f.number === null) expect(cells[column]!.text).toBe(f.text);
      }
      // A difference keeps its sign in print and stays a number in the workbook.
      const difference = figure((r.difference ?? '—').replace(/^\+(?=[\d.]+$)/, ''), r.unit);
      expect(cells[7]!.number).toBe(difference.number);
      expect(cells[8]!.number).toBe(r.ratio);
      expect(
        [cells[0], cells[1], cells[2], cells[3], cells[9], cells[10], cells[11]].map((c) => c!.text),
      ).toEqual([r.no, r.title, r.project, r.unit || '—', lightText(r.light), r.reason, r.lead]);
    });
  });

  it('counts projects and counties as numbers', async () => {
    const rows = under(await sheet(xlsx, '总体情况'), '工程');
    const all = [...content.projects, { name: '合计', ...content.summary }];
    expect(rows.map((r) => [r[0]!.text, ...r.slice(1).map((c) => c.number)])).toEqual(
      all.map((p) => [p.name, p.total, p.met, p.atRisk, p.behind, p.noData]),
    );
    const counties = under(await sheet(xlsx, '县（市）区'), '序号');
    const names = countyNames(content);
    content.counties.forEach((c, i) => {
      for (const v of c.values)
        expect(counties[i]![3 + names.indexOf(v.region)]!.number).toBe(figure(v.display, '件').number);
    });
  });

  it('explains itself with hash and key', async () => {
    const text = (await sheet(xlsx, '说明')).flat().map((c) => c.text);
    for (const said of [...content.notes, sampleInfo.hash, sampleInfo.keyId]) expect(text).toContain(said);
  });

  it('holds no formula, and texts that look like one stay texts when edited', () => {
    for (const [path, data] of excel)
      if (path.startsWith('xl/worksheets/sheet')) expect(data.toString()).not.toMatch(/<f[ >]/);
    const strings = part(excel, 'xl/sharedStrings.xml');
    const texts = [...strings.matchAll(/<si><t[^>]*>([^<]*)/g)].map((m) => m[1]);
    const at = texts.indexOf('=SUM(A1)+专利导航');
    const style = new RegExp(`<c r="B\\d+" s="(\\d+)" t="s"><v>${at}</v>`).exec(
      part(excel, 'xl/worksheets/sheet2.xml'),
    )![1]!;
    const formats = part(excel, 'xl/styles.xml')
      .split('<cellXfs')[1]!
      .match(/<xf [^>]*/g)!;
    // Number format 49 is "text" (ECMA-376 part 1 §18.8.30).
    expect(formats[Number(style)]).toContain('numFmtId="49"');
  });

  it('prints on lying A4 over the full width with repeated heads, and freezes and filters them', () => {
    const sheets = [...excel.keys()].filter((p) => /^xl\/worksheets\/sheet\d+\.xml$/.test(p));
    expect(sheets).toHaveLength(5);
    for (const path of sheets) {
      const xml = part(excel, path);
      expect(xml).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"/);
      expect(xml).toMatch(/fitToHeight="0"/);
      expect(xml).toMatch(/<pane [^>]*state="frozen"/);
      expect(xml).toContain('&amp;R&amp;9&amp;KB3261E【演示数据】');
    }
    expect(part(excel, 'xl/workbook.xml').match(/_xlnm\.Print_Titles/g)).toHaveLength(5);
    expect(part(excel, 'xl/worksheets/sheet2.xml')).toMatch(/<autoFilter ref="A4:L56"/);
  });
});

describe('charts', () => {
  it('are native in both documents and say what the content says', () => {
    const lights = lightsChart(content)!;
    const ratios = ratioChart(content)!;
    expect(lights.series.map((s) => s.values)).toEqual([
      content.projects.map((p) => p.met),
      content.projects.map((p) => p.atRisk),
      content.projects.map((p) => p.behind),
      content.projects.map((p) => p.noData),
    ]);
    const numeric = numericRows(content);
    expect(numeric.length).toBeGreaterThan(30);
    expect(numeric.map((_, i) => ratios.series.map((s) => s.values[i]).filter((v) => v !== null))).toEqual(
      numeric.map((r) => [r.ratio]),
    );
    for (const entries of [word, excel]) {
      const charts = [...entries.keys()].filter((p) => /charts\/chart\d+\.xml$/.test(p)).sort();
      expect(charts.map((p) => chartData(part(entries, p)))).toEqual(
        [lights, ratios].map((m) => ({
          categories: m.categories,
          series: m.series.map((s) => ({ name: s.name, values: s.values })),
        })),
      );
    }
  });

  it('refer in the workbook to cells that hold the same values', async () => {
    for (const [path, name] of [
      ['xl/charts/chart11.xml', '总体情况'],
      ['xl/charts/chart21.xml', '完成率'],
    ] as const) {
      const xml = part(excel, path);
      const rows = await sheet(xlsx, name);
      const refs = [...xml.matchAll(/<c:val><c:numRef><c:f>'([^']+)'!\$([A-Z])\$(\d+):\$\2\$(\d+)<\/c:f>/g)];
      const data = chartData(xml);
      expect(refs).toHaveLength(data.series.length);
      refs.forEach(([, sheetName, column, first, last], i) => {
        expect(sheetName).toBe(name);
        const cells = rows
          .slice(Number(first) - 1, Number(last))
          .map((r) => r[column!.charCodeAt(0) - 65]?.number ?? null);
        expect(cells).toEqual(data.series[i]!.values);
        expect(rows[Number(first) - 2]![column!.charCodeAt(0) - 65]!.text).toBe(data.series[i]!.name);
      });
    }
  });

  it('leave milestones out, whose ratio compares stages', () => {
    const c = sampleContent();
    const milestone = c.rows.findIndex((_, i) => c.indicators[i]!.kind === 'milestone');
    c.rows[milestone]!.ratio = 0.5;
    expect(numericRows(c)).not.toContain(c.rows[milestone]);
    c.indicators[milestone]!.targets['2031'] = 3;
    expect(numericRows(c)).toContain(c.rows[milestone]);
  });
});

describe('both documents', () => {
  it('are packages without faults', () => {
    expect(packageFaults(word)).toEqual([]);
    expect(packageFaults(excel)).toEqual([]);
  });

  it('are the same bytes when made again at another time', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2040-05-06T07:08:09Z') });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    expect((await bulletinDocx(sampleContent(), sampleInfo)).equals(docx)).toBe(true);
    expect((await bulletinXlsx(sampleContent(), sampleInfo)).equals(xlsx)).toBe(true);
    for (const entries of [word, excel]) {
      const core = part(entries, 'docProps/core.xml');
      expect(core.match(/2032-01-20T16:30:00Z/g)).toHaveLength(2);
    }
  });

  it('differ when a single figure differs', async () => {
    const other = sampleContent();
    other.rows[0]!.reported = '24.6';
    expect((await bulletinDocx(other, sampleInfo)).equals(docx)).toBe(false);
    expect((await bulletinXlsx(other, sampleInfo)).equals(xlsx)).toBe(false);
  });

  const odd: [string, BulletinContent][] = [
    [
      'an empty year',
      sampleContent({
        rows: [],
        projects: [],
        counties: [],
        notes: [],
        indicators: [],
        summary: { total: 0, met: 0, atRisk: 0, behind: 0, noData: 0 },
      }),
    ],
    ['no counties', sampleContent({ counties: [] })],
    [
      'texts with control characters, markup and halves of characters',
      sampleContent({
        city: 'A&B<市>"\u0001',
        planTitle: '=1+1\ud800\u0008',
        notes: ['<w:p>\u000b]]>&amp;', '=HYPERLINK("x")\ufffe'],
      }),
    ],
    [
      'more counties than fit beside each other',
      sampleContent({
        counties: [
          {
            no: '1',
            title: '数量',
            values: Array.from({ length: 23 }, (_, i) => ({ region: `第${i + 1}县`, display: `${i}` })),
          },
        ],
      }),
    ],
    ['goals outside every project', sampleContent({ projects: content.projects.slice(0, 4) })],
    [
      'a value far beyond what was expected',
      sampleContent({ rows: content.rows.map((r, i) => (i === 0 ? { ...r, ratio: 41.5 } : r)) }),
    ],
  ];
  it.each(odd)('come out whole with %s', async (_, c) => {
    expect(packageFaults(await readZip(await bulletinDocx(c, { ...sampleInfo, publishedAt: null })))).toEqual(
      [],
    );
    expect(packageFaults(await readZip(await bulletinXlsx(c, { ...sampleInfo, publishedAt: null })))).toEqual(
      [],
    );
  });

  it('add up where goals stand outside the projects', async () => {
    const c = sampleContent({ projects: content.projects.slice(0, 4) });
    const last = content.projects[4]!;
    const table = tablesOf(part(await readZip(await bulletinDocx(c, sampleInfo)), 'word/document.xml'))[0]!;
    expect(table[5]).toEqual([
      '各工程以外的目标',
      ...[last.total, last.met, last.atRisk, last.behind, last.noData].map(String),
    ]);
  });
});

function installed(program: string): boolean {
  try {
    execFileSync(program, program === 'soffice' ? ['--version'] : ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const office = installed('soffice') && installed('pdftotext');
if (!office)
  console.log('LibreOffice or pdftotext is not installed: opening the bulletin there is not tested');

describe.skipIf(!office)('LibreOffice', () => {
  it('opens both documents and shows every row', { timeout: 60_000 }, () => {
    const profile = pathToFileURL(join(dir, 'profile')).href;
    writeFileSync(join(dir, 'a.docx'), docx);
    writeFileSync(join(dir, 'b.xlsx'), xlsx);
    execFileSync(
      'soffice',
      [
        `-env:UserInstallation=${profile}`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        dir,
        join(dir, 'a.docx'),
        join(dir, 'b.xlsx'),
      ],
      { stdio: 'ignore' },
    );
    for (const name of ['a', 'b']) {
      execFileSync('pdftotext', ['-layout', join(dir, `${name}.pdf`), join(dir, `${name}.txt`)]);
      const text = readFileSync(join(dir, `${name}.txt`), 'utf8').replace(/\s/g, '');
      for (const r of content.rows) {
        // Long texts are broken over lines of their cells; their beginning is enough to find the row.
        expect(text).toContain([...r.title].slice(0, 9).join('').replace(/\s/g, ''));
        if (r.ratio !== null) expect(text).toContain(ratioText(r.ratio));
      }
      expect(text).toContain(sampleInfo.hash);
      expect(text).toContain(DEMO_MARK);
      for (const p of lightsChart(content)!.categories) expect(text).toContain(p);
      expect(text).toContain('数值指标完成率');
    }
  });
});
