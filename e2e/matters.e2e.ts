import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { again, expectAccessible, go, journey, open, picture, withBrowser } from './browser.ts';

withBrowser();

/** Everything that a request for information asks for. */
async function fillIn(page: Page, title: string): Promise<void> {
  await page.getByLabel('申请人类型').selectOption({ label: '自然人' });
  await page.getByLabel('申请人姓名或者名称').fill('旅程示例申请人');
  await page.getByLabel('联系电话').fill('0513-55500100');
  await page.getByLabel('联系地址').fill('南通市崇川区示例路1号');
  await page.getByLabel('所需信息的名称').fill(title);
  await page.getByLabel('获取方式').selectOption({ label: '电子邮件' });
  await page.getByLabel('提供形式').selectOption({ label: '电子' });
}

const scan = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`${name} 的内容`) });

/** Applies as a visitor, and gives number and code of the receipt. */
async function applied(page: Page, title: string): Promise<{ number: string; code: string }> {
  await fillIn(page, title);
  await page.getByLabel('我已核对以上条件').check();
  await page.locator('#material-identity').setInputFiles(scan('身份证明.txt'));
  await page.getByText('身份证明.txt').waitFor();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('已收到您的申请').waitFor();
  const [number, code] = await page.locator('main dl dd').allInnerTexts();
  return { number: number!.trim(), code: code!.trim() };
}

/** Chooses a step of a matter and takes it. */
async function step(page: Page, name: string, note?: string): Promise<void> {
  await page.getByRole('button', { name, pressed: false }).click();
  if (note) await page.getByLabel('说明').fill(note);
  await page.getByRole('button', { name }).last().click();
}

journey('a request for information', () => {
  test('goes from a telephone over the officer and the head to the answer', async () => {
    // A citizen on a telephone: reads the guide, begins, is told what is missing, goes away and comes back.
    const phone = await open('/services/disclosure', { width: 360, height: 780 });
    await phone.getByRole('link', { name: '在线申请' }).click();
    await phone.getByRole('heading', { name: '填写申请' }).waitFor();
    await expectAccessible(phone);
    await phone.getByRole('button', { name: '提交申请' }).click();
    await phone.getByText('有 9 处需要修改').waitFor();
    await picture(phone, 'matters-apply-360');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await fillIn(phone, '旅程用统计');
    await phone.getByText(/^已保存/).waitFor();
    await again(phone);
    await phone.getByText('已接着').waitFor();
    expect(await phone.getByLabel('所需信息的名称').inputValue()).toBe('旅程用统计');
    // What only another answer makes necessary.
    await phone.getByLabel('申请人类型').selectOption({ label: '法人或者其他组织' });
    await phone.getByLabel('统一社会信用代码').waitFor();
    const draft = phone.url();
    const { number, code } = await applied(phone, '旅程用统计');
    expect(number).toMatch(/^通知公开收〔\d{4}〕\d+号$/);
    await picture(phone, 'matters-receipt-360');
    // Back does not send it once more, and the draft is gone.
    await go(phone, draft);
    await phone.getByText('这份草稿已经提交或者删除').waitFor();

    // The officer finds it on the desk, takes it, and asks for a correction.
    const officer = await open('/desk?view=unassigned', { account: 'case-officer' });
    await officer.getByRole('searchbox', { name: '查找' }).fill('旅程用统计');
    await officer.getByRole('link', { name: number }).click();
    await officer.getByRole('heading', { name: '办理记录' }).waitFor();
    await expectAccessible(officer);
    await officer.getByLabel('承办人').selectOption({ index: 1 });
    await officer.getByRole('button', { name: '分派' }).click();
    await officer.getByRole('rowheader', { name: /^分派给/ }).waitFor();
    await officer.getByRole('button', { name: '一次性告知补正' }).click();
    await officer.locator('#paper-correction-notice').fill('你的申请内容不明确。\n请写明地区范围。');
    // The document as it will look, beside what is written.
    await officer.getByRole('figure').getByText('请写明地区范围。').waitFor();
    await officer.getByLabel('说明').fill('请写明统计的地区范围。');
    await picture(officer, 'matters-document');
    await officer.getByRole('button', { name: '一次性告知补正' }).last().click();
    await officer.getByRole('rowheader', { name: '一次性告知补正' }).last().waitFor();
    await picture(officer, 'matters-officer');
    const made = officer.getByText(/^通知公开补〔\d{4}〕\d+号，核验码/);
    const proof = /核验码 (\S+)/.exec(await made.innerText())![1]!;
    const [file] = await Promise.all([
      officer.waitForEvent('download'),
      officer.getByRole('link', { name: /^补正告知书 通知公开补/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.docx$/);
    // Anybody asks whether it is genuine.
    const anybody = await open('/verify');
    await expectAccessible(anybody);
    await anybody.getByLabel('核验码').fill(proof);
    await anybody.getByRole('button', { name: /核\s?验/ }).click();
    await anybody.getByText('本平台为南通市市场监督管理局制作过这份文书').waitFor();
    await picture(anybody, 'matters-verify');

    // The citizen looks it up by number and code, typed as people type, and corrects.
    await go(phone, '/services/status');
    await expectAccessible(phone);
    await phone.getByLabel('编号').fill(number.replace('〔', '[').replace('〕', ']'));
    await phone.getByLabel('查询码').fill(code.toLowerCase());
    await phone.getByRole('button', { name: '查询' }).click();
    await phone.getByRole('status').getByText('请写明统计的地区范围。').waitFor();
    await picture(phone, 'matters-phone-360');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await step(phone, '提交补正', '全市。');
    await phone.getByText('全市。').waitFor();

    // The head grants more time: no officer can.
    await again(officer);
    expect(await officer.getByRole('button', { name: '同意延长答复期限并告知' }).count()).toBe(0);
    const head = await open(`/matters/${encodeURIComponent(number)}`, { account: 'case-head' });
    await step(head, '同意延长答复期限并告知');
    await head.getByText('20 个工作日，延长 20 个工作日').waitFor();

    // The officer looked at what was before: refused with who was first, nothing lost, and then done.
    await officer.getByRole('button', { name: '予以公开或者部分公开' }).click();
    await officer.getByLabel('说明').fill('随附统计表。');
    await officer.getByRole('button', { name: '上传文件' }).click();
    await officer.locator('#paper-answer').setInputFiles(scan('答复书.txt'));
    await officer.getByText('答复书.txt').waitFor();
    await officer.getByRole('button', { name: '予以公开或者部分公开' }).last().click();
    await officer.getByText(/先办理了“同意延长答复期限并告知”/).waitFor();
    await officer.getByRole('button', { name: '查看最新情况' }).click();
    await officer.getByText('20 个工作日，延长 20 个工作日').waitFor();
    expect(await officer.getByLabel('说明').inputValue()).toBe('随附统计表。');
    await officer.getByRole('button', { name: '予以公开或者部分公开' }).last().click();
    await officer.getByRole('rowheader', { name: '予以公开或者部分公开' }).waitFor();
    expect(await officer.getByText('下一步', { exact: true }).count()).toBe(0);

    // Each last day opens its proof, and whoever has the code reads the end.
    await again(phone);
    await phone.getByRole('status').getByText('随附统计表。').waitFor();
    await officer
      .getByRole('link', { name: /逐日依据/ })
      .last()
      .click();
    await officer.getByText('起算日').first().waitFor();
  });

  test('a wrong code tells nothing, and what is not a number is said', async () => {
    const page = await open('/services/status');
    await page.getByLabel('编号').fill('通知公开收〔2026〕999号');
    await page.getByLabel('查询码').fill('AAAA-BBBB');
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('没有编号为“通知公开收〔2026〕999号”的办件，或者查询码不对').waitFor();
    expect(inject('base')).toBeTruthy();
  });

  test('papers at the counter: struck out with its reason, kept for whoever asks', async () => {
    const visitor = await open('/services/disclosure/apply');
    const { number } = await applied(visitor, '窗口旅程');
    const officer = await open(`/matters/${encodeURIComponent(number)}`, { account: 'case-officer' });
    await officer.getByRole('button', { name: '作废' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByRole('textbox').fill('上传了别人的证件');
    await dialog.getByRole('button', { name: /作\s?废/ }).click();
    await officer.getByText(/作废：上传了别人的证件/).waitFor();
    await officer.getByRole('rowheader', { name: '作废第 1 份材料' }).waitFor();
  });

  test('a third party is let in, is served, and answers by itself; a lost code is replaced', async () => {
    const visitor = await open('/services/disclosure/apply');
    const { number } = await applied(visitor, '第三方旅程');
    const officer = await open(`/matters/${encodeURIComponent(number)}`, { account: 'case-officer' });
    await officer.getByRole('button', { name: '送达征求意见书' }).click();
    await officer.locator('#paper-third-question').fill('请在收到之日起十五个工作日内提出意见。');
    await officer.getByLabel('致（收件人）').fill('示例第三方');
    await officer.getByRole('button', { name: '送达征求意见书' }).last().click();
    await officer
      .getByText(/^通知公开征/)
      .first()
      .waitFor();

    await officer.getByRole('button', { name: '增加当事人或者代理人' }).click();
    await officer.getByRole('button', { name: '增加当事人或者代理人' }).click();
    await officer.getByText('请填写').first().waitFor();
    await officer.locator('#party-role').selectOption({ label: '第三方' });
    await officer.locator('#party-name').fill('示例第三方');
    await officer.locator('#party-reason').fill('信息涉及其合法权益');
    await officer.getByRole('button', { name: '增加当事人或者代理人' }).click();
    await officer.getByText('示例第三方的查询码').waitFor();
    await expectAccessible(officer);
    await picture(officer, 'matters-party');
    const slip = officer.locator('dl', { hasText: '查询码' }).locator('dd').nth(1);
    const code = await slip.innerText();
    await officer
      .getByRole('row', { name: /征求意见书/ })
      .getByRole('button', { name: '送达' })
      .click();
    const dialog = officer.getByRole('dialog');
    await dialog.locator('#serve-party').selectOption({ label: '示例第三方（第三方）' });
    await dialog.locator('#serve-how').selectOption({ label: '平台送达' });
    await dialog.getByText('受送达人从今天起凭查询码或者账号可以看到').waitFor();
    await picture(officer, 'matters-serve');
    await dialog.getByRole('button', { name: /送\s?达/ }).click();
    await officer
      .getByText(/平台送达：示例第三方/)
      .first()
      .waitFor();

    // The third party reads what was served, and none of what the applicant handed in.
    const third = await open('/services/status', { width: 360, height: 780 });
    const lookUp = async (secret: string) => {
      await third.getByLabel('编号').fill(number);
      await third.getByLabel('查询码').fill(secret);
      await third.getByRole('button', { name: '查询' }).click();
    };
    await lookUp(code);
    await third.getByRole('heading', { name: '材料和文书' }).waitFor();
    expect(third.url()).not.toContain(code);
    // Neither what the applicant handed in nor who it is.
    expect(await third.getByText(/身份证明.txt|旅程示例申请人/).count()).toBe(0);
    await picture(third, 'matters-third-360');
    expect(await third.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const [file] = await Promise.all([
      third.waitForEvent('download'),
      third.getByRole('button', { name: /^征求意见书 通知公开征/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.docx$/);
    await step(third, '提出意见', '同意公开。');
    await third.getByRole('rowheader', { name: '提出意见' }).waitFor();

    // The office sees when it was opened; the code is replaced, and the one before tells nothing any more.
    await again(officer);
    await officer.getByText(/首次打开/).waitFor();
    await officer
      .getByRole('row', { name: /示例第三方/ })
      .getByRole('button', { name: '重发查询码' })
      .click();
    await officer.getByRole('dialog').getByRole('textbox').fill('本人持身份证到窗口申请');
    await officer.getByRole('dialog').getByRole('button', { name: '重发查询码' }).click();
    await officer.getByText('示例第三方的查询码').waitFor();
    const renewed = await slip.innerText();
    expect(renewed).not.toBe(code);
    await again(third);
    await third.getByText('或者查询码不对').waitFor();
    await lookUp(renewed);
    await third.getByRole('rowheader', { name: '提出意见' }).waitFor();
  });
});

journey('a report', () => {
  test('keeps who reports from everybody, and leads back by number and code alone', async () => {
    // Somebody with an account, on a telephone: the account is tied to nothing.
    const phone = await open('/services/report/apply', { account: 'data-officer', width: 360, height: 780 });
    await phone.getByText(/加密保存，不写入草稿/).waitFor();
    await phone.locator('#entry-realName').selectOption({ label: '是' });
    await phone.locator('#entry-name').fill('旅程举报者');
    await phone.locator('#entry-phone').fill('0513-55500177');
    await phone.locator('#entry-address').fill('南通市崇川区示例路9号');
    await phone.locator('#entry-respondent').fill('示例网店');
    await phone.locator('#entry-subject').fill('标注并不存在的专利号');
    await phone.locator('#entry-kind').selectOption({ label: '假冒专利' });
    await phone.locator('#entry-facts').fill('在网店看到。');
    await phone.getByLabel('我已核对以上条件').check();
    await phone.getByRole('button', { name: '提交申请' }).click();
    await phone.getByText('只有凭这两项才能查看进度').waitFor();
    await expectAccessible(phone);
    await picture(phone, 'matters-report-360');
    const [number] = await phone.locator('dl', { hasText: '查询码' }).locator('dd').allInnerTexts();
    await again(phone);
    await phone.getByText('您的身份信息已加密保存').waitFor();

    // The office sees the report, and who it is only for a reason that stands in the record.
    const officer = await open(`/matters/${encodeURIComponent(number!.trim())}`, { account: 'case-officer' });
    expect(await officer.getByText('旅程举报者').count()).toBe(0);
    await officer.getByRole('button', { name: '查看身份信息' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByRole('textbox').fill('核实线索来源');
    await dialog.getByRole('button', { name: '查看身份信息' }).click();
    await officer.getByText('旅程举报者').waitFor();
    await officer.getByRole('rowheader', { name: '查看了加密保存的身份信息' }).waitFor();
    await picture(officer, 'matters-unsealed');
    // It stands in this matter alone, and no longer than somebody looks at it.
    await officer.getByRole('button', { name: '不再显示' }).click();
    expect(await officer.getByText('旅程举报者').count()).toBe(0);
    await again(phone);
    await phone.getByRole('rowheader', { name: '查看了加密保存的身份信息' }).waitFor();
  });
});

journey('a rating', () => {
  test('is given after the end, and answered', async () => {
    const citizen = await open('/services/disclosure/apply');
    const { number } = await applied(citizen, '评价旅程');
    await step(citizen, '撤回申请');
    await citizen.getByRole('radio', { name: '不满意', exact: true }).check();
    await citizen.getByLabel('意见和建议').fill('页面看不懂');
    await citizen.getByRole('button', { name: '提交评价' }).click();
    await citizen.getByText('页面看不懂').waitFor();
    const officer = await open(`/matters/${encodeURIComponent(number)}`, { account: 'case-officer' });
    await officer.getByLabel('回复评价').fill('已修改页面说明');
    await officer.getByRole('button', { name: '提交回复' }).click();
    await officer.getByText('承办机构回复：已修改页面说明').waitFor();
    await picture(officer, 'matters-rating');
    await again(citizen);
    await citizen.getByText('承办机构回复：已修改页面说明').waitFor();
  });
});

journey('messages', () => {
  test('go from a telephone to the desk, and the answer back', async () => {
    const phone = await open('/services/disclosure/apply', { width: 360, height: 780 });
    const { number } = await applied(phone, '消息旅程');
    await phone.getByLabel('写给承办机构').fill('请问最迟哪天答复？\n我可以到窗口领取。');
    await phone.getByRole('button', { name: '发送' }).click();
    await phone.getByText('待承办机构回复').waitFor();
    await expectAccessible(phone);
    await picture(phone, 'matters-messages-360');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    // The officer finds it among the messages to be answered, and it leaves them with the answer.
    const officer = await open('/desk?view=messages', { account: 'case-officer' });
    await officer.getByRole('row', { name: /消息旅程.*来信待回复/ }).waitFor();
    await officer.getByRole('checkbox', { name: `选择 ${number}` }).check();
    await officer.getByText('已勾选 1 件').waitFor();
    await picture(officer, 'matters-messages-desk');
    await officer.getByRole('link', { name: number }).click();
    await officer.getByText('请问最迟哪天答复？').waitFor();
    await officer.getByLabel('写给当事人').fill('办理期限见本页“期限”，可以到窗口领取。');
    await officer.getByRole('button', { name: '发送' }).click();
    await officer.getByText('已发送').waitFor();
    expect(await officer.getByText('待承办机构回复').count()).toBe(0);
    await picture(officer, 'matters-messages');
    await again(phone);
    await phone.getByText('可以到窗口领取。', { exact: false }).last().waitFor();
    expect(await phone.getByText('待承办机构回复').count()).toBe(0);

    // From the desk a step is taken in all that are ticked, with a document of its own in each.
    const desk = await open('/desk?item=disclosure', { account: 'case-officer' });
    await desk.getByRole('checkbox', { name: `选择 ${number}` }).check();
    await desk.getByRole('button', { name: '办理步骤' }).click();
    await desk.getByLabel('步骤', { exact: true }).selectOption({ label: '一次性告知补正' });
    await desk.getByLabel('补正告知书').fill('请补充所需信息的年份。');
    await expectAccessible(desk, 'section[aria-label="一次办理多件"]');
    await picture(desk, 'matters-bulk-step');
    await desk.getByRole('button', { name: '一次性告知补正，共 1 件' }).click();
    await desk.getByText('1 件已办理（一次性告知补正）').waitFor();
    await again(phone);
    await phone.getByText('补正告知书').first().waitFor();
  });
});
