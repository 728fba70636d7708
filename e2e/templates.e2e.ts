import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readZip, writeZip } from '#kernel/office/zip';
import { base, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

/** Opens a request for information as somebody at the counter would, and gives its number. */
async function asked(officer: Page): Promise<string> {
  const headers = { origin: base() };
  const file = { name: '身份证明.txt', mimeType: 'text/plain', buffer: Buffer.from('身份证明') };
  const sent = await officer.request.post('/api/matters/papers', { headers, multipart: { file } });
  const opened = await officer.request.post('/api/matters', {
    headers,
    data: {
      item: 'disclosure',
      form: {
        ...{ kind: 'person', name: '旅程示例申请人', phone: '0513-55500100', title: '模板旅程' },
        ...{ address: '南通市崇川区示例路1号', delivery: 'email', form: 'electronic' },
      },
      materials: [{ what: 'identity', file: (await sent.json()).id }],
      idempotencyKey: randomUUID(),
    },
  });
  expect(opened.status(), await opened.text()).toBe(200);
  return (await opened.json()).number;
}

/** A template with a line at its top, as somebody writes it in Word. */
async function edited(template: Buffer, line: string): Promise<Buffer> {
  const entries = await readZip(template);
  const xml = entries.get('word/document.xml')!.toString('utf8');
  const paragraph = `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`;
  entries.set('word/document.xml', Buffer.from(xml.replace('<w:body>', `<w:body>${paragraph}`)));
  return writeZip(entries);
}

async function downloaded(page: Page, click: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await file.path());
}

const wordOf = async (docx: Buffer) =>
  (await readZip(docx))
    .get('word/document.xml')!
    .toString('utf8')
    .replace(/<[^>]*>/g, '');

journey('a template', () => {
  test('is downloaded, edited, mended, put in force by the head, and used by the officer', async () => {
    const head = await open('/desk', { account: 'case-head' });
    await head.getByRole('link', { name: '文书模板' }).click();
    await head.locator('a[href="/desk/templates/disclosure/correction-notice"]').click();
    await head.getByRole('heading', { name: '可以使用的标签' }).waitFor();
    await expectAccessible(head);
    const own = await downloaded(head, () => head.getByRole('link', { name: '下载模板' }).first().click());
    const upload = async (name: string, line: string) =>
      head.locator('#template-file').setInputFiles({
        ...{ name, mimeType: 'application/octet-stream' },
        buffer: await edited(own, line),
      });
    // What is wrong is said with its place, and nothing is kept.
    await upload('改错了.docx', '办件编号：{办件编好}');
    await head.getByText('“改错了.docx”有 1 处需要修改，没有保存').waitFor();
    await head.getByText('是否想写 {办件编号}？').waitFor();
    await picture(head, 'templates-faults');
    await upload('改好了.docx', '办件编号：{办件编号}，{当事人}');
    await head.getByText('是第 1 版，还没有启用').waitFor();
    await expectAccessible(head);
    await head.getByRole('button', { name: '启用第 1 版' }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByRole('textbox').fill('旅程启用');
    await dialog.getByRole('button', { name: /启\s?用/ }).click();
    await head.getByRole('heading', { name: '启用记录' }).waitFor();
    await picture(head, 'templates-in-force');
    const example = await downloaded(head, () =>
      head.getByRole('link', { name: '示例（Word）' }).first().click(),
    );
    expect(await wordOf(example)).toContain('办件编号：示例收〔2000〕0号，示例当事人');

    const officer = await open('/desk', { account: 'case-officer' });
    const number = await asked(officer);
    await go(officer, `/matters/${encodeURIComponent(number)}`);
    await officer.getByRole('button', { name: '一次性告知补正' }).click();
    await officer.locator('#paper-correction-notice').fill('请写明{文号}。');
    await officer.getByText('本机构启用了自己的模板（第 1 版）').waitFor();
    const preview = await downloaded(officer, () =>
      officer.getByRole('button', { name: '预览实际文书（Word）' }).click(),
    );
    expect(await wordOf(preview)).toContain(`办件编号：${number}，旅程示例申请人`);
    await picture(officer, 'templates-officer');
    await officer.getByRole('button', { name: '一次性告知补正' }).last().click();
    await officer.getByText('用本机构模板第 1 版制作').waitFor();
    const made = await downloaded(officer, () =>
      officer.getByRole('link', { name: /^补正告知书 通知公开补/ }).click(),
    );
    const words = await wordOf(made);
    expect(words).toContain(`办件编号：${number}，旅程示例申请人`);
    expect(words).toContain('请写明{文号}。');

    // Back to the platform's own form, from a telephone.
    const phone = await open('/desk/templates/disclosure/correction-notice', {
      ...{ account: 'case-head', width: 360, height: 780 },
    });
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await picture(phone, 'templates-360');
    await phone.getByRole('button', { name: '启用平台格式' }).click();
    await phone.getByRole('dialog').getByRole('textbox').fill('恢复平台格式');
    await phone
      .getByRole('dialog')
      .getByRole('button', { name: /启\s?用/ })
      .click();
    await phone.getByRole('rowheader', { name: '平台格式' }).nth(1).waitFor();
  });
});
