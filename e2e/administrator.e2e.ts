import { expect, test } from 'vitest';
import { again, base, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

journey('the administrator', () => {
  test('sees departments and regions over time: names, codes, who took over', async () => {
    const page = await open('/admin/departments', { account: 'administrator' });
    await expectAccessible(page);
    const departments = await page.locator('main').innerText();
    expect(departments).toContain('南通市知识产权局');
    expect(departments).toContain('2018-12-31');
    await go(page, '/admin/regions/chongchuan');
    const region = await page.locator('main').innerText();
    expect(region).toContain('320602');
    expect(region).toContain('320613');
    expect(region).toContain('港闸区');
    await expectAccessible(page);
  });

  test('makes an account whose token works, and disabling it ends both', async () => {
    const page = await open('/admin/accounts', { account: 'administrator' });
    await expectAccessible(page);
    const headers = { origin: base() };
    const made = await page.request.post('/api/accounts', {
      headers,
      data: {
        username: 'journey-officer',
        name: '旅程测试账号',
        password: 'walnut-ferry-73-lamp',
        grants: [{ role: 'department-officer', organisation: 'education', region: null }],
      },
    });
    expect(made.status(), await made.text()).toBe(200);
    await again(page);
    await page.getByText('旅程测试账号').click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await picture(page, 'account');
    await page.getByRole('button', { name: /停用/ }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: /停用/ }).last().click();
    await page.getByRole('button', { name: /启用/ }).first().waitFor();
    const refused = await page.request.post('/api/auth/sign-in/username', {
      headers,
      data: { username: 'journey-officer', password: 'walnut-ferry-73-lamp' },
    });
    expect(refused.status()).toBeGreaterThanOrEqual(400);
  });

  test('reads the audit log and verifies its chain', async () => {
    const page = await open('/admin/audit', { account: 'administrator' });
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /校\s?验/ })
      .first()
      .click();
    await page.getByText('校验通过').first().waitFor();
    await picture(page, 'audit');
  });
});
