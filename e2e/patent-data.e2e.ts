import { readFile } from 'node:fs/promises';
import exceljs from '@protobi/exceljs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

const width = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The text of a file that pressing a button hands out. */
async function downloaded(page: Page, name: RegExp): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile((await file.path())!, 'utf8');
}

/** Some publication numbers that the platform holds. */
async function someNumbers(page: Page, count: number): Promise<string[]> {
  const answer = await page.request.get(`/api/patents?facets=none&size=${count}`);
  const { hits } = (await answer.json()) as { hits: { publicationNumber: string }[] };
  return hits.map((hit) => hit.publicationNumber);
}

journey('somebody with a list of numbers', () => {
  test('pastes it in any spelling, sees what came of each, and goes on with what was found', async () => {
    const page = await open('/patents');
    const [a = '', b = '', c = ''] = await someNumbers(page, 3);
    await page.getByRole('link', { name: '批量查号' }).click();
    await page.getByRole('heading', { level: 1, name: '批量查号' }).waitFor();
    await expectAccessible(page);
    const list = page.getByLabel('专利号码，每行一个');
    await list.fill(
      `${a}\n${b.slice(0, 2)} ${b.slice(2).toLowerCase()}\nCN199999999A\n\n不是号码\n${c}; ${a}`,
    );
    await page.getByText('5 行').waitFor();
    await page.getByRole('button', { name: /^查\s?号$/ }).click();
    await page.getByText('共 6 个号码：查到 4，不唯一 0，库中没有 1，读不出 1。').waitFor();
    const rows = page.locator('[data-row]');
    await expect.poll(() => rows.count()).toBe(6);
    await expect.poll(() => rows.nth(1).innerText()).toContain(b);
    await expect.poll(() => rows.nth(3).innerText()).toContain('不像专利号码');
    await expectAccessible(page);
    await picture(page, 'patent-numbers');

    await page.getByRole('button', { name: '库中没有 1' }).click();
    await page.waitForURL(/show=missing/);
    await expect.poll(() => rows.allInnerTexts()).toEqual([expect.stringContaining('CN199999999A')]);
    expect(await downloaded(page, /下载这 1 行/)).toContain('3,CN199999999A,库中没有,CN199999999A,,');

    await page.getByRole('button', { name: '全部 6' }).click();
    await rows.first().getByRole('link', { name: a }).click();
    await page.waitForURL(new RegExp(`/patents/${a}`));
    await page.goBack();
    await page.getByText('共 6 个号码').waitFor();
    await page.getByRole('link', { name: '作为检索打开（3 件）' }).click();
    await page.getByText('共 3 件').first().waitFor();
    await expect.poll(() => page.locator('.cm-content').innerText()).toBe(`PN=(${[a, b, c].join(' OR ')})`);
  });

  test('drops a table, of which the column of the numbers is taken', async () => {
    const page = await open('/patents/numbers');
    const numbers = await someNumbers(page, 120);
    const csv = `序号,名称,公开号\r\n${numbers.map((n, i) => `${i + 1},"装置, ${i}",${n}`).join('\r\n')}\r\n`;
    const book = new exceljs.Workbook();
    book.addWorksheet('台账').addRows([['名称', '专利号'], ...numbers.slice(0, 30).map((n) => ['装置', n])]);
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({ name: 'book.xlsx', mimeType: '', buffer: Buffer.from('PK\x03\x04…') });
    await page.getByRole('alert').getByText('文件已损坏或没有传完整').waitFor();
    const workbook = Buffer.from(await book.xlsx.writeBuffer());
    await choose.setInputFiles({ name: '台账.xlsx', mimeType: '', buffer: workbook });
    await page.getByText('“台账.xlsx”是表格').waitFor();
    await page.getByText('30 行').waitFor();
    await choose.setInputFiles({ name: '清单.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByText('“清单.csv”是表格').waitFor();
    await expect.poll(() => page.getByLabel('号码所在的列').inputValue()).toBe('2');
    await page.getByText('120 行').waitFor();
    await page.getByLabel('专利号码，每行一个').press('Control+Enter');
    await page.getByText('共 120 个号码：查到 120').waitFor();
    await page.getByRole('link', { name: '下一页' }).click();
    await page.waitForURL(/page=2/);
    await expect.poll(() => page.locator('[data-row]').count()).toBe(20);

    // Far more than a text box takes.
    await go(page, '/patents/numbers');
    const many = Array.from({ length: 20_000 }, (_, i) => `CN1${String(i).padStart(8, '0')}A`);
    await choose.setInputFiles({
      name: 'many.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(many.join('\n')),
    });
    await page.getByText('共 20,000 行').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^查\s?号$/ }).click();
    await page.getByText('共 20,000 个号码').waitFor();
  });

  test('asks what one number can mean, on a telephone', async () => {
    const page = await open('/patents/numbers', { width: 320, height: 800 });
    const [number = ''] = await someNumbers(page, 1);
    await page.getByLabel('号码，任何写法').fill(`${number.slice(0, 5)} ${number.slice(5)}`);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: number }).waitFor();
    await page.getByLabel('号码，任何写法').fill('202310123456.7');
    await page.keyboard.press('Enter');
    await page.getByText('校验位应为 202310123456.6').waitFor();
    await page.getByText('库中没有').waitFor();
    expect(await width(page)).toBe(0);
    await expectAccessible(page);
  });
});

/** An invented record of the demonstration city. */
const record = (n: number, fields: object = {}) =>
  JSON.stringify({
    publicationNumber: `CN19100000${n}A`,
    title: `一种对比用示例装置${n}`,
    applicants: ['南通示例对比有限公司'],
    publicationDate: '2019-05-07',
    ...fields,
  });

/** Chooses a file on the page of the imports, names source and load, starts, and waits for the end. */
async function bring(page: Page, label: string, lines: readonly string[]): Promise<void> {
  await go(page, '/patents/imports');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: `${label}.jsonl`,
      mimeType: 'application/jsonl',
      buffer: Buffer.from(lines.join('\n')),
    });
  await page.getByLabel('数据来源').selectOption({ label: '示例周更数据' });
  await page.getByLabel('批次名称').fill(label);
  await page.getByRole('button', { name: /开始导入/ }).click();
  await page.waitForURL(/\/patents\/imports\/[0-9a-f-]{36}/);
  await page.getByText('全部读完').waitFor();
}

journey('the data officer', () => {
  test('names a source, brings two loads of it, compares them, takes one back and sees it gone', async () => {
    const page = await open('/patents/imports', { account: 'data-officer' });
    await page.getByRole('link', { name: '数据来源' }).click();
    await page.getByRole('heading', { level: 1, name: '数据来源' }).waitFor();
    await page.getByRole('button', { name: '新增来源' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '新增来源' }).click();
    await dialog.getByText('请填写中文名称').waitFor();
    await dialog.getByLabel('中文名称').fill('示例周更数据');
    await dialog.getByLabel('代号').fill('sample-weekly');
    await dialog.getByLabel('许可').fill('示例协议，可加工使用');
    await expectAccessible(page, '.ant-modal');
    await dialog.getByRole('button', { name: '新增来源' }).click();
    await page.getByText('已保存“示例周更数据”').waitFor();
    await page.locator('[data-row]').filter({ hasText: 'sample-weekly' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'patent-sources');
    await bring(page, '2019-05', [record(1), record(2), record(3)]);
    await page.getByText('这个来源没有其他批次可以对比').waitFor();
    await bring(page, '2019-06', [record(2), record(3, { abstract: '改写的摘要' }), record(4)]);
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('新出现').getByRole('link', { name: 'CN191000004A' }).waitFor();
    await row('内容不同').getByRole('link', { name: 'CN191000003A' }).waitFor();
    await row('不再出现').getByRole('link', { name: 'CN191000001A' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'patent-load');

    const load = page.url();
    await go(page, '/patents/imports/sources');
    await page.getByRole('button', { name: '修改“示例周更数据”' }).click();
    await dialog.getByLabel('信任次序').fill('20');
    await dialog.getByText('这个来源说过的专利在后台重新合成').waitFor();
    await dialog.getByRole('button', { name: /保\s?存/ }).click();
    await page.getByText('信任次序变了').waitFor();
    await expect.poll(() => page.locator('[data-row]').first().innerText()).toContain('示例周更数据');
    await go(page, load);

    const found = async () => {
      const answer = await page.request.get(
        `/api/patents?facets=none&q=${encodeURIComponent('对比用示例装置')}`,
      );
      return ((await answer.json()) as { total: number }).total;
    };
    expect(await found()).toBe(4);
    await page.getByRole('button', { name: '撤回这一批' }).click();
    await dialog.getByText('不能取消').waitFor();
    await expectAccessible(page, '.ant-modal');
    await dialog.getByRole('button', { name: /^撤\s?回$/ }).click();
    await page.getByText('撤回了这一批').waitFor();
    await expect.poll(found, { timeout: 30_000 }).toBe(3);
    await expect.poll(() => page.getByRole('button', { name: '撤回这一批' }).count()).toBe(0);

    await page.getByRole('link', { name: '示例周更数据' }).click();
    await page.waitForURL(/source=sample-weekly/);
    await page.locator('[data-row]').nth(1).waitFor();
    const rows = await page.locator('[data-row]').allInnerTexts();
    expect(rows).toEqual([expect.stringContaining('已撤回'), expect.stringContaining('已完成')]);
    await expectAccessible(page);
  });
});

journey('anybody', () => {
  test('sees how complete the data are by office, year and kind, and takes the figures along', async () => {
    const page = await open('/patents');
    await page.getByRole('link', { name: '数据完整度' }).click();
    const offices = page.getByRole('table', { name: '按国家或地区' });
    await offices.getByRole('row').filter({ hasText: '中国' }).waitFor();
    const answer = await page.request.get('/api/patents/completeness');
    const { total, asOf } = (await answer.json()) as { total: number; asOf: string };
    const figure = new Intl.NumberFormat('en-US').format(total);
    await page.getByText(`库中 ${figure} 件专利文献，统计至 ${asOf}`).waitFor();
    const counts = page.getByRole('table', { name: '件数' });
    await expect.poll(() => counts.locator('tfoot td').first().innerText()).toBe(figure);
    await expectAccessible(page);
    await picture(page, 'patent-completeness');

    await offices.getByRole('link', { name: '中国' }).click();
    await page.waitForURL(/country=CN/);
    await expect.poll(() => counts.locator('thead th').allInnerTexts()).toContain('B');
    await page.getByRole('button', { name: '各种类比例' }).click();
    const kinds = page.getByRole('table', { name: '各种类比例' });
    await expect.poll(() => kinds.getByRole('row').filter({ hasText: 'S' }).innerText()).toContain('0.0%');
    const csv = await downloaded(page, /下载明细/);
    expect(csv.split('\r\n')[0]).toContain('种类代码,件数,有摘要（%）');

    await page.getByRole('button', { name: '件数' }).click();
    const year = counts.locator('tbody tr').first();
    const count = await year.locator('td').first().innerText();
    await year.getByRole('link').click();
    await page.getByText(`共 ${count} 件`).first().waitFor();

    const phone = await open('/patents/completeness', { width: 320, height: 800 });
    await phone.getByRole('table', { name: '件数' }).waitFor();
    expect(await width(phone)).toBe(0);
    await expectAccessible(phone);
  });
});

journey('whoever keeps the classification schemes', () => {
  test('sees what is loaded, and a file that is none is refused with the reason', async () => {
    const page = await open('/patents/imports', { account: 'data-officer' });
    await page.getByRole('link', { name: '分类表' }).click();
    await page.getByText('还没有加载 IPC 分类表').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^加\s?载$/ }).click();
    await page.getByText('请选择文件').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: '标题.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('甲,乙\n1,2\n'),
    });
    await page.getByRole('button', { name: /^加\s?载$/ }).click();
    await page.getByText('不是可识别的分类表文件').waitFor();
    await expectAccessible(page);

    const visitor = await open('/patents/classes?scheme=cpc', { width: 320, height: 800 });
    await visitor.getByText('还没有加载 CPC 分类表。数据员加载').waitFor();
    await expect.poll(() => visitor.locator('input[type=file]').count()).toBe(0);
    expect(await width(visitor)).toBe(0);
    await expectAccessible(visitor);
  });
});
