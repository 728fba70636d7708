import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';
import {
  alliance,
  confirm,
  download,
  field,
  measured,
  openSheet,
  put,
  type Recorded,
  type Sheet,
  usccOf,
} from './registers.ts';

withBrowser();

const keeper = { account: 'ip-bureau-officer' };
const path = '/registers/alliances';

/** Heads of columns that rows are written into. */
const head = {
  no: '编号',
  name: '联盟名称',
  leaderCode: '牵头单位统一社会信用代码',
  document: '备案文件',
  standards: '参与制定标准（个）',
};

/** Writes a whole new alliance into a row of the sheet, as a keeper would. */
function writeRow(sheet: Sheet, row: number, name: string, over: Record<string, string> = {}): void {
  const cells: Record<string, string> = {
    [head.name]: name,
    所属产业: '高端纺织',
    秘书处所在地: '通州区',
    牵头单位: `${name}牵头单位`,
    成立日期: '2018-05-01',
    章程通过日期: '2018年5月1日',
    活动状况: '正常开展活动',
    '成员（单位名称 | 统一社会信用代码 | 身份 | 类型 | 加入日期 | 退出日期；每行一个）': `${name}成员单位`,
    ...over,
  };
  for (const [column, value] of Object.entries(cells)) sheet.cell(row, column).value = value;
}

/** Chooses a file on the page of imports, and waits for the preview. */
async function prepare(page: Page, bytes: Buffer): Promise<void> {
  await go(page, path);
  await page.getByRole('link', { name: '导入', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '导入：产业知识产权联盟' }).waitFor();
  await page.locator('#import-file').setInputFiles({
    name: '联盟.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: bytes,
  });
  await page.getByLabel(/^新增的条目登记为/).selectOption('published');
  await page.getByLabel(/^理由/).fill('年度核对');
  await page.getByRole('button', { name: '上传并预览' }).click();
  await page.waitForURL(/\/registers\/batches\/[0-9a-f-]{36}/);
}

const list = (page: Page) => page.getByRole('table', { name: '产业知识产权联盟' });
const main = (page: Page) => page.locator('main');

journey('the keeper of a register', () => {
  test('takes the list into Excel, changes it there, and brings it back', async () => {
    const page = await open('/registers', keeper);
    await expectAccessible(page);
    await page.getByRole('link', { name: '产业知识产权联盟' }).last().click();
    await page.getByRole('heading', { level: 1, name: '产业知识产权联盟' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'register-list');
    const xlsx = page.getByRole('link', { name: 'XLSX', exact: true });
    const exported = await download(page, xlsx);
    expect(exported.name).toMatch(/\.xlsx$/);

    const sheet = await openSheet(exported.bytes);
    const before = sheet.rows;
    expect(before).toBeGreaterThanOrEqual(6);
    const changed = [1, 2].map((row) => String(sheet.cell(row, head.no).value));
    sheet.cell(1, head.document).value = '旅程备案〔2026〕1号';
    sheet.cell(2, head.standards).value = 47;
    const formula = '=HYPERLINK("http://example.org","点我")';
    writeRow(sheet, before + 1, '旅程导入联盟', { [head.leaderCode]: usccOf(700_001) });
    writeRow(sheet, before + 2, '旅程公式联盟', { [head.document]: formula });
    const right = usccOf(700_002);
    const wrong = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0');
    writeRow(sheet, before + 3, '旅程错码联盟', { [head.leaderCode]: wrong });
    await prepare(page, await sheet.bytes());
    await page
      .getByText(`共 ${before + 3} 行：新增 2，变化 2，未变 ${before - 2}，拒收 1`)
      .waitFor({ timeout: 60_000 });
    await expectAccessible(page);
    for (const [kind, seen] of [
      ['变化', ['旅程备案〔2026〕1号', '47', ...changed]],
      ['新增', ['旅程导入联盟', '旅程公式联盟']],
      ['拒收', ['旅程错码联盟', head.leaderCode, wrong, '校验']],
    ] as const) {
      await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
      const rows = page.getByRole('table', { name: kind });
      for (const text of seen) await rows.getByText(text).first().waitFor();
      await expectAccessible(page);
    }
    await picture(page, 'register-import');
    const rejects = await download(page, page.getByRole('link', { name: /下载 1 个拒收的行/ }));
    expect((await openSheet(rejects.bytes)).cell(1, head.name).value).toBe('旅程错码联盟');
    // Nothing is written before it is said so.
    const api = `/api${path}/entries?q=旅程导入联盟`;
    expect((await (await page.request.get(api)).json()).total).toBe(0);

    await page.getByRole('button', { name: '确认写入' }).click();
    await confirm(page, /确认写入/);
    await page.getByText('已写入：新增 2 条，修改 2 条').waitFor({ timeout: 60_000 });
    await expectAccessible(page);
    await page.getByRole('link', { name: '看名册“产业知识产权联盟”' }).click();
    await page.getByLabel('查找', { exact: true }).fill('旅程公式联盟');
    await list(page).getByRole('link', { name: '旅程公式联盟', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '旅程公式联盟' }).waitFor();
    await main(page).getByText(formula).first().waitFor();
    await main(page).getByText('年度核对').first().waitFor();

    // What goes out again runs nowhere, and comes back as what it is: nothing has changed.
    await go(page, path);
    const again = await download(page, xlsx);
    const second = await openSheet(again.bytes);
    expect(second.rows).toBe(before + 2);
    const rows = Array.from({ length: second.rows }, (_, i) => i + 1);
    const row = (name: string) => rows.find((r) => second.cell(r, head.name).value === name) ?? 0;
    expect(second.cell(row('旅程公式联盟'), head.document).value).toBe(`'${formula}`);
    await prepare(page, again.bytes);
    await page.getByText('没有可以写入的行').waitFor({ timeout: 60_000 });
    await expect.poll(() => main(page).innerText()).toContain(`未变 ${before + 2}，拒收 0`);
  });

  test('corrects what was recorded wrongly, and lets become otherwise what changed', async () => {
    const page = await open(path, keeper);
    const { no } = await put(page, alliance('旅程沿革联盟', { from: '2018-03-01' }));
    await go(page, `${path}/${no}`);
    await page.getByRole('link', { name: '更正', exact: true }).click();
    await field(page, '备案文件').fill('通知发〔2018〕3号');
    await page.getByLabel(/^理由/).fill('原来没有登记文号');
    await expectAccessible(page);
    await page.getByRole('button', { name: '保存更正' }).click();
    await page.getByRole('heading', { level: 1, name: '旅程沿革联盟', exact: true }).waitFor();
    await main(page).getByText('通知发〔2018〕3号').first().waitFor();

    await page.getByRole('link', { name: '变更', exact: true }).click();
    await page.getByLabel(/^自哪天起变更/).fill('2019.9.1');
    await field(page, '活动状况').selectOption({ label: '停止活动' });
    await page.getByLabel(/^理由/).fill('联盟停止活动');
    await page.getByRole('button', { name: '保存变更' }).click();
    await page.getByText('自 2019-09-01 起生效').waitFor();
    await expectAccessible(page);
    await picture(page, 'register-entry');

    const history = page.getByRole('region', { name: '变更记录' });
    const correction = history.getByRole('listitem').filter({ hasText: '原来没有登记文号' });
    await expect.poll(() => correction.innerText()).toMatch(/更正[\s\S]*备案文件[\s\S]*通知发〔2018〕3号/);
    const change = history.getByRole('listitem').filter({ hasText: '联盟停止活动' });
    await expect
      .poll(() => change.innerText())
      .toMatch(/变更[\s\S]*活动状况[\s\S]*正常开展活动[\s\S]*停止活动/);
    const spells = page.getByRole('region', { name: '内容沿革' });
    await expect.poll(() => spells.innerText()).toMatch(/2019-09-01[\s\S]*2018-03-01 至 2019-08-31/);

    // The list of a day shows the content of that day.
    for (const [on, activity] of [
      ['2019-08-31', '正常开展活动'],
      ['2019-09-01', '停止活动'],
    ] as const) {
      await go(page, `${path}?q=旅程沿革联盟&on=${on}`);
      await list(page).getByRole('cell', { name: activity, exact: true }).waitFor();
    }
  });

  test('publishes what was proposed, and the board moves from its first day on', async () => {
    const page = await open(path, keeper);
    const was = {
      before: await measured(page, 22, '2021-05-09'),
      on: await measured(page, 22, '2021-05-10'),
    };
    await page.getByRole('link', { name: '新增', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^新增：/ }).waitFor();
    await expectAccessible(page);
    await field(page, '联盟名称').fill('旅程新设联盟');
    await field(page, '所属产业').selectOption({ label: '新材料' });
    await field(page, '秘书处所在地').selectOption({ label: '通州区' });
    await field(page, '牵头单位').fill('旅程新设联盟牵头单位');
    await field(page, '成立日期').fill('2021-05-10');
    await field(page, '章程通过日期').fill('2021-05-10');
    await field(page, '活动状况').selectOption({ label: '正常开展活动' });
    await page.getByRole('button', { name: '提交', exact: true }).click();
    // The server says what is missing, and where.
    await page.getByRole('alert').getByRole('link', { name: /成员/ }).waitFor();
    await page.getByRole('group', { name: /成员/ }).getByRole('button', { name: '添加一行' }).click();
    await page.getByLabel('单位名称，第 1 行').fill('旅程新设联盟成员单位');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '旅程新设联盟', exact: true }).waitFor();
    await page.getByRole('button', { name: '核实', exact: true }).click();
    await confirm(page, /核\s?实/);
    expect(await measured(page, 22, '2021-05-10')).toEqual(was.on);
    await page.getByRole('button', { name: '公布', exact: true }).click();
    await confirm(page, /公\s?布/, '公示期满无异议');
    await page.getByText('已核实 → 已公布').waitFor();

    expect(await measured(page, 22, '2021-05-09')).toEqual(was.before);
    expect((await measured(page, 22, '2021-05-10')).shown).toBe(was.on.shown + 1);
    const visitor = await open('/indicators/22?asOf=2021-05-10');
    const behind = main(visitor).getByRole('row').filter({ hasText: '旅程新设联盟' });
    await behind.waitFor();
    await expectAccessible(visitor);
    await behind.getByRole('link').click();
    await visitor.getByRole('heading', { level: 1, name: '旅程新设联盟', exact: true }).waitFor();
  });

  test('records late what began in a frozen year: its figure stays, and what is known now stands beside it', async () => {
    const page = await open(path, keeper);
    const was = await measured(page, 22, '2019-05-10');
    const dayBefore = await measured(page, 22, '2019-05-09');
    await put(page, alliance('旅程补录联盟', { from: '2019-05-10', charterOn: '2019-05-10' }));
    expect(await measured(page, 22, '2019-05-10')).toEqual({ shown: was.shown, now: was.now + 1 });
    expect(await measured(page, 22, '2019-05-09')).toEqual(dayBefore);
    const visitor = await open('/indicators/22?asOf=2019-05-10');
    await main(visitor)
      .getByText(`按封存时所知为 ${was.shown}个，按现在所知为 ${was.now + 1}个`)
      .waitFor();
  });

  test('narrows the list, keeps the view, and asks what was valid on a day', async () => {
    const page = await open(path, keeper);
    await put(page, alliance('旅程筛选联盟甲', { industry: 'new-energy', from: '2019-07-01' }));
    await put(page, alliance('旅程筛选联盟乙', { industry: 'new-energy', from: '2019-06-30' }));
    await go(page, `${path}?q=旅程筛选联盟`);
    const facets = page.getByRole('complementary', { name: '筛选' });
    await facets.getByRole('link', { name: /^新能源和新能源汽车\s*2$/ }).click();
    await page.getByRole('list', { name: '已选条件' }).getByText('所属产业：新能源和新能源汽车').waitFor();
    await page.getByText('常用视图').click();
    await page.getByLabel('名称', { exact: true }).fill('旅程新能源');
    await page.getByRole('button', { name: '保存现在的视图' }).click();
    await page.getByRole('link', { name: '旅程新能源' }).waitFor();
    await expectAccessible(page);

    await go(page, path);
    await page.getByText('常用视图').click();
    await page.getByRole('link', { name: '旅程新能源' }).click();
    await page.getByText('共 2 条').waitFor();
    await page.getByText('时点', { exact: true }).first().click();
    await page.getByLabel('有效于').fill('2019-06-30');
    await page.getByLabel('有效于').press('Enter');
    await page.getByText('这里是 2019-06-30 有效的条目').waitFor();
    await page.getByText('共 1 条').waitFor();
    await list(page).getByRole('link', { name: '旅程筛选联盟乙', exact: true }).waitFor();
    await expectAccessible(page);
  });

  test('merges two that are one, and undoes it', async () => {
    const page = await open(path, keeper);
    const leader = { leader: '旅程重复牵头单位', leaderCode: usccOf(700_010) };
    const one = await put(page, alliance('旅程重复联盟', { ...leader, document: '甲号' }));
    const two = await put(page, alliance('旅程重复产业联盟', { ...leader, document: '乙号', standards: 3 }));
    await go(page, path);
    await page.getByRole('link', { name: '查重' }).click();
    const group = page.getByRole('region', { name: new RegExp(leader.leaderCode) }).first();
    await group.waitFor();
    await expectAccessible(page);
    await group.getByRole('link', { name: /^与 .* 对比$/ }).click();
    await page.getByRole('table', { name: '两条对比' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel(new RegExp(`^备案文件：用 ${two.no} 的值`)).check();
    await picture(page, 'register-merge');
    await page.getByRole('button', { name: /^合\s?并$/ }).click();
    await confirm(page, /^合\s?并$/, '同一个联盟登记了两次');
    const line = page.getByRole('row').filter({ hasText: '同一个联盟登记了两次' });
    await line.waitFor();
    await expectAccessible(page);
    const of = async ({ no }: Recorded) =>
      (await (await page.request.get(`/api${path}/entries/${no}`)).json()) as Recorded;
    expect(await of(one)).toMatchObject({ state: 'published', data: { document: '乙号', standards: 3 } });
    expect(await of(two)).toMatchObject({ state: 'removed' });

    await line.getByRole('button', { name: '撤销合并' }).click();
    await confirm(page, /撤销合并/);
    await line.getByText(/于 .* 撤销/).waitFor();
    expect((await of(one)).data).not.toHaveProperty('standards');
    expect(await of(one)).toMatchObject({ state: 'published', data: { document: '甲号' } });
    expect(await of(two)).toMatchObject({ state: 'published', data: { document: '乙号', standards: 3 } });
  });
});
