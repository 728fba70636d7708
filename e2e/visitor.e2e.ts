import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

journey('a visitor', () => {
  test('sees what the city promised and where it stands on the day they choose', async () => {
    const page = await open('/?asOf=2019-06-30');
    await page.getByText('万人发明专利拥有量').first().waitFor();
    await expectAccessible(page);
    const text = await page.locator('main').innerText();
    expect(text).toContain('知识产权管理能力提升工程');
    expect(text).toContain('52 项');
    expect(text).toMatch(/24[\s\S]*27[\s\S]*30/);
    await go(page, '/?asOf=2016-01-01');
    await expect.poll(() => page.locator('main').innerText()).toContain('2017-01-01');
    await picture(page, 'board');
  });

  test('opens an indicator and reaches the rows behind its figure', async () => {
    const page = await open('/indicators/27?asOf=2019-12-31');
    const heading = page.getByRole('heading', { level: 1 });
    await expect.poll(() => heading.innerText()).toContain('万人发明专利拥有量');
    await expectAccessible(page);
    const text = await page.locator('main').innerText();
    for (const word of ['口径', '责任部门', '填报', '测算']) expect(text).toContain(word);
    const first = page.locator('main a[href*="/patents/"]').first();
    await first.scrollIntoViewIfNeeded();
    await first.click();
    await page.waitForURL(/\/patents\//);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture(page, 'patent-record');
  });

  test('is told where the plan contradicts itself', async () => {
    const page = await open('/indicators/22');
    const text = await page.locator('main').innerText();
    expect(text).toContain('10个');
    expect(text).toContain('6个');
  });

  test('learns when something is due by law, why, and what moves it', async () => {
    const page = await open('/deadlines');
    await page.getByLabel('程序').selectOption({ label: '政府信息公开' });
    await page.getByLabel('期限', { exact: true }).selectOption({ index: 1 });
    await page.getByLabel(/^起算日/).fill('2025-09-22');
    await page.keyboard.press('Enter');
    const result = page.locator('main section strong').first();
    // Over the eight days off of October, with two Sundays and Saturdays worked to make up.
    await expect.poll(() => result.innerText()).toContain('2025年10月24日 星期五');
    await page.getByText('国务院').first().waitFor();
    await page.getByRole('row', { name: /2025-09-28.*调休上班/ }).waitFor();
    await page.getByLabel(/延长 20 个工作日/).check();
    await expect.poll(() => result.innerText()).toContain('2025年11月21日');
    await page.getByRole('button', { name: '添加一段' }).click();
    await page.getByLabel('首日').fill('2025-11-03');
    await page.keyboard.press('Enter');
    await page.getByText('恢复后还剩').waitFor();
    await page.getByLabel(/^末日（/).fill('2025-11-07');
    await page.keyboard.press('Enter');
    await expect.poll(() => result.innerText()).toContain('2025年11月28日');
    await page.getByText('不计入期限（征求第三方和其他机关意见）').waitFor();
    await expectAccessible(page);
    await picture(page, 'deadlines');
    // The address alone gives the same proof again.
    const again = await open(page.url().replace(/^https?:\/\/[^/]+/, ''), { width: 320, height: 720 });
    await expect.poll(() => again.locator('main').innerText()).toContain('2025年11月28日');
    await expect
      .poll(() => again.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
    await picture(again, 'deadlines-320');
  });

  test('reads what a service asks for, how it goes and by which law, and reckons a due date from there', async () => {
    const page = await open('/services');
    await page.getByRole('searchbox', { name: '查找事项' }).fill('侵权纠纷');
    await expect.poll(() => page.locator('main').innerText()).toContain('1 个事项');
    await expectAccessible(page);
    await picture(page, 'services');
    await page.getByRole('link', { name: '专利侵权纠纷行政裁决' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('专利侵权纠纷行政裁决');
    const chart = page.getByRole('img', { name: '专利侵权纠纷行政裁决流程图，各步骤见下面的表' });
    await expect.poll(() => chart.textContent()).toContain('立案并指定合议组');
    expect(await chart.textContent()).toContain('5 个工作日内');
    const step = page.getByRole('row', { name: /^立案并指定合议组/ });
    expect(await step.innerText()).toContain('《专利纠纷行政裁决和调解办法》第二十条');
    await expectAccessible(page);
    await picture(page, 'service');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载流程图（BPMN，供专业软件使用）' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('专利侵权纠纷行政裁决 2025-02-01.bpmn');
    // What was begun before keeps its rules: they stay readable, and say when they held.
    await page.getByLabel('版本').selectOption('2021-06-01');
    await page.getByText('这是 2021年6月1日至2025年1月31日适用的版本').waitFor();
    await page.getByRole('link', { name: '查看现行版本' }).click();
    await page
      .getByRole('row', { name: /^提交答辩书/ })
      .getByRole('link', { name: '15 日内' })
      .click();
    await page.waitForURL(/\/deadlines\?limit=infringement-answer-2024/);
    await page.getByLabel(/^起算日：收到请求书副本/).waitFor();
    // What happened, step by step: the last days follow, and a step that came too early is refused.
    await go(page, '/services/disclosure/course?steps=apply@2025-09-01,ask-third@2025-09-03');
    await page.getByText('征求第三方意见', { exact: true }).last().waitFor();
    await page.getByRole('row', { name: /答复申请人.*暂停计算/ }).waitFor();
    await page.getByLabel('下一步').selectOption({ label: '提出意见（第三方）' });
    await page.getByLabel('日期').fill('2025-09-10');
    await page.getByRole('button', { name: '加入' }).click();
    await page.getByRole('row', { name: /第三方提出意见.*2025-09-10 按期完成/ }).waitFor();
    await page.getByRole('row', { name: /答复申请人.*已逾期/ }).waitFor();
    await expectAccessible(page);
    await picture(page, 'course');
    await page
      .getByRole('row', { name: /答复申请人/ })
      .getByRole('link')
      .click();
    await page.getByText('不计入期限（送达征求意见书）').waitFor();
    await go(page, '/services/disclosure/course?steps=apply@2025-09-01,third-silent@2025-09-03');
    await page.getByText('第 2 步：在“已收到，审查中”状态不能“第三方逾期未提出意见，继续办理”').waitFor();
    await page.getByRole('button', { name: '撤去这一步' }).click();
    await page.getByRole('row', { name: /2025-09-01 提交申请/ }).waitFor();
    const narrow = await open('/services/disclosure', { width: 320, height: 720 });
    await narrow.getByRole('img', { name: /流程图/ }).waitFor();
    await expect
      .poll(() => narrow.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
    await picture(narrow, 'service-320');
  });

  test('finds everything by keyboard, in a window of 320 pixels, without sideways scrolling', async () => {
    const page = await open('/', { width: 320, height: 720 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(focused).toMatch(/跳到|正文/);
  });

  test('reads it in English', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'English' }).first().click();
    await page
      .getByText(/on track|met/i)
      .first()
      .waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toMatch(/^en/);
  });

  test('sees a page that does not exist explained, with a way back', async () => {
    const page = await open('/nowhere');
    await expect.poll(() => page.locator('main').innerText()).toMatch(/找不到|没有/);
    await expect.poll(() => page.getByRole('link').count()).toBeGreaterThan(0);
  });
});

journey('a leader', () => {
  test('opens the cockpit on a wall and on a telephone', async () => {
    for (const [name, width, height] of [
      ['wall', 1920, 1080],
      ['telephone', 390, 844],
    ] as const) {
      const page = await open('/cockpit?asOf=2019-06-30', { width, height });
      await page.getByText('产业').first().waitFor();
      for (const word of ['达标', '滞后', '预测'])
        await expect.poll(() => page.locator('body').innerText()).toContain(word);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      await picture(page, `cockpit-${name}`);
    }
  });
});
