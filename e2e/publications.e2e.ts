import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

interface Matter {
  number: string;
  version: number;
}

/** Sends what a page would send, with the session that is open in it. */
async function send(page: Page, path: string, body: object): Promise<Matter> {
  const answer = await page.request.post(new URL(path, page.url()).href, {
    data: body,
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as Matter;
}

const take = (page: Page, { number, version }: Matter, step: string, more: object = {}) =>
  send(page, `/api/matters/${encodeURIComponent(number)}/actions/${step}`, {
    ...{ version, idempotencyKey: randomUUID(), ...more },
  });

journey('a penalty that is published', () => {
  test('is masked by rule, reviewed by the head, read by everybody, and comes down with its reason', async () => {
    const officer = await open('/desk', { account: 'case-officer' });
    const head = await open('/desk', { account: 'case-head' });
    const form = {
      ...{ respondent: '陈示例', subject: '旅程：标注不存在的专利号', act: 'marking' },
      ...{ place: '南通市海门区', source: 'inspection', facts: '现场检查发现' },
    };
    let matter = await send(officer, '/api/matters', {
      ...{ item: 'counterfeit', form, idempotencyKey: randomUUID() },
    });
    for (const name of ['discover', 'file', 'notify', 'heard']) matter = await take(officer, matter, name);
    const text = '当事人陈示例，联系电话13912345678。决定处罚款30000元。';
    matter = await take(head, matter, 'decide', {
      papers: [{ what: 'penalty', file: null, text, to: '陈示例' }],
    });

    const path = `/matters/${encodeURIComponent(matter.number)}`;
    await go(officer, path);
    await officer.getByRole('link', { name: '起草公示稿' }).click();
    const body = officer.getByLabel('正文');
    await body.waitFor();
    expect(await body.inputValue()).toContain('当事人陈某，联系电话×××');
    expect(await officer.locator('mark').allInnerTexts()).toContain('13912345678');
    await officer.getByLabel('公示期限').selectOption({ index: 1 });
    await officer.getByRole('button', { name: '提交审核' }).click();
    await officer.getByText('“违法行为类型”还没有填写').waitFor();
    const summary = officer.getByLabel('摘要');
    const filled = (await summary.inputValue()).replace(/[：:]$/gm, '：假冒专利，罚款30000元');
    await summary.fill(filled);
    await officer.getByRole('button', { name: '提交审核' }).click();
    await officer.getByText('待负责人审核发布').waitFor();
    await expectAccessible(officer);

    await go(head, `${path}/publication`);
    await head.getByRole('button', { name: '审核通过并发布（公示处罚信息）' }).click();
    await head.getByText('正在公示').waitFor();

    const phone = await open('/publications', { width: 360, height: 780 });
    await phone.getByLabel('查找标题和摘要').fill('陈某');
    await phone.getByRole('link', { name: /通知假罚/ }).click();
    await phone.getByText('当事人陈某，联系电话×××').waitFor();
    expect(await phone.locator('main').innerText()).not.toMatch(/陈示例|13912345678/);
    await expectAccessible(phone);
    await picture(phone, 'publication-360');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    await head.getByRole('button', { name: '停止公示' }).click();
    await head.getByLabel('停止公示的理由').fill('处罚决定被撤销');
    await head.getByRole('dialog').getByRole('button', { name: '停止公示' }).click();
    await head.getByText('已停止公示').first().waitFor();
    await go(phone, new URL(phone.url()).pathname);
    await phone.getByText('该公示已撤回').waitFor();
    await phone.getByText('处罚决定被撤销').waitFor();
    expect(await phone.locator('main').innerText()).not.toContain('陈某');
  });
});
