import { expect, test } from 'vitest';
import { expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

/** Invented grants of an invented firm; two good ones and two that must be refused. */
const lines = [
  {
    publicationNumber: 'CN190000001B',
    title: '一种测试用经编家纺面料',
    applicants: ['南通示例纺织有限公司'],
    ipc: ['D04B 21/00'],
    filingDate: '2017-03-01',
    publicationDate: '2019-05-07',
    address: '江苏省南通市通州区示例路1号',
    legalStatus: '有效',
  },
  {
    publicationNumber: 'CN190000002B',
    title: '一种测试用海洋平台桩腿',
    applicants: ['南通示例海工有限公司'],
    ipc: ['E02B 17/08'],
    filingDate: '2017-04-01',
    publicationDate: '2019-05-14',
    address: '江苏省南通市启东市示例路2号',
    legalStatus: '有效',
  },
  { publicationNumber: 'CN190000003B' },
  { publicationNumber: 'not-a-number', title: '号码读不出的一条' },
]
  .map((l) => JSON.stringify(l))
  .join('\n');

journey('the data officer', () => {
  test('imports a file, sees exact counts and rejects, and the indicator moves', async () => {
    const page = await open('/patents/imports', { account: 'data-officer' });
    await expectAccessible(page);
    const facts = async () => {
      const answer = await page.request.get('/api/plan/indicators/27?asOf=2019-12-31');
      return (await answer.json()).measured.facts as number;
    };
    const before = await facts();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'patents.jsonl',
        mimeType: 'application/jsonl',
        buffer: Buffer.from(lines),
      });
    await page.getByRole('button', { name: /开始导入/ }).click();
    await page.waitForURL(/\/patents\/imports\/[0-9a-f-]{36}/);
    await page.getByText('未通过的 2 行').waitFor();
    await expectAccessible(page);
    const id = page.url().split('/').at(-1);
    const done = await (await page.request.get(`/api/patents/imports/${id}`)).json();
    expect(done).toMatchObject({
      state: 'done',
      counts: { read: 4, accepted: 2, updated: 0, unchanged: 0, rejected: 2 },
    });
    expect(await facts()).toBe(before + 2);
    await picture(page, 'import');

    await go(page, '/patents?q=测试用经编家纺面料');
    await expectAccessible(page);
    await expect.poll(() => page.locator('main').innerText()).toContain('CN190000001B');
  });
});
