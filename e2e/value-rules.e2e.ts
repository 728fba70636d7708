import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

const width = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

journey('the rules of value', () => {
  test('are read by anybody, with what nobody checked marked as such', async () => {
    const page = await open('/patents/value-rules', { width: 320, height: 800 });
    const rules = page.locator('details[data-standing="holds"]');
    await rules.getByText('未载入对照表').waitFor();
    for (const word of ['现行', '未核对', '自 2021-01-01 起', '平台自带', '质押金额的标准未设定'])
      await expect.poll(() => rules.innerText()).toContain(word);
    await expect.poll(() => page.getByRole('link', { name: '新版本' }).count()).toBe(0);
    expect(await width(page)).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: '价值评价指标方案' }).click();
    const weights = page.getByRole('table', { name: '各使用场景的权重' });
    await expect
      .poll(() => weights.locator('tfoot td').allInnerTexts())
      .toEqual(Array.from({ length: 5 }, () => '100.0%'));
    expect(await width(page)).toBe(0);
    await expectAccessible(page);
    await picture(page, 'value-rules-phone');
  });

  test('get a list of IPC symbols from an officer, mended before it counts, and decide by it', async () => {
    const page = await open('/patents/value-rules', { account: 'plan-office' });
    await page.getByRole('link', { name: '新版本' }).click();
    await page.getByRole('heading', { level: 1, name: /新版本/ }).waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: '对照表.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('g06n 3/08,H01L\r\nH0IL 21/00\r\nG06N3/08\r\n'),
    });
    await page.getByText('已换成“对照表.csv”的内容').waitFor();
    await page.getByText('第 2 行：“H0IL 21/00”不是分类号').waitFor();
    await page.getByText('读出 2 个分类号，重复的 1 个已略去').waitFor();
    await page.getByLabel('名称', { exact: true }).fill('本市口径（演示）');
    const save = page.getByRole('button', { name: '保存为新版本' });
    await save.click();
    await page.getByRole('alert').getByText('有 1 处读不出').waitFor();
    await expectAccessible(page);
    await picture(page, 'value-rules-criteria');

    await page.getByLabel('IPC 分类号').fill('G06N3/08, H01L, H01L21/00');
    await page.getByText('的分类号增加 3 个、减少 0 个，共 3 个').waitFor();
    await save.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('名称改为“本市口径（演示）”').waitFor();
    await dialog.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByText('已保存第 1 版“本市口径（演示）”').waitFor();
    await expect
      .poll(() => page.locator('details[data-standing="holds"] h3').innerText())
      .toBe('本市口径（演示）');
    await page.locator('details[data-standing="past"]').waitFor();
    await expectAccessible(page);
    await picture(page, 'value-rules');

    const answer = await page.request.get('/api/patents?facets=none&size=1');
    const { hits } = (await answer.json()) as { hits: { publicationNumber: string }[] };
    await go(page, `/patents/${hits[0]!.publicationNumber}`);
    await page.locator('#value').scrollIntoViewIfNeeded();
    await page.getByText('口径：本市口径（演示）').waitFor();
    await page
      .locator('section[aria-labelledby="value-policy"]')
      .getByRole('link', { name: '各版本' })
      .click();
    await page.waitForURL(/\/patents\/value-rules$/);
  });

  test('tell the sum of the weights while they are typed, and keep what was typed on a way aside', async () => {
    const page = await open('/patents/value-rules/scheme', { account: 'plan-office' });
    await page.getByLabel('许可转让：收益能力的权重（%）').fill('20');
    await page.getByText('应为 100%', { exact: true }).waitFor();
    await page.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByRole('alert').getByText('合计是 106.66%').waitFor();
    await expectAccessible(page);
    await picture(page, 'value-rules-scheme');
    await page.getByRole('link', { name: '价值评价规则' }).click();
    await page.getByRole('link', { name: '新版本' }).click();
    await page.getByText('许可转让的权重改动 1 项：“收益能力”13.33% → 20%').waitFor();
    await page.getByRole('button', { name: '放弃改动' }).click();
    await page.waitForURL(/show=scheme$/);
  });
});
