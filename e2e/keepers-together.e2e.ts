import { expect, inject, test } from 'vitest';
import { again, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';
import { alliance, confirm, field, put, type Recorded, send } from './registers.ts';

withBrowser();

const path = '/registers/alliances';

journey('two keepers of one register', () => {
  test('edit an entry at once: the second sees what the first did, chooses, and loses nothing', async () => {
    const first = await open(path, { account: 'ip-bureau-officer' });
    const second = await open(path, { account: 'plan-office' });
    const { no } = await put(first, alliance('旅程同改联盟', { document: '原号', standards: 1 }));
    for (const page of [first, second]) {
      await go(page, `${path}/${no}/edit?mode=correct`);
      await field(page, '备案文件').waitFor();
    }
    await field(first, '备案文件').fill('先改的号');
    await field(first, '秘书处单位').fill('旅程先改秘书处');
    await first.getByRole('button', { name: '保存更正' }).click();
    await first.getByRole('heading', { level: 1, name: '旅程同改联盟', exact: true }).waitFor();

    await field(second, '备案文件').fill('后改的号');
    await field(second, '参与制定标准').fill('9');
    await second.getByRole('button', { name: '保存更正' }).click();
    await second.getByText(/您填写期间，.*改了这一条/).waitFor();
    const choice = second.getByRole('table', { name: '逐项选择' });
    const line = choice.getByRole('row').filter({ hasText: '备案文件' });
    for (const text of ['原号', '先改的号', '后改的号', '双方都改了']) await line.getByText(text).waitFor();
    await choice.getByRole('row').filter({ hasText: '秘书处单位' }).getByText('旅程先改秘书处').waitFor();
    await expectAccessible(second);
    await picture(second, 'register-conflict');
    expect(await second.getByRole('button', { name: '保存更正' }).isDisabled()).toBe(true);
    await line.getByLabel(/后改的号/).check();
    await second.getByRole('button', { name: '按所选合并，接着填写' }).click();
    await second.getByRole('button', { name: '保存更正' }).click();
    await second.getByRole('heading', { level: 1, name: '旅程同改联盟', exact: true }).waitFor();
    const now = (await (await second.request.get(`/api${path}/entries/${no}`)).json()) as Recorded;
    expect(now.version).toBe(3);
    expect(now.data).toMatchObject({ document: '后改的号', secretariat: '旅程先改秘书处', standards: 9 });
  });

  test('whose session ends while typing sign in over the page, and what was typed is saved', async () => {
    const page = await open(`${path}/new`, { account: 'ip-bureau-officer' });
    await field(page, '联盟名称').fill('旅程过期联盟');
    await field(page, '所属产业').selectOption({ label: '电子信息' });
    await field(page, '秘书处所在地').selectOption({ label: '海门区' });
    await page.context().clearCookies();
    await field(page, '牵头单位').fill('旅程过期联盟牵头单位');
    await field(page, '成立日期').fill('2018-06-01');
    await field(page, '章程通过日期').fill('2018-06-01');
    await field(page, '活动状况').selectOption({ label: '正常开展活动' });
    await page.getByRole('group', { name: /成员/ }).getByRole('button', { name: '添加一行' }).click();
    await page.getByLabel('单位名称，第 1 行').fill('旅程过期联盟成员单位');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '请登录后继续' });
    await dialog.waitFor();
    await expectAccessible(page, '[role=dialog]');
    await dialog.getByLabel('账号').fill('ip-bureau-officer');
    await dialog.getByLabel('密码', { exact: true }).fill(inject('password'));
    await dialog.getByRole('button', { name: /^登\s?录$/ }).click();
    await page.getByRole('heading', { level: 1, name: '旅程过期联盟', exact: true }).waitFor();
    await page.locator('main').getByText('旅程过期联盟成员单位').first().waitFor();
    const found = await page.request.get(`/api${path}/entries?q=旅程过期联盟`);
    expect((await found.json()).total).toBe(1);
  });

  test('find what was typed after the window was closed', async () => {
    const page = await open(path, { account: 'ip-bureau-officer' });
    const { no } = await put(page, alliance('旅程关窗联盟'));
    await go(page, `${path}/${no}/edit`);
    await field(page, '备案文件').fill('没有来得及保存的号');
    await again(page);
    await page.getByText(/已恢复您 .* 填写而没有保存的内容/).waitFor();
    await expect.poll(() => field(page, '备案文件').inputValue()).toBe('没有来得及保存的号');
    await page.getByRole('button', { name: '不要了，改用登记的内容' }).click();
    await expect.poll(() => field(page, '备案文件').inputValue()).toBe('');
  });
});

journey('a county officer', () => {
  test('proposes an entry of the own region, publishes nothing, reaches no other region; the keeper decides', async () => {
    const county = await open(path, { account: 'county-tongzhou' });
    await county.getByRole('link', { name: '新增', exact: true }).click();
    await county.getByText('您申报的条目由名册的管理部门核实后公布。').waitFor();
    await expectAccessible(county);
    const regions = field(county, '秘书处所在地').locator('option');
    expect((await regions.allInnerTexts()).filter((t) => t !== '请选择')).toEqual(['通州区']);
    await field(county, '联盟名称').fill('旅程申报联盟');
    await field(county, '所属产业').selectOption({ label: '高端纺织' });
    await field(county, '秘书处所在地').selectOption({ label: '通州区' });
    await field(county, '牵头单位').fill('旅程申报联盟牵头单位');
    await field(county, '成立日期').fill('2018-06-01');
    await field(county, '章程通过日期').fill('2018-06-01');
    await field(county, '活动状况').selectOption({ label: '正常开展活动' });
    await county.getByRole('group', { name: /成员/ }).getByRole('button', { name: '添加一行' }).click();
    await county.getByLabel('单位名称，第 1 行').fill('旅程申报联盟成员单位');
    await county.getByRole('button', { name: '提交', exact: true }).click();
    await county.getByRole('heading', { level: 1, name: '旅程申报联盟', exact: true }).waitFor();
    await county.locator('main').getByText('待核实').first().waitFor();
    for (const name of ['核实', '公布', '移出名册'])
      await expect.poll(() => county.getByRole('button', { name, exact: true }).count()).toBe(0);
    const no = county.url().split('/').at(-1) as string;
    // Neither by hand: not published, not put into another region, not touched where it belongs to another.
    const act = await send(county, `/api${path}/entries/${no}/actions`, { version: 1, action: 'publish' });
    expect(act.status()).toBe(403);
    const state = { data: alliance('旅程越权联盟'), state: 'published' };
    expect((await send(county, `/api${path}/entries`, state)).status()).toBe(403);
    const elsewhere = { data: alliance('旅程越界联盟', { region: 'rudong' }) };
    expect((await send(county, `/api${path}/entries`, elsewhere)).status()).toBe(403);
    const keeper = await open('/registers', { account: 'ip-bureau-officer' });
    const other = await put(keeper, alliance('旅程他区联盟', { region: 'rudong' }));
    await go(county, `${path}/${other.no}`);
    await county.getByRole('heading', { level: 1, name: '旅程他区联盟', exact: true }).waitFor();
    await expect.poll(() => county.getByRole('link', { name: /^(更正|变更)$/ }).count()).toBe(0);
    await go(county, `${path}/${other.no}/edit`);
    await county.getByText('您不能在这里填写').waitFor();
    await expectAccessible(county);
    const hidden = await put(keeper, alliance('旅程他区待核联盟', { region: 'rudong' }), 'proposed');
    await go(county, `${path}/${hidden.no}`);
    await county.getByText(/没有编号为“.*”的条目，或者它还没有公布/).waitFor();

    await again(keeper);
    const work = keeper.getByRole('region', { name: '等我处理' });
    const waits = work.getByRole('listitem').filter({ hasText: '产业知识产权联盟' }).first();
    await expect.poll(() => waits.innerText()).toMatch(/\d+ 条待核实/);
    await expectAccessible(keeper);
    await picture(keeper, 'register-work');
    await waits.getByRole('link').click();
    await keeper.getByRole('link', { name: '旅程申报联盟', exact: true }).click();
    await keeper.getByRole('button', { name: '核实', exact: true }).click();
    await confirm(keeper, /核\s?实/);
    await keeper.getByRole('button', { name: '公布', exact: true }).click();
    await confirm(keeper, /公\s?布/, '公示期满无异议');
    await keeper.getByText('已核实 → 已公布').waitFor();
    await go(county, `${path}/${no}`);
    await county.locator('main').getByText('已公布').first().waitFor();
    await expect.poll(() => county.getByRole('link', { name: /^(更正|变更)$/ }).count()).toBe(0);
  });
});
