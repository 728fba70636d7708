import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#kernel/audit/audit';
import { urlOf } from '#kernel/http/contract';
import { sha256 } from '#kernel/ids';
import { Office } from '#kernel/office/convert';
import { readZip, writeZip } from '#kernel/office/zip';
import { browser, type TestPlatform } from '#kernel/testing/platform';
import { until } from '#kernel/testing/until';
import * as contract from '../contract.ts';
import { pdfMaking } from '../server/documents/pdf.ts';
import { act, asked, fault, type Headers, type Matter, matterPlatform, OFFICE, ok } from './helpers.ts';

let t: TestPlatform;
let head: Headers;
let officer: Headers;
beforeAll(async () => {
  t = await matterPlatform();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.clean();
  await t.load();
  head = await t.as('case-head', OFFICE);
  officer = await t.as('case-officer', OFFICE);
});

const which = { item: 'disclosure', document: 'correction-notice' };
const view = async (headers = head) => ok(await t.call(contract.getTemplate, { params: which }, headers));
const bytesOf = async (url: string, headers = head) => {
  const answer = await t.app.inject({ url, headers });
  return { status: answer.statusCode, bytes: answer.rawPayload, type: answer.headers['content-type'] };
};
const fileOf = (version: number) =>
  bytesOf(urlOf(contract.downloadTemplate, { params: { ...which, version } }));

/** The platform's own form with a line before the body, as somebody edits it. */
async function edited(line: string): Promise<Buffer> {
  const entries = await readZip((await fileOf(0)).bytes);
  const xml = entries.get('word/document.xml')!.toString('utf8');
  const run = `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`;
  entries.set('word/document.xml', Buffer.from(xml.replace('<w:body>', `<w:body>${run}`)));
  return writeZip(entries);
}

async function send(bytes: Buffer, headers = head, where = which) {
  const form = new FormData();
  form.set('file', new File([Uint8Array.from(bytes)], '模板.docx'));
  const raw = await t.app.inject({
    method: 'POST',
    url: urlOf(contract.uploadTemplate, { params: where }),
    headers: { ...browser, ...headers },
    payload: form,
  });
  return { status: raw.statusCode, body: raw.json() as never, headers: raw.headers, raw };
}
const put = (version: number, seq: number, headers = head, note = '启用说明') =>
  t.call(contract.putTemplateInForce, { params: which, body: { version, seq, note } }, headers);

const notice = async (matter?: Matter) =>
  ok(
    await act(t, matter ?? (await asked(t)), 'ask-correction', officer, {
      papers: [{ what: 'correction-notice', file: null, text: '请补正：\n写明{文号}。' }],
    }),
  );
async function linesOf(bytes: Buffer): Promise<string[]> {
  const xml = (await readZip(bytes)).get('word/document.xml')!.toString('utf8');
  return [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([p]) =>
    [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map((m) => m[1]).join(''),
  );
}
const paper = async (matter: Matter, no: number, more = '') =>
  bytesOf(`/api/matters/${encodeURIComponent(matter.number)}/papers/${no}${more}`, officer);

describe('a head of the office', () => {
  test('sees every document that the platform makes in its items, with the platform’s own form in force', async () => {
    const { documents } = ok(await t.call(contract.listTemplates, {}, head));
    const marked = new Set(
      t.platform.pack.items
        .filter(({ keeper }) => keeper.department === OFFICE.organisation)
        .flatMap(({ id, documents: all }) => all.flatMap((one) => (one.mark ? [`${id} ${one.id}`] : []))),
    );
    expect(new Set(documents.map((one) => `${one.item.id} ${one.document.id}`))).toEqual(marked);
    expect(documents.every(({ version, use }) => version === 0 && use === null)).toBe(true);
    const own = await fileOf(0);
    expect(own.type).toContain('wordprocessingml');
    expect(await linesOf(own.bytes)).toContain('{正文}');
    const example = await bytesOf(urlOf(contract.previewTemplate, { params: { ...which, version: 0 } }));
    expect(await linesOf(example.bytes)).toContain('示例收件人：');
  });

  test('uploads, puts in force, and goes back; each leaves its trace', async () => {
    const first = await send(await edited('办件编号：{办件编号}'));
    expect(first.raw.json()).toMatchObject({ version: 1, template: { version: 0 } });
    // The same once more is no new version.
    expect((await send(await edited('办件编号：{办件编号}'))).raw.json().version).toBe(1);
    expect((await send(await edited('电话：{联系电话}'))).raw.json().version).toBe(2);
    expect(ok(await put(1, 0))).toMatchObject({ version: 1, use: { seq: 1, by: 'case-head' } });
    expect(ok(await put(2, 1))).toMatchObject({ version: 2 });
    expect(ok(await put(1, 2, head, '第二版有误'))).toMatchObject({
      version: 1,
      use: { note: '第二版有误' },
    });
    const seen = ok(await put(0, 3));
    expect(seen.uses.map(({ version }) => version)).toEqual([0, 1, 2, 1]);
    expect(seen.versions.map(({ version, tags }) => [version, tags.at(-1)])).toEqual([
      [2, '联系电话'],
      [1, '办件编号'],
    ]);
    expect((await fileOf(2)).status).toBe(200);
    const { rows } = await t.platform.stores.pool.query(
      "select action, count(*)::int as n from audit_log where object_type = 'template' group by 1 order by 1",
    );
    expect(rows).toEqual([
      { action: 'matters.template-uploaded', n: 2 },
      { action: 'matters.template-used', n: 4 },
    ]);
    expect((await verifyAudit(t.platform.records)).ok).toBe(true);
    for (const table of ['matter_template', 'matter_template_use'])
      await expect(t.platform.stores.pool.query(`delete from ${table}`)).rejects.toThrow('append-only');
  });

  test('of two at once one wins, and the other is told who was first with what', async () => {
    await send(await edited('一'));
    await send(await edited('二'));
    const other = await t.as('case-head', { ...OFFICE, username: 'other-head' });
    const answers = await Promise.all([put(1, 0), put(2, 0, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)!;
    expect(fault(late).code).toBe('matters_template_changed');
    expect(fault(late).message).toMatch(/(case-head|other-head) 已于 2026-09-21 09:00 先启用了第 [12] 版/);
    expect(fault(await put((await view()).version, 1)).code).toBe('matters_template_same');
    expect(fault(await put(9, 1)).code).toBe('matters_template_version');
  });

  test('is told everything that is wrong with a file, and nothing is kept', async () => {
    const answer = await send(await edited('{文好} {'));
    expect([answer.status, fault(answer).code]).toEqual([400, 'matters_template_faults']);
    expect(fault(answer).issues.map(({ code }) => code)).toEqual(['unclosed', 'unknown']);
    expect(fault(answer).issues[1]!.message).toContain('是否想写 {文号}？');
    const english = await send(await edited('{文好}'), { ...head, 'accept-language': 'en' });
    expect(fault(english).issues[0]!.message).toContain('Paragraph 1 of the text');
    expect((await view()).versions).toEqual([]);
    expect((await send(Buffer.alloc(5_000_000, 1))).status).toBe(400);
  });

  test('of another office, and officers, reach none of it', async () => {
    const other = await t.as('case-head', { username: 'science-head', organisation: 'science' });
    const stranger = await t.call(contract.getTemplate, { params: which }, other);
    expect([stranger.status, fault(stranger).code]).toEqual([404, 'matters_template_none']);
    expect((await send(await edited('一'), other)).status).toBe(404);
    expect((await put(0, 0, other)).status).toBe(404);
    expect((await t.call(contract.getTemplate, { params: which }, officer)).status).toBe(403);
    expect(ok(await t.call(contract.listTemplates, {}, other)).documents).toEqual([]);
    for (const nothing of [
      { ...which, document: 'none' },
      { ...which, item: 'none' },
    ])
      expect((await t.call(contract.getTemplate, { params: nothing }, head)).status).toBe(404);
  });
});

describe('a document', () => {
  test('is made with the template in force, which stands with it, in the log and in the dossier', async () => {
    const bytes = await edited('{当事人}，电话 {联系电话}，{办件编号}');
    await send(bytes);
    ok(await put(1, 0));
    const matter = await asked(t);
    const seen = ok(await t.call(contract.getMatter, { params: { number: matter.number } }, officer));
    const step = seen.next.find(({ id }) => id === 'ask-correction')!;
    expect(step.papers.find(({ makes }) => makes)).toMatchObject({ template: 1 });
    const after = await notice(matter);
    expect(after.papers.at(-1)).toMatchObject({ template: 1, pdf: null, number: '通知公开补〔2026〕1号' });
    const lines = await linesOf((await paper(after, 2)).bytes);
    expect(lines[0]).toBe(`示例申请人，电话 0513-55500100，${matter.number}`);
    // What an officer writes is no tag.
    expect(lines).toContain('写明{文号}。');
    const mine = ok(
      await t.call(contract.getMatter, {
        params: { number: matter.number },
        headers: { 'x-matter-code': matter.code! },
      }),
    );
    expect(mine.papers.at(-1)!.template).toBeNull();
    const log = ok(await t.call(contract.matterLog, { params: { number: matter.number } }, officer));
    expect(log.intact).toBe(true);
    const { rows } = await t.platform.stores.pool.query(
      "select content->'papers'->0 as paper from matter_log where seq = 2",
    );
    expect(rows[0].paper).toMatchObject({ no: 2, template: 1 });
    const archive = await readZip(
      (await bytesOf(`/api/matters/${encodeURIComponent(matter.number)}/dossier`, officer)).bytes,
    );
    const manifest = JSON.parse(archive.get('manifest.json')!.toString('utf8'));
    expect(manifest.papers[1].template).toEqual({ version: 1, sha256: sha256(bytes) });
    // An earlier one is put back in force: what was made stays as it is.
    ok(await put(0, 1));
    const next = await notice();
    expect(next.papers.at(-1)!.template).toBe(0);
    expect((await linesOf((await paper(next, 2)).bytes))[0]).toBe('南通市市场监督管理局');
  });

  test('with equal input has equal bytes but for number and code', async () => {
    await send(await edited('{当事人}'));
    ok(await put(1, 0));
    const [one, two] = [await notice(), await notice()];
    const plain = async (matter: Matter) => {
      const { number, code } = matter.papers.at(-1)!;
      const entries = await readZip((await paper(matter, 2)).bytes);
      return [...entries].map(([name, data]) => [
        name,
        data.toString('utf8').replaceAll(number!, 'N').replaceAll(code!, 'C'),
      ]);
    };
    expect(await plain(one)).toEqual(await plain(two));
  });

  test('is not made where the template asks for what the form no longer has', async () => {
    await send(await edited('{联系电话}'));
    ok(await put(1, 0));
    const matter = await asked(t);
    await t.platform.stores.pool.query(
      'update matter_definition set definition = replace(definition::text, \'"phone"\', \'"telephone"\')::json',
    );
    const other = await matterPlatform('2026-09-21T10:00:00+08:00');
    const answer = await other.call(
      contract.actOnMatter,
      {
        params: { number: matter.number, action: 'ask-correction' },
        body: {
          ...{ version: 1, idempotencyKey: randomUUID() },
          papers: [{ what: 'correction-notice', file: null, text: '请补正。' }],
        },
      },
      officer,
    );
    await other.close();
    expect([answer.status, fault(answer).code]).toEqual([409, 'matters_template_old']);
    expect(fault(answer).message).toContain('没有公开的“联系电话”一栏');
  });

  test('can be looked at before it is made: no number is taken and nothing is kept', async () => {
    await send(await edited('{当事人}'));
    ok(await put(1, 0));
    const matter = await asked(t);
    const body = { what: 'correction-notice', text: '请补正。', to: '示例申请人' };
    const preview = (headers: Headers, more = {}) =>
      t.call(
        contract.previewDocument,
        { params: { number: matter.number }, body: { ...body, ...more } },
        headers,
      );
    const shown = await preview(officer);
    expect(shown.status).toBe(200);
    expect(await linesOf(shown.raw.rawPayload)).toEqual(
      expect.arrayContaining(['示例申请人', '（文号待编）', '请补正。']),
    );
    expect(fault(await preview(officer, { what: 'identity' })).code).toBe('matters_paper');
    expect(fault(await preview(officer, { form: 'pdf' })).code).toBe('matters_pdf_none');
    const other = await t.as('case-officer', { username: 'other', organisation: 'science' });
    expect((await preview(other)).status).toBe(404);
    expect((await notice(matter)).papers.at(-1)!.number).toBe('通知公开补〔2026〕1号');
  });
});

/** A run of a job that nobody stops. */
const run = { runId: randomUUID(), progress: () => {}, stopping: false };

describe('a PDF that cannot be made', () => {
  test('is tried three times, then given up and shown so; one that is made stays', async () => {
    const before = t;
    const dir = mkdtempSync(join(tmpdir(), 'zc-pdf-'));
    const program = join(dir, 'soffice');
    writeFileSync(program, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    t = await matterPlatform('2026-09-21T09:00:00+08:00', (pack) => pack, { ZC_OFFICE: program });
    try {
      const made = await notice();
      const state = async () => {
        const params = { number: made.number };
        return ok(await t.call(contract.getMatter, { params }, officer)).papers.at(-1)!.pdf?.state;
      };
      const { rows } = await t.platform.stores.pool.query('select matter, paper from matter_rendition');
      const { job } = pdfMaking(t.platform, new Office(program));
      const tried = () => job.run(rows[0], run);
      for (const after of ['waiting', 'waiting', 'failed']) {
        await expect(tried()).rejects.toThrow('ended with 1');
        expect(await state()).toBe(after);
      }
      expect((await paper(made, 2, '/pdf')).status).toBe(404);
      const find = 'while [ "$1" != --outdir ]; do shift; done';
      writeFileSync(program, `#!/bin/sh\n${find}\nprintf '%%PDF-1.7' > "$2/in.pdf"\n`);
      await tried();
      expect(await state()).toBe('made');
      writeFileSync(program, '#!/bin/sh\nexit 1\n');
      await tried();
      expect((await paper(made, 2, '/pdf')).bytes.toString()).toBe('%PDF-1.7');
      expect((await verifyAudit(t.platform.records)).ok).toBe(true);
    } finally {
      await t.close();
      t = before;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

const installed = (program: string) => spawnSync(program, ['-v']).error === undefined;
const office = spawnSync('soffice', ['--version']).stdout?.toString().trim();
const tools = Boolean(office) && installed('pdftotext') && installed('pdffonts');

describe.skipIf(!tools)(
  `as PDF${tools ? '' : ' (needs LibreOffice and poppler: apt-get install libreoffice-writer-nogui poppler-utils)'}`,
  () => {
    let dir: string;
    let p: TestPlatform;
    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'zc-pdf-'));
      const program = execFileSync('sh', ['-c', 'command -v soffice']).toString().trim();
      p = await matterPlatform('2026-09-21T09:00:00+08:00', (pack) => pack, { ZC_OFFICE: program });
    });
    afterAll(async () => {
      rmSync(dir, { recursive: true, force: true });
      await p.close();
    });

    test('a document is made in a job, with its hash, and read like the paper itself', {
      timeout: 180_000,
    }, async () => {
      const before = t;
      t = p;
      try {
        await p.platform.jobs.work();
        const matter = await asked(t);
        const made = await notice(matter);
        expect(made.papers.at(-1)!.pdf).toEqual({ state: 'waiting' });
        const find = async () =>
          ok(await t.call(contract.getMatter, { params: { number: made.number } }, officer));
        const done = await until('the PDF', async () => {
          const { papers } = await find();
          return papers.at(-1)!.pdf?.state === 'made' ? papers.at(-1)! : undefined;
        });
        const { bytes, type } = await paper(made, 2, '/pdf');
        expect(type).toContain('application/pdf');
        if (done.pdf?.state !== 'made') throw new Error('not made');
        expect(done.pdf).toMatchObject({
          name: '补正告知书 通知公开补〔2026〕1号.pdf',
          sha256: sha256(bytes),
        });
        writeFileSync(join(dir, 'a.pdf'), bytes);
        const words = execFileSync('pdftotext', [join(dir, 'a.pdf'), '-'])
          .toString()
          .replace(/\s/g, '');
        for (const one of ['补正告知书', '通知公开补〔2026〕1号', '写明{文号}。', done.code!])
          expect(words).toContain(one);
        expect(execFileSync('pdffonts', [join(dir, 'a.pdf')]).toString()).toMatch(/yes yes/);
        const code = { 'x-matter-code': matter.code! };
        const url = `/api/matters/${encodeURIComponent(made.number)}/papers/2/pdf`;
        expect((await bytesOf(url, { ...browser, ...code })).status).toBe(200);
        expect((await bytesOf(url, browser)).status).toBe(401);
        expect(ok(await t.call(contract.verifyDocument, { params: { code: done.code! } })).pdf).toBe(
          sha256(bytes),
        );
        const archive = await readZip(
          (await bytesOf(`/api/matters/${encodeURIComponent(made.number)}/dossier`, officer)).bytes,
        );
        expect(archive.get('SHA256SUMS')!.toString()).toContain(`${sha256(bytes)}  papers/002 补正告知书`);
        const preview = await t.call(
          contract.previewDocument,
          {
            params: { number: made.number },
            body: { what: 'correction-notice', text: '再次补正。', to: '示例申请人', form: 'pdf' },
          },
          officer,
        );
        expect(preview.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
      } finally {
        t = before;
      }
    });
  },
);
