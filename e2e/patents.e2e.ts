import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

const box = (page: Page) => page.locator('.cm-content');
/** What the line of totals says once the result is there, and says something else than before. */
async function total(page: Page, before = ''): Promise<string> {
  const answer = await page.waitForFunction((old) => {
    if (document.querySelector('main [aria-busy="true"]')) return null;
    const lines = [...document.querySelectorAll('main [role="status"]')].map((e) => e.textContent ?? '');
    const found = lines.map((text) => /^共 [\d,]+ 件/.exec(text)?.[0]).find((text) => text !== undefined);
    return found !== undefined && found !== old ? found : null;
  }, before);
  return (await answer.jsonValue()) ?? '';
}
const width = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

journey('a professional searcher', () => {
  test('writes a query with proposals, sees how it was read, leaves a condition out, narrows and widens', async () => {
    const page = await open('/patents');
    await box(page).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('申请人');
    await page.locator('.cm-tooltip-autocomplete').getByText('申请人', { exact: true }).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('公司 AND 摘要=传感器 NOT 专利类型=');
    await page.locator('.cm-tooltip-autocomplete').getByText('外观设计').waitFor();
    await page.keyboard.type('实用新型');
    await expect
      .poll(() => page.locator('.cm-content .zc-field').allInnerTexts())
      .toEqual(['申请人', '摘要', '专利类型']);
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    const parts = page.getByRole('list', { name: '必须同时满足的条件' }).locator('code');
    await parts.nth(2).waitFor();
    await expect.poll(() => parts.allInnerTexts()).toEqual(['PA=公司', 'AB=传感器', 'NOT PT=实用新型']);
    const all = await total(page);
    await expectAccessible(page);
    await picture(page, 'patents-search');

    await page.getByRole('button', { name: '去掉条件：NOT PT=实用新型' }).click();
    const more = await total(page, all);
    await page.getByRole('button', { name: '排除：在审' }).click();
    const fewer = await total(page, more);
    await page.getByRole('listitem').filter({ hasText: '不含 法律状态：在审' }).waitFor();
    await page
      .getByRole('button', { name: /只看：发明|发明\s*[\d,]+/ })
      .first()
      .click();
    await total(page, fewer);
    expect(page.url()).toContain('filter=');
    await page.getByRole('button', { name: '清除全部筛选' }).click();
    expect(await total(page, fewer)).toBe(more);
    await page.goBack();
    await expect.poll(() => page.locator('main').innerText()).toContain('不含 法律状态：在审');
  });

  test('is shown where a query is wrong, takes the proposal over, and converts it', async () => {
    const page = await open('/patents');
    await box(page).click();
    await page.keyboard.type('TI=机器人 AND 法律状态=有郊');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.getByText('不是“法律状态”的值').waitFor();
    await page.locator('.cm-lintRange-error').waitFor();
    await expectAccessible(page);
    const everything = await total(page);
    await alert.getByRole('button', { name: '改成这样' }).click();
    await page.waitForURL(/q=/);
    await expect.poll(() => box(page).innerText()).toBe('TI=机器人 AND 法律状态=有效');
    const found = await total(page, everything);
    await page.getByLabel('转换').selectOption('cql');
    await page.getByText('已转写成“EPO CQL”').waitFor();
    await expect.poll(() => box(page).innerText()).toBe('ti=机器人 and ls=有效');
    await page.getByRole('button', { name: '检索', exact: true }).click();
    await page.waitForURL(/q=ti/);
    await page.getByText('自动识别（EPO CQL）').waitFor({ state: 'attached' });
    expect(await total(page)).toBe(found);
    await page.getByRole('button', { name: '检索帮助' }).click();
    await page.getByRole('dialog').getByText('prox/distance<=5', { exact: true }).waitFor();
  });

  test('asks by a form that shows the query and writes the same language', async () => {
    const page = await open(`/patents?q=${encodeURIComponent('TI=(机器人 OR 夹爪) NOT PA=大学')}`);
    const before = await total(page);
    await page.getByRole('button', { name: '表格检索' }).click();
    await expect.poll(() => page.getByLabel('第 1 行的内容').inputValue()).toBe('机器人 夹爪');
    await expect.poll(() => page.getByLabel('第 1 行的条件').inputValue()).toBe('any');
    await expect.poll(() => page.getByLabel('第 2 行与上面的关系').inputValue()).toBe('not');
    await page.getByRole('button', { name: '增加一行' }).click();
    await page.getByLabel('第 3 行的字段').selectOption('AD');
    await page.getByLabel('第 3 行的起点').fill('2018');
    await expectAccessible(page);
    await page.getByRole('button', { name: '检索', exact: true }).click();
    await total(page, before);
    await page.getByRole('button', { name: '检索式', exact: true }).click();
    await expect
      .poll(() => box(page).innerText())
      .toBe('(TI=(机器人 OR 夹爪) NOT PA=大学) AND AD=[2018 TO *]');
  });

  test('looks at a result as table, cards and charts, collects over pages, and reads by keys', async () => {
    const page = await open(`/patents?q=${encodeURIComponent('传感器')}`);
    await total(page);
    await page.getByRole('checkbox', { name: '选择本页' }).check();
    await page.getByRole('link', { name: '下一页' }).click();
    await page.locator('nav [aria-current="page"]', { hasText: '2' }).waitFor();
    await page.getByText('已选 20 件').waitFor();
    await page.getByRole('button', { name: '表格', exact: true }).click();
    await page.locator('tbody').getByRole('checkbox').nth(1).check();
    await page.getByText('已选 21 件').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '只看已选' }).click();
    await page.getByText('共 21 件').first().waitFor();
    await page.goBack();
    await page.getByRole('button', { name: '导出' }).first().click();
    const file = page.getByRole('link', { name: /下\s?载/ });
    await expect.poll(() => file.getAttribute('href')).toMatch(/^\/api\/patents\/export\?q=.*format=xlsx/);
    await expectAccessible(page, '.ant-modal');
    await page.getByRole('button', { name: /^取\s?消$/ }).click();
    await page.getByRole('button', { name: '卡片' }).click();
    await page.locator('main li h2 a').first().waitFor();

    await page.getByRole('button', { name: '逐件审阅' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('第 21 /').waitFor();
    await page.keyboard.press('j');
    await dialog.getByText('第 22 /').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await dialog.getByText('第 20 /').waitFor();
    await expectAccessible(page, 'dialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(() => !location.search.includes('page='));

    await page.getByRole('button', { name: '统计' }).click();
    await page.locator('figure canvas').first().waitFor();
    const figures = await page.locator('figure figcaption').allInnerTexts();
    expect(figures.join()).toMatch(/申请趋势.*法律状态.*主要申请人/s);
    await page.locator('figure').first().getByRole('button', { name: '数据表' }).click();
    await page.locator('figure table').first().waitFor();
    await picture(page, 'patents-stats');
  });

  test('opens a record, sees where each field came from, and comes back to the result', async () => {
    const page = await open(`/patents?q=${encodeURIComponent('传感器')}`);
    await total(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/patents\/[A-Z]{2}/);
    await page.getByRole('heading', { name: '著录项目' }).waitFor();
    for (const name of ['摘要', '权利要求', '法律事件', '同族', '引证文献'])
      await page.getByRole('heading', { name, exact: false }).first().waitFor();
    await page.getByLabel('显示各字段的来源').check();
    await page
      .getByText(/来源：.*第 [\d,]+ 行/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '返回检索结果' }).click();
    await page.waitForURL(/q=/);
    await expect.poll(() => box(page).innerText()).toBe('传感器');
  });

  test('sees term, fees and value of a patent, and what its applicant holds', async () => {
    const page = await open('/patents?filter=type:invention|legalStatus:in-force', {
      account: 'plan-office',
    });
    await page.locator('main ol a[href*="/patents/CN"], main table a[href*="/patents/CN"]').first().click();
    await page.locator('#value').scrollIntoViewIfNeeded();
    await page.getByRole('heading', { name: '政策价值：高价值发明专利' }).waitFor();
    const text = await page.locator('section[aria-labelledby="value"]').innerText();
    for (const word of ['期满终止日', '下次年费', '未核对', '使用场景', '成交价格', '质量指标'])
      expect(text).toContain(word);
    await page.getByRole('button', { name: '专家评分' }).click();
    await page.getByLabel(/权利稳定性判断/).fill('80');
    await page.getByLabel('评分理由').fill('与现有技术比对');
    await page.getByRole('button', { name: '保存评分' }).click();
    await page.getByText('各项指标').click();
    await page.getByText('专家', { exact: true }).waitFor();
    await expectAccessible(page, 'section[aria-labelledby="value"]');
    await picture(page, 'patent-value');
    await page.locator('main a[href*="/patents/applicants/"]').first().click();
    await page.getByRole('columnheader', { name: '下次年费' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'applicant');
    await page.getByRole('link', { name: '检索全部专利' }).click();
    await page.waitForURL(/\/patents\?q=ANC/);
  });

  test('is told why nothing was found and what would be with one condition less', async () => {
    const page = await open(
      `/patents?q=${encodeURIComponent('传感器 AND 不存在的词语')}&filter=legalStatus:lapsed`,
    );
    await page.getByRole('heading', { name: '没有符合全部条件的专利' }).waitFor();
    await page.getByRole('link', { name: '去掉条件：不存在的词语' }).click();
    await total(page, '共 0 件');
    await expect.poll(() => page.locator('main').innerText()).toContain('法律状态：失效');
  });

  test('works in a window of 320 pixels without sideways scrolling, list, form and record', async () => {
    const page = await open(`/patents?q=${encodeURIComponent('传感器')}`, { width: 320, height: 720 });
    await total(page);
    expect(await width(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: '表格检索' }).click();
    expect(await width(page)).toBeLessThanOrEqual(0);
    await page.locator('[data-hit]').first().click();
    await page.getByRole('heading', { name: '著录项目' }).waitFor();
    expect(await width(page)).toBeLessThanOrEqual(0);
    await picture(page, 'patents-telephone');
  });
});
