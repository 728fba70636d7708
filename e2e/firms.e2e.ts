import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { usccCheckCharacter } from '#kernel/identifiers/uscc';
import { again, base, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

const FIRM = '旅程示例机械有限公司';
/** An invented code: 91990000 is no registrar, 00000019 is nobody; 8 closes the organisation part. */
const first17 = `91990000${'00000019'}${closing('00000019')}`;
const CODE = first17 + usccCheckCharacter(first17);

function closing(org: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const check = (11 - (weights.reduce((sum, w, i) => sum + w * Number(org[i]), 0) % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** The one-time password on the page, and puts it away. */
async function passwordOn(page: Page, name?: string): Promise<string> {
  const shown = page.locator('main code').first();
  await shown.waitFor();
  if (name) await picture(page, name);
  const password = (await shown.innerText()).trim();
  await page.getByRole('button', { name: '已交接，不再显示' }).click();
  return password;
}

/** A window signed in with a one-time password, which is then changed as the person would. */
async function signedIn(username: string, password: string, path: string): Promise<Page> {
  const page = await open('/firms/apply');
  const headers = { origin: base() };
  const answer = await page.request.post('/api/auth/sign-in/username', {
    headers,
    data: { username, password },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  await go(page, path);
  return page;
}

journey('a firm', () => {
  test('applies, is granted, manages its people, and both sides see what is used', async () => {
    // Somebody without an account applies, on a telephone.
    const visitor = await open('/firms/apply', { width: 360, height: 780 });
    await expectAccessible(visitor);
    await visitor.getByRole('button', { name: '提交申请' }).click();
    await visitor.getByText('有 7 处需要修改').waitFor();
    await picture(visitor, 'firms-apply-360');
    const wide = await visitor.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    await visitor.getByLabel('企业名称').fill(FIRM);
    await visitor.getByLabel('统一社会信用代码').fill(`${CODE.slice(0, 17)}?`);
    await visitor.getByLabel('姓名').fill('示例联系人');
    await visitor.getByLabel('电话').fill('0999-5550100');
    await visitor.getByLabel('电子邮箱').fill('journey@firm.example');
    await visitor.getByLabel('检索结果导出').check();
    await visitor.getByLabel('号码批量查询').check();
    await visitor.getByLabel(/席位/).fill('2');
    await visitor.getByLabel('用途').fill('每月导出少量检索结果');
    await visitor.getByLabel(/受企业委托/).check();
    await visitor.getByRole('button', { name: '提交申请' }).click();
    await visitor
      .getByText(/第 18 位/)
      .first()
      .waitFor();
    await visitor.getByLabel('统一社会信用代码').fill(CODE);
    await visitor.getByRole('button', { name: '提交申请' }).click();
    await visitor.getByText('申请已收到').waitFor();
    await picture(visitor, 'firms-applied-360');
    await visitor.getByRole('link', { name: '查看进度' }).click();
    await visitor.getByText('待处理').waitFor();
    await expectAccessible(visitor);
    await picture(visitor, 'firms-receipt-360');

    // The officer looks at who that is and grants.
    const officer = await open('/admin/firms', { account: 'data-officer' });
    await expectAccessible(officer);
    await picture(officer, 'firms-list');
    await officer.getByRole('link', { name: FIRM }).click();
    await officer.getByText('还没有记录，开通时新建').waitFor();
    await expectAccessible(officer);
    await picture(officer, 'firms-application');
    await officer.getByLabel(/额度（条\/月）/).fill('500');
    await officer.getByLabel(/额度（个\/日）/).fill('20');
    await officer.getByLabel(/用户名/).fill('journey-firm');
    await officer.getByRole('button', { name: /开\s?通/ }).click();
    const first = await passwordOn(officer, 'firms-granted');
    await again(visitor);
    await visitor.getByText('已开通').waitFor();

    // The manager changes the one-time password before anything can be used.
    const manager = await signedIn('journey-firm', first, '/firm');
    await manager.getByText('请先修改一次性密码').waitFor();
    await expectAccessible(manager);
    await expect.poll(() => manager.getByRole('button', { name: '添加人员' }).count()).toBe(0);
    await picture(manager, 'firms-own-one-time');
    const changed = await manager.request.post('/api/auth/change-password', {
      headers: { origin: base() },
      data: { currentPassword: first, newPassword: 'walnut-ferry-74-lamp' },
    });
    expect(changed.status(), await changed.text()).toBe(200);
    await again(manager);
    await manager.getByRole('button', { name: '添加人员' }).click();
    await manager.getByLabel('姓名').fill('示例同事');
    await manager.getByLabel('用户名').fill('journey-colleague');
    await manager.getByRole('button', { name: /^添\s?加$/ }).click();
    await passwordOn(manager);
    await manager.getByText('启用 2 人，共 2 个席位').waitFor();
    await manager.getByText(/席位已满/).waitFor();

    // What is used shows on both sides; the refusal says what is left.
    const numbers = (count: number) =>
      manager.request.post('/api/patents/batch', {
        headers: { origin: base() },
        data: { text: Array.from({ length: count }, (_, n) => `CN${109462287 + n}A`).join('\n') },
      });
    expect((await numbers(15)).status()).toBe(200);
    const refused = await numbers(6);
    expect(refused.status()).toBe(429);
    expect(await refused.text()).toMatch(/还剩 5/);
    // … and the pages say it before.
    await go(manager, '/patents/numbers');
    const list = manager.getByLabel('专利号码，每行一个');
    await list.fill('CN109462287A\nCN109462288A');
    await manager.getByText('本单位额度 20，还剩 5，这次用 2').waitFor();
    await list.fill(Array.from({ length: 6 }, (_, n) => `CN${109462287 + n}A`).join('\n'));
    await manager.getByText('本单位的额度不够：这次要用 6，只剩 5').waitFor();
    await expectAccessible(manager);
    await picture(manager, 'firms-quota');
    await go(manager, '/firm');
    const row = manager.getByRole('row', { name: /journey-firm\s+0\s+15\b/ });
    await row.waitFor();
    await expectAccessible(manager);
    await manager.screenshot({ path: 'e2e/output/firms-own.png', fullPage: true });
    await manager.setViewportSize({ width: 320, height: 720 });
    const narrow = await manager.evaluate(() => document.documentElement.scrollWidth);
    expect(narrow).toBeLessThanOrEqual(320);
    await manager.screenshot({ path: 'e2e/output/firms-own-320.png', fullPage: true });

    await officer.getByRole('link', { name: '打开' }).first().click();
    await officer.getByRole('row', { name: /journey-firm\s+0\s+15\b/ }).waitFor();
    await expectAccessible(officer);
    await officer.screenshot({ path: 'e2e/output/firms-firm.png', fullPage: true });
    await officer.getByRole('button', { name: /暂\s?停/ }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByRole('textbox').fill('旅程结束');
    await dialog.getByRole('button', { name: /暂\s?停/ }).click();
    await officer.getByRole('button', { name: /恢\s?复/ }).waitFor();
    await again(manager);
    await manager.getByText('开通已暂停：旅程结束').waitFor();
  });
});
