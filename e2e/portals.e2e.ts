import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { again, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

journey('a county’s portal', () => {
  test('takes an application on a telephone, which is handed to another body, and the citizen sees which', async () => {
    // From the catalogue of the city to that of the county, and on to a guide: the portal stays in the address.
    const phone = await open('/services', { width: 360, height: 780 });
    await phone.getByRole('link', { name: '县（市、区）和园区分站' }).click();
    await phone.getByRole('heading', { name: '县（市、区）和园区分站' }).waitFor();
    await expectAccessible(phone);
    expect(await width(phone)).toBeLessThanOrEqual(360);
    await phone.getByRole('link', { name: '通州区分站' }).click();
    await phone.getByRole('heading', { name: '通州区分站办事指南' }).waitFor();
    expect(new URL(phone.url()).pathname).toBe('/portals/tongzhou');
    await phone.getByText('本区机构能否承办其中的事项尚未核实').waitFor();
    await phone.getByRole('link', { name: '政府信息公开申请' }).click();
    await phone.getByText('本事项在通州区分站与市级完全相同。').waitFor();
    await expectAccessible(phone);
    await phone.getByRole('link', { name: '推算期限' }).click();
    await phone.getByRole('heading', { name: '推算期限' }).waitFor();
    await phone.getByRole('link', { name: '政府信息公开申请' }).click();
    await phone.getByRole('link', { name: '在线申请' }).click();

    // Before the press: which body will have it, and why.
    await phone.getByText('提交后由南通市市场监督管理局办理').waitFor();
    await phone.getByText('您从通州区分站申请；本事项在当地没有另行规定承办机构').waitFor();
    await phone.getByLabel('申请人类型').selectOption({ label: '自然人' });
    await phone.getByLabel('申请人姓名或者名称').fill('分站旅程申请人');
    await phone.getByLabel('联系电话').fill('0513-55500100');
    await phone.getByLabel('联系地址').fill('南通市通州区示例路1号');
    await phone.getByLabel('所需信息的名称').fill('分站旅程统计');
    await phone.getByLabel('获取方式').selectOption({ label: '电子邮件' });
    await phone.getByLabel('提供形式').selectOption({ label: '电子' });
    await phone.getByText(/^已保存/).waitFor();
    // Whoever comes back finds the portal again.
    const kept = new URL(phone.url());
    kept.searchParams.delete('portal');
    await go(phone, kept.pathname + kept.search);
    await phone.getByText('您从通州区分站申请').waitFor();
    await phone.getByLabel('我已核对以上条件').check();
    const file = { name: '身份证明.txt', mimeType: 'text/plain', buffer: Buffer.from('身份证明') };
    await phone.locator('#material-identity').setInputFiles(file);
    await phone.getByText('身份证明.txt').waitFor();
    await phone.getByRole('button', { name: '提交申请' }).click();
    await phone.getByText('已收到您的申请').waitFor();
    const [number, code] = (await phone.locator('main dl dd').allInnerTexts()).map((text) => text.trim());
    const path = `/matters/${encodeURIComponent(number!)}`;

    // The officer finds it by the portal, and hands it to the body behind the portal.
    const officer = await open('/desk?portal=tongzhou', { account: 'case-officer' });
    await officer.getByRole('searchbox', { name: '查找' }).fill('分站旅程统计');
    await officer.getByText('来自通州区分站').first().waitFor();
    await officer.getByRole('link', { name: number! }).click();
    await officer.getByRole('button', { name: '移送其他机构办理' }).click();
    await officer.getByRole('button', { name: '移送', exact: true }).click();
    await officer.getByText('请写明，至少 5 个字').waitFor();
    await officer.getByLabel('移送给').selectOption({ label: '通州区人民政府' });
    await officer.getByText('能否承办本事项，数据中没有依据').waitFor();
    await officer.getByLabel('移送理由').fill('所需信息由通州区制作和保存');
    await officer.getByRole('textbox', { name: '依据' }).fill('政府信息公开条例第十条');
    await expectAccessible(officer);
    await picture(officer, 'portals-transfer');
    await officer.getByRole('button', { name: '移送通州区人民政府' }).click();
    await officer.getByText('这里是移送以前的内容').waitFor();
    expect(await officer.getByRole('heading', { name: '下一步' }).count()).toBe(0);
    await go(officer, '/desk?view=transferred');
    await officer.getByRole('link', { name: number! }).waitFor();

    // The citizen looks it up: the new body, the day, and that no time stood still.
    await go(phone, '/services/status');
    await phone.getByLabel('编号').fill(number!);
    await phone.getByLabel('查询码').fill(code!);
    await phone.getByRole('button', { name: '查询' }).click();
    await phone.getByText(/由南通市市场监督管理局移送通州区人民政府办理/).waitFor();
    await phone.getByText('各项期限照常计算').waitFor();
    await phone.getByText('政府信息公开条例第十条').first().waitFor();
    await phone.getByText('期限没有停止或者重新计算').first().waitFor();
    await expectAccessible(phone);
    await picture(phone, 'portals-citizen-360');
    expect(await width(phone)).toBeLessThanOrEqual(360);
    await again(phone);
    await phone
      .getByText(/移送通州区人民政府办理/)
      .first()
      .waitFor();

    // The new body has it whole, and acts.
    const county = await open(path, { account: 'tongzhou-officer' });
    await county.getByRole('heading', { name: '下一步' }).waitFor();
    await county.getByText('身份证明.txt').waitFor();
    expect(await county.getByRole('button', { name: '移送其他机构办理' }).count()).toBe(1);
  }, 120_000);

  test('that is not there says so, and leads to the list', async () => {
    const page = await open('/portals/nowhere');
    await page.getByText('没有“nowhere”这个分站').waitFor();
    await page.getByRole('link', { name: '县（市、区）和园区分站' }).click();
    await page.getByRole('link', { name: '如东县分站' }).waitFor();
  });
});
