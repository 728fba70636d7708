import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { again, base, expectAccessible, go, journey, open, picture, signIn, withBrowser } from './browser.ts';

withBrowser();

interface Task {
  no: number | string;
  unit: string | null;
  kind: string;
  state: string;
  period: string;
  scope: string;
}

/** A task of the signed-in officer that nobody has begun and that asks for one number. */
async function freshTask(page: Page): Promise<Task> {
  const answer = await page.request.get('/api/plan/tasks');
  const { tasks } = (await answer.json()) as { tasks: Task[] };
  const task = tasks.find((t) => t.state === 'open' && ['cumulative', 'stock'].includes(t.kind));
  if (!task) throw new Error('the demonstration data has no open task with one number');
  return task;
}

const value = (page: Page) => page.getByLabel('填报值', { exact: true });
const saved = (page: Page) =>
  page
    .getByText(/已保存/)
    .first()
    .waitFor();

journey('a department officer', () => {
  test('reports: the draft survives a closed window and an expired session, and two clicks make one report', async () => {
    const first = await open('/tasks', { account: 'ip-bureau-officer' });
    await expectAccessible(first);
    const task = await freshTask(first);
    const path = `/tasks/${task.no}/${task.period}/${task.scope}`;
    await go(first, path);
    await expectAccessible(first);
    await value(first).fill('7');
    await first.getByLabel('情况说明').fill('浏览器旅程中填写');
    await saved(first);
    await first.close();

    const second = await open(path, { account: 'ip-bureau-officer' });
    await expect.poll(() => value(second).inputValue()).toBe('7');

    // The session ends while the officer types; nothing is lost and signing in again happens over the page.
    await second.context().clearCookies();
    await value(second).fill('8');
    await second.getByText('登录已过期').first().waitFor();
    await expect.poll(() => value(second).inputValue()).toBe('8');
    await signIn(second, 'ip-bureau-officer');
    await again(second);
    await expect.poll(() => value(second).inputValue()).toBe('8');

    await second.locator('input[type=file]').setInputFiles({
      name: '证明材料.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('演示用的佐证材料'),
    });
    await second.getByText('证明材料.txt').first().waitFor();
    await saved(second);
    await picture(second, 'report-form');
    await second.getByRole('button', { name: /核对并提交/ }).click();
    await second.getByRole('button', { name: /确认提交/ }).dblclick();
    await second.getByText('等待计划办公室审核').first().waitFor();
    const listed = await second.request.get(
      `/api/plan/reports?no=${task.no}&period=${task.period}&scope=city`,
    );
    expect((await listed.json()).total).toBe(1);
  });

  test('is told what is wrong beside the field, and nothing is sent', async () => {
    const page = await open('/tasks', { account: 'ip-bureau-officer' });
    const task = await freshTask(page);
    await go(page, `/tasks/${task.no}/${task.period}/${task.scope}`);
    await value(page).fill('-5');
    await page.getByRole('button', { name: /核对并提交/ }).click();
    await page.getByRole('button', { name: /确认提交/ }).click();
    await page.getByText('不能小于 0').first().waitFor();
    const listed = await page.request.get(`/api/plan/reports?no=${task.no}&period=${task.period}&scope=city`);
    expect((await listed.json()).total).toBe(0);
  });
});

journey('a county officer', () => {
  test('sees the own county only and reports its part', async () => {
    const page = await open('/tasks', { account: 'county-tongzhou' });
    const { tasks } = (await (await page.request.get('/api/plan/tasks')).json()) as { tasks: Task[] };
    expect(new Set(tasks.map((t) => t.scope))).toEqual(new Set(['tongzhou']));
    await expect.poll(() => page.locator('main').innerText()).toContain('通州区');
  });
});

journey('the plan office', () => {
  test('reviews a report and the board follows', async () => {
    const page = await open('/reports?state=submitted', { account: 'plan-office' });
    await expectAccessible(page);
    const { reports } = (await (
      await page.request.get('/api/plan/reports?state=submitted&size=200')
    ).json()) as {
      reports: { id: string; no: number; scope: string; abilities: string[] }[];
    };
    const report = reports.find((r) => r.scope === 'city');
    if (!report) throw new Error('nothing is submitted in the demonstration data');
    await go(page, `/reports/${report.id}`);
    await expectAccessible(page);
    await page.getByRole('button', { name: /审核通过/ }).click();
    await page.getByText('看板随即更新').first().waitFor();
    const board = await (await page.request.get('/api/plan/indicators?asOf=2020-12-31')).json();
    const row = board.indicators.find((i: { no: number }) => i.no === report.no);
    const reported = row.reported ?? row.parts?.[0]?.reported;
    expect(reported.period).toBe('2020-Y');
  });

  test('returns a report with a reason', async () => {
    const page = await open('/reports', { account: 'plan-office' });
    const { reports } = (await (
      await page.request.get('/api/plan/reports?state=submitted&size=200')
    ).json()) as {
      reports: { id: string }[];
    };
    await go(page, `/reports/${reports[0]?.id}`);
    await page.getByRole('button', { name: /^退\s?回$/ }).click();
    await page.getByLabel('退回原因').fill('请补充数据来源');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^退\s?回$/ })
      .last()
      .click();
    await page.getByText('请补充数据来源').first().waitFor();
  });

  test('closes the open period, freezes the year, publishes it, and everybody reads the bulletin', async () => {
    const page = await open('/periods', { account: 'plan-office' });
    await expectAccessible(page);
    const headers = { origin: base() };
    // Everything that is still submitted is decided, so that nothing stands against the freeze.
    for (;;) {
      const { reports } = (await (
        await page.request.get('/api/plan/reports?state=submitted&size=200')
      ).json()) as {
        reports: { id: string; version: number }[];
      };
      if (reports.length === 0) break;
      for (const r of reports)
        await page.request.post(`/api/plan/reports/${r.id}/accept`, {
          data: { version: r.version },
          headers,
        });
    }
    await again(page);
    await page
      .getByRole('button', { name: /^关\s?闭$/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^关\s?闭$/ })
      .last()
      .click();
    await page.getByText('已关闭').first().waitFor();

    await go(page, '/years');
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^定\s?稿$/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^定\s?稿$/ })
      .last()
      .click();
    await page.getByText('尚未公布').first().waitFor();
    await page
      .getByRole('button', { name: /^公\s?布$/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^公\s?布$/ })
      .last()
      .click();
    await page.getByText('版已公布').first().waitFor();

    const visitor = await open('/bulletins/2020/1');
    await expect.poll(() => visitor.locator('main').innerText()).toContain('年度绩效公报');
    await expectAccessible(visitor);
    const download = visitor.waitForEvent('download');
    await visitor.getByRole('link', { name: /DOCX/ }).click();
    expect((await download).suggestedFilename()).toMatch(/2020年.*\.docx$/);
    await picture(visitor, 'bulletin');
  });
});
