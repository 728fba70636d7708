import { expect, inject, test } from 'vitest';
import { again, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

/** An invented grant, brought in so that a watch has something to find. */
const grant = (n: number) =>
  JSON.stringify({
    publicationNumber: `CN19100000${n}B`,
    title: `一种工作台测试用夹爪${n}`,
    applicants: ['南通示例机器人有限公司'],
    ipc: ['B25J 15/08'],
    filingDate: '2017-03-01',
    publicationDate: '2019-05-07',
    address: '江苏省南通市通州区示例路1号',
    legalStatus: '有效',
  });

journey('a searcher at the workbench', () => {
  test('searches, combines, collects, reviews by keys, and is told of what a watch finds', async () => {
    const page = await open('/workbench', { account: 'data-officer' });
    await expectAccessible(page);
    for (const q of ['IPC=D06', 'TI=面料']) {
      const found = await page.request.get(`/api/patents?q=${encodeURIComponent(q)}`);
      expect(found.status()).toBe(200);
    }
    await again(page);
    await page.getByLabel('选中 #1').check();
    await page.getByLabel('选中 #2').check();
    await page.getByRole('button', { name: '并且（AND）' }).click();
    await page.getByRole('link', { name: '#1 AND #2' }).waitFor();

    await page.getByRole('button', { name: '新建专利集' }).click();
    await page.getByLabel('名称').fill('旅程');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /保\s?存/ })
      .click();
    await page.waitForURL(/\/workbench\/collections\//);
    const address = page.url();
    const hits = await (await page.request.get('/api/patents?q=IPC%3DD06&size=3')).json();
    const numbers = hits.hits.map((hit: { publicationNumber: string }) => hit.publicationNumber) as string[];
    await page.getByRole('button', { name: '添加专利' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/粘贴公开号/).fill(`${numbers.join('\n')}\n不是号码`);
    await dialog.getByRole('button', { name: '添加专利' }).last().click();
    await dialog.getByText('新增 3 件').waitFor();
    await dialog.getByText('无法识别 1 个').waitFor();
    await dialog.getByRole('button', { name: /取\s?消/ }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: '评审', exact: true }).first().click();
    await page.getByText('第 1 件，共 3 件').waitFor();
    await page.keyboard.press('5');
    await page.getByLabel('平均 5.0（1 人）').first().waitFor();
    await page.keyboard.press('s');
    await page.getByText('第 2 件，共 3 件').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('button', { name: '排除 1' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'workbench-collection');
    const phone = await open(new URL(address).pathname, { account: 'data-officer', width: 320, height: 700 });
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBe(0);

    await go(page, '/workbench/watches/new?kind=applicant&subject=南通示例机器人有限公司');
    await page.getByRole('button', { name: '新建监视' }).click();
    await page.waitForURL(/\/workbench\/watches\/[0-9a-f-]{36}/);
    await page.getByText('自建立以来还没有变化').waitFor();
    const sent = await page.request.post('/api/patents/imports', {
      headers: { origin: new URL(page.url()).origin },
      multipart: {
        file: {
          name: 'workbench.jsonl',
          mimeType: 'application/jsonl',
          buffer: Buffer.from([1, 2].map(grant).join('\n')),
        },
      },
    });
    expect(sent.status(), await sent.text()).toBe(200);
    await expect
      .poll(async () => (await (await page.request.get('/api/workbench/watches')).json()).unread as number, {
        timeout: 90_000,
        interval: 500,
      })
      .toBe(2);
    await again(page);
    await page.getByRole('link', { name: 'CN191000001B' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByRole('button', { name: '全部标为已读' }).waitFor({ state: 'hidden' });
  });

  test('does the whole of it on the search page: collects, saves, watches, reviews by keys', async () => {
    const page = await open('/patents?q=IPC%3DD06', { account: 'plan-office' });
    const dialog = page.getByRole('dialog');
    const ticks = page.getByRole('list', { name: '检索结果' }).getByRole('checkbox');
    await ticks.nth(0).check();
    await ticks.nth(2).check();
    await page.getByRole('button', { name: '加入专利集', exact: true }).click();
    await dialog.getByLabel('新专利集的名称').fill('检索页');
    await expectAccessible(page, '[role="dialog"]');
    await page.keyboard.press('Enter');
    await page.getByText('新增 2 件，已有 0 件').waitFor();
    // The same again adds nothing twice.
    await page.getByRole('button', { name: '加入专利集', exact: true }).click();
    await dialog.getByRole('button', { name: '加入', exact: true }).click();
    await page.getByText('新增 0 件，已有 2 件').waitFor();

    await page.getByRole('button', { name: '保存检索式' }).click();
    await dialog.getByLabel('名称').fill('印染');
    await dialog.getByRole('button', { name: '保存' }).click();
    await page.getByText('@印染').waitFor();
    await page.getByRole('button', { name: '监视', exact: true }).click();
    await dialog.getByLabel('名称').fill('印染新情况');
    await dialog.getByLabel('通知方式').selectOption('weekly');
    await dialog.getByRole('button', { name: '新建监视' }).click();
    await page.getByRole('link', { name: '监视中：印染新情况' }).waitFor();
    await expectAccessible(page);
    await picture(page, 'workbench-search');

    // Until the record is there, no key leads past it.
    let release = () => {};
    const held = new Promise<void>((go) => {
      release = go;
    });
    await page.route(/\/api\/patents\?/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: '逐件审阅' }).click();
    await page.getByText('请先选择或新建').waitFor();
    await page.getByRole('button', { name: '开始判断' }).click();
    await page.getByText('判断存入专利集：').waitFor();
    await page.keyboard.press('s');
    release();
    await dialog.getByRole('article').waitFor();
    await page.getByText(/^第 1 \/ /).waitFor();
    await page.keyboard.press('5');
    await page.keyboard.press('s');
    await page.keyboard.press('x');
    await page.getByText(/^第 3 \/ /).waitFor();
    await page.keyboard.press('t');
    await page.keyboard.type('核心');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '核心', pressed: true }).waitFor();
    await page.keyboard.press('Escape');
    // What is pressed while the session is over is stored after signing in.
    await page.context().clearCookies();
    await page.keyboard.press('s');
    await page.getByText('请登录后继续').waitFor();
    await dialog.getByLabel('账号').fill('plan-office');
    await dialog.getByLabel('密码').fill(inject('password'));
    await page.keyboard.press('Enter');
    await page.getByText(/^第 4 \/ /).waitFor();
    await expectAccessible(page, 'dialog');
    await picture(page, 'workbench-review');
    await page.keyboard.press('Escape');

    const record = page.locator('[data-hit]').first();
    const number = await page.locator('ol [class*="hitNumber"]').first().innerText();
    await record.click();
    const own = page.getByRole('region', { name: '我的工作台' });
    await own.getByRole('button', { name: '检索页 · 保留' }).waitFor();
    await own.getByLabel('备注').fill('对照');
    await own.getByRole('button', { name: '保存' }).click();
    await own.getByRole('button', { name: '保存' }).waitFor({ state: 'hidden' });
    await own.getByRole('button', { name: '核心' }).click();
    await own.getByRole('button', { name: '核心', pressed: true }).waitFor();
    await own.getByRole('button', { name: '监视法律状态和其他变化' }).click();
    await dialog.getByRole('button', { name: '新建监视' }).click();
    await own.getByRole('link', { name: `监视中：${number}` }).waitFor();
    await expectAccessible(page);
    await picture(page, 'workbench-record');

    await own.getByRole('link', { name: '打开“检索页”' }).click();
    await page.waitForURL(/\/workbench\/collections\//);
    await page.getByRole('button', { name: '保留 2' }).waitFor();
    await page.getByRole('button', { name: '排除 1' }).waitFor();
    await page.getByLabel('平均 5.0（1 人）').first().waitFor();
    await page.getByText('对照').first().waitFor();
    for (const path of ['/patents?q=IPC%3DD06', `/patents/${number}`]) {
      const phone = await open(path, { account: 'plan-office', width: 320, height: 700 });
      await phone.getByRole('button', { name: /监视/ }).or(phone.getByText('监视中')).first().waitFor();
      await expect
        .poll(() => phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
        .toBe(0);
    }
  });

  test('has another system told: of some services and of watches, with a secret that is shown once', async () => {
    const page = await open('/workbench/feeds', { account: 'case-head' });
    await page.getByRole('link', { name: '设置推送' }).click();
    const url = page.getByLabel('网址');
    await url.waitFor();
    await page.getByRole('button', { name: /^添\s?加$/ }).click();
    await page.getByText('请至少选择一种消息').waitFor();
    await page.getByText('请填写网址').waitFor();
    await page.getByLabel(/^办理步骤/).check();
    await page.getByLabel('只要其中一部分：哪些事项').check();
    await page.getByLabel('政府信息公开申请').check();
    await page.getByLabel(/^监视有新情况/).check();
    await url.fill('https://192.168.1.1/hook');
    await page.getByRole('button', { name: /^添\s?加$/ }).click();
    await page.getByText(/这是内部网络的地址/).waitFor();
    await expectAccessible(page);
    await url.fill('https://archive.example.cn/hook');
    await page.getByRole('button', { name: /^添\s?加$/ }).click();
    await page.getByText(/^whsec_/).waitFor();
    await page.getByText('办件（仅 1 项：政府信息公开申请）：办理步骤').waitFor();
    await page.getByText('专利监视（全部）：监视有新情况').waitFor();
    await page.getByText('推送记录', { exact: true }).click();
    await page.getByText('还没有推送记录').waitFor();
    await expectAccessible(page);
    await picture(page, 'webhooks');
    await page.setViewportSize({ width: 360, height: 800 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBe(0);
    await again(page);
    expect(await page.getByText(/^whsec_/).count()).toBe(0);
    await page.getByRole('button', { name: /^停\s?用$/ }).click();
    await page.getByText('已停用').waitFor();
    await page.getByRole('button', { name: /^删\s?除$/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^删\s?除$/ })
      .click();
    await page.getByText('还没有推送地址').waitFor();
  });

  test('is offered to sign in where something is to be kept', async () => {
    const page = await open('/patents?q=IPC%3DD06');
    await page.getByRole('list', { name: '检索结果' }).getByRole('checkbox').first().check();
    await page.getByRole('button', { name: '登录后加入专利集' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('账号').fill('leader');
    await dialog.getByLabel('密码').fill(inject('password'));
    await page.keyboard.press('Enter');
    await dialog.getByLabel('新专利集的名称').waitFor();
  });

  test('sorts what a query finds in a tree of their own, and says how sure a node is', async () => {
    const page = await open('/workbench', { account: 'leader' });
    await page.getByRole('button', { name: '新建分类导航' }).click();
    await page.getByLabel('名称').fill('产业专题');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /保\s?存/ })
      .click();
    await page.waitForURL(/\/workbench\/trees\//);
    await page.getByRole('button', { name: '新建节点' }).click();
    await page.getByLabel('名称').fill('纺织');
    await page.getByLabel('检索式').fill('IPC=D06');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /保\s?存/ })
      .click();
    await page.getByRole('heading', { name: '纺织' }).waitFor();
    await page.getByText(/检索命中 [\d,]+，人工加入 0，人工排除 0/).waitFor();
    await page.locator('[data-number]').first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press('j');
    await page.locator('[data-number][data-current="true"]').waitFor();
    await page.keyboard.press('x');
    await page.getByText(/人工加入 0，人工排除 1/).waitFor();
    await page.getByRole('button', { name: '查准与查全' }).click();
    await page.getByText('抽样', { exact: true }).first().click();
    await page.getByLabel('样本量').fill('5');
    await page.getByRole('button', { name: '抽样' }).click();
    await page.getByText('尚未判断').waitFor();
    // The list of checks says that too; keys belong to the sample once it is there.
    await page.getByText('s 相关，x 不相关').waitFor();
    await page.keyboard.press('j');
    for (const [key, left] of [
      ['s', '待判 4'],
      ['s', '待判 3'],
      ['s', '待判 2'],
      ['s', '待判 1'],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByText(left).waitFor();
    }
    await page.keyboard.press('x');
    await page.getByText(/查准率 80\.0%（95% 区间 37\.6%–96\.4%，n=5）/).waitFor();
    await expectAccessible(page);
    await picture(page, 'workbench-check');
  });
});
