import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';
import { download, put, usccOf } from './registers.ts';

withBrowser();

/** What only keepers see of a firm on the ladder. */
const internal = ['研发经费', '联系人', '联系电话', '内部备注'];

/** A firm that misses what the next tier asks for: patents and the standard. */
const firm = {
  name: '旅程阶梯企业',
  uscc: usccOf(700_020),
  region: 'tongzhou',
  tier: 'pilot',
  from: '2018-03-01',
  tierSince: '2018-03-01',
  nationalTitle: 'none',
  patentsFiled: 3,
  patentsInForce: 4,
  research: 123_456_700,
  contact: '旅程联系甲',
  remark: '旅程内部备注',
};

journey('a visitor of the registers', () => {
  test('sees a public register without what is internal, and takes it along', async () => {
    const keeper = await open('/registers', { account: 'ip-bureau-officer' });
    const { no } = await put(keeper, firm, 'published', 'strong-firms');
    const page = await open('/registers');
    await expectAccessible(page);
    await expect.poll(() => page.getByText('等我处理').count()).toBe(0);
    await page.getByRole('link', { name: '知识产权强企梯队' }).click();
    await page.getByRole('heading', { level: 1, name: '知识产权强企梯队' }).waitFor();
    for (const name of ['新增', '导入', '查重'])
      await expect.poll(() => page.getByRole('link', { name, exact: true }).count()).toBe(0);
    await expect.poll(() => page.getByText('常用视图').count()).toBe(0);
    await page.getByLabel('查找', { exact: true }).fill(firm.uscc);
    await page.getByText('共 1 条').waitFor();
    await expectAccessible(page);
    const csv = await download(page, page.getByRole('link', { name: 'CSV', exact: true }));
    expect(csv.name).toMatch(/\.csv$/);
    const text = csv.bytes.toString('utf8');
    expect(text.trim().split(/\r?\n/)).toHaveLength(2);
    expect(text).toContain(firm.name);
    for (const word of [...internal, firm.contact, firm.remark]) expect(text).not.toContain(word);

    await page.getByRole('link', { name: firm.name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: firm.name }).waitFor();
    await expectAccessible(page);
    const seen = await page.locator('main').innerText();
    for (const word of [...internal, firm.contact, firm.remark, '变更记录']) expect(seen).not.toContain(word);
    // The keeper sees them in the same place.
    await go(keeper, `/registers/strong-firms/${no}`);
    await keeper.locator('main').getByText(firm.remark).first().waitFor();
    await go(page, '/registers/strong-firms/about');
    const about = await page.locator('main').innerText();
    for (const word of internal) expect(about).not.toContain(word);
    await expectAccessible(page);
  });

  test('sees why a firm stands in its tier and what it lacks for the next one, and everything known about it', async () => {
    const keeper = await open('/registers', { account: 'ip-bureau-officer' });
    const climber = { ...firm, name: '旅程登梯企业', uscc: usccOf(700_021) };
    const { no } = await put(keeper, climber, 'published', 'strong-firms');
    const page = await open(`/registers/strong-firms/${no}`);
    const ladder = page.getByRole('region', { name: '所在层级与晋级条件' });
    await ladder.getByRole('heading', { name: '现在所在：强企试点企业' }).waitFor();
    await ladder.getByRole('heading', { name: '下一层级：强企示范企业' }).waitFor();
    const row = (text: string) => ladder.getByRole('row').filter({ hasText: text }).first();
    await expect.poll(() => row('提出过专利申请').innerText()).toMatch(/符合[\s\S]*3/);
    await expect.poll(() => row('有效专利10件以上').innerText()).toMatch(/不符合[\s\S]*4/);
    await expect.poll(() => row('已参与贯标').innerText()).toMatch(/不符合/);
    await expect.poll(() => row('有效专利10件以上').innerText()).toContain('未核实');
    await picture(page, 'register-ladder');
    await page.getByRole('complementary').getByRole('link', { name: climber.name }).click();
    await page.waitForURL(/\/organisations\//);
    await page.getByRole('heading', { level: 1, name: climber.name }).waitFor();
    await page.getByText(climber.uscc).first().waitFor();
    await page.getByRole('link', { name: '知识产权强企梯队' }).first().waitFor();
    await expectAccessible(page);
    await expect.poll(() => page.locator('main').innerText()).not.toContain(climber.contact);
  });

  test('sees what lapses, and comes from there to the entry', async () => {
    const page = await open('/registers');
    await page.getByRole('link', { name: '到期与复核' }).click();
    await page.getByRole('heading', { level: 1, name: '到期与复核' }).waitFor();
    const dues = page.getByRole('table', { name: '到期与复核' });
    await dues.waitFor();
    await expectAccessible(page);
    await picture(page, 'register-dues');
    await page.getByLabel('名册', { exact: true }).selectOption({ label: '知识产权强企梯队' });
    await page.waitForURL(/register=strong-firms/);
    await dues.getByText('年度复核').first().waitFor();
    const first = dues.getByRole('row').filter({ hasText: 'QQ-' }).first().getByRole('link').first();
    const title = await first.innerText();
    await first.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByRole('complementary').getByText('年度复核').first().waitFor();
  });

  test('reads the registers in a window of 320 pixels without sideways scrolling', async () => {
    for (const path of [
      '/registers',
      '/registers/strong-firms',
      '/registers/alliances/LM-0001',
      '/registers/dues',
    ]) {
      const page = await open(path, { width: 320, height: 720 });
      await page.getByRole('heading', { level: 1 }).waitFor();
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.close();
    }
  });
});
