import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table: opening matters and acting on them. */
export const matterError = defineErrors({
  matters_none: {
    status: 404,
    zh: '没有编号为“{number}”的办件，或者查询码不对。请核对受理回执上的编号和查询码',
    en: 'There is no matter {number}, or the code is wrong: check number and code on the receipt',
  },
  matters_item: {
    status: 409,
    zh: '“{title}”在 {on} 不受理新的办件（本版本自 {from} 起{to}）',
    en: '“{title_en}” takes no new matters on {on} (this version holds from {from}{to_en})',
  },
  matters_form: {
    status: 400,
    zh: '填写的内容有 {count} 处需要改正',
    en: '{count} answers need to be mended',
  },
  matters_material: {
    status: 400,
    zh: '还缺 {count} 份必交材料：{titles}',
    en: '{count} required papers are missing: {titles_en}',
  },
  matters_paper: {
    status: 400,
    zh: '这一步没有“{what}”这份材料或者文书，请刷新页面后重新选择',
    en: 'This step has no paper “{what}”: reload the page and choose again',
  },
  matters_file: {
    status: 400,
    zh: '“{title}”的文件没有上传成功，请重新上传',
    en: 'The file of “{title_en}” was not received: upload it again',
  },
  matters_no_file: {
    status: 400,
    zh: '没有收到文件：请用名为 file 的表单项上传',
    en: 'No file arrived: send it as the form part named file',
  },
  matters_on_paper: {
    status: 403,
    zh: '“{title}”请上传文件；只有窗口可以登记纸质材料',
    en: 'Upload “{title_en}”: only the counter can note a paper that was handed in',
  },
  matters_key: {
    status: 409,
    zh: '这次提交已用不同的内容办理过，请刷新页面后重新填写',
    en: 'This was already sent with other content: reload the page and fill it in again',
  },
  matters_changed: {
    status: 409,
    zh: '{by} 已于 {at} 先办理了“{what}”，本次操作没有进行。请核对最新情况后再办',
    en: '{by_en} was first, at {at}, with “{what_en}”, so this was not done: look at the matter again',
  },
  matters_not_yours: {
    status: 403,
    zh: '“{action}”由{role}办理，当前身份不能办理',
    en: '“{action_en}” is for {role_en}: you cannot do it',
  },
  matters_reward: {
    status: 400,
    zh: '奖励无法计算：{why}。请刷新页面后按奖励标准重新填写',
    en: 'The reward cannot be computed: {why_en}. Reload the page and fill it in by the rule',
  },
  matters_reward_rule: {
    status: 409,
    zh: '登记之日（{on}）没有可以适用的奖励标准，无法计算奖励；有标准的，请管理员补入 rewards.yaml',
    en: 'No rule on rewards held on {on}, when the matter was opened, so none can be computed; where there is one, it is added to rewards.yaml',
  },
  matters_version: {
    status: 409,
    zh: '不能换用这个版本：{why}',
    en: 'The matter cannot go on under this version: {why_en}',
  },
  matters_future: {
    status: 400,
    zh: '日期 {on} 晚于今天（{today}），还没有发生的事不能登记',
    en: '{on} is later than today ({today}): what has not happened cannot be recorded',
  },
  matters_past: {
    status: 403,
    zh: '只有承办机构可以登记以前发生的事，请不要填写日期',
    en: 'Only the office can record what happened before: leave the day out',
  },
  matters_long: {
    status: 409,
    zh: '本办件的操作已超过 {limit} 次，请与承办机构联系，由其登记',
    en: 'This matter has more than {limit} steps: ask the office to record yours',
  },
  matters_messages: {
    status: 409,
    zh: '一方在一个办件中最多写 {limit} 条消息，已经写满。请在“下一步”中办理，或者与承办机构联系',
    en: 'A party writes at most {limit} messages in one matter, and these were written: take a step, or ask the office',
  },
  matters_absence_days: {
    status: 400,
    zh: '外出从今天（{today}）或者以后开始，结束日期不能早于开始日期',
    en: 'An absence begins today ({today}) or later, and does not end before it begins',
  },
  matters_absence_self: {
    status: 400,
    zh: '外出的人不能自己代管，请选择本机构的另一名承办人',
    en: 'Nobody covers for themselves: choose another officer of the office',
  },
  matters_absence_overlap: {
    status: 409,
    zh: '{name}在 {from} 至 {to} {what}，日期重叠。请另选日期或者代管人，或者先结束那一条',
    en: '{name} {what_en} from {from} to {to}, which overlaps: choose other days or another officer, or end that one first',
  },
  matters_absence_yours: {
    status: 403,
    zh: '外出代管由承办人为自己登记，或者由负责人登记',
    en: 'Officers enter their own absence, heads those of their office',
  },
  matters_absence_none: {
    status: 404,
    zh: '没有这条外出代管记录，请刷新页面',
    en: 'There is no such absence: reload the page',
  },
  matters_not_ended: {
    status: 409,
    zh: '办件办结后由申请人评价',
    en: 'The applicant rates a matter after it has ended',
  },
  matters_rated: {
    status: 409,
    zh: '已经评价或者回复过，不能更改',
    en: 'This was rated or answered already and does not change',
  },
  matters_no_rating: {
    status: 409,
    zh: '申请人还没有评价，没有可以回复的内容',
    en: 'There is no rating to be answered',
  },
  matters_sealed: {
    status: 409,
    zh: '本办件没有密封的身份信息',
    en: 'No identity is sealed in this matter',
  },
  matters_no_name: {
    status: 409,
    zh: '本事项对这一方的身份保密，不登记其他姓名和代理人',
    en: 'Here the identity of this side is kept secret: no other name is entered for it',
  },
  matters_no_paper: {
    status: 409,
    zh: '第 {no} 份材料是纸质的，平台上没有文件，不能通过平台送达',
    en: 'Paper {no} is on paper: what has no file is not served through the platform',
  },
  matters_no_account: {
    status: 409,
    zh: '本事项对身份保密，不与账号关联，请凭编号和查询码办理',
    en: 'Here identities are kept secret and no account is tied to a matter: go on with number and code',
  },
  matters_party: {
    status: 404,
    zh: '办件中没有第 {no} 号当事人，或者其已不再参加',
    en: 'The matter has no party {no}, or it takes part no longer',
  },
  matters_parties: {
    status: 409,
    zh: '一个办件最多登记 {most} 名当事人和代理人',
    en: 'A matter takes at most {most} parties and agents',
  },
  matters_role: {
    status: 400,
    zh: '办事流程中没有“{role}”这一方当事人',
    en: 'The procedure has no party {role}',
  },
  matters_applicant: {
    status: 409,
    zh: '申请人不能移出办件；查询码遗失或者泄露的，请重发查询码',
    en: 'The applicant stays in the matter: a code that was lost or became known is replaced',
  },
  matters_account: {
    status: 409,
    zh: '这个查询码已由另一个账号使用，请向承办机构申请新的查询码',
    en: 'Another account holds this code: ask the office for one of your own',
  },
  matters_served_today: {
    status: 400,
    zh: '通过平台送达的，以放到平台的当日（{today}）为送达日期，不能填写 {on}',
    en: 'What is served through the platform arrives on the day it is put there ({today}), not on {on}',
  },
  matters_served_before: {
    status: 400,
    zh: '第 {no} 份材料的日期是 {day}，送达日期 {on} 不能早于它',
    en: 'Paper {no} is of {day}: it cannot have been served on {on}',
  },
  matters_officer: {
    status: 400,
    zh: '“{account}”不是本机构的承办人，不能交给其办理',
    en: '{account} is no officer of this office',
  },
  matters_struck: {
    status: 409,
    zh: '第 {no} 份材料已经作废',
    en: 'Paper {no} was struck out already',
  },
  matters_calendar: {
    status: 404,
    zh: '这个日历订阅地址已经作废，请在办件台重新生成',
    en: 'This calendar address is no longer valid: make a new one on the desk',
  },
  matters_made_today: {
    status: 400,
    zh: '由平台制作的文书以制作当日（{today}）为成文日期，不能补记到 {on}；以前已经作出的文书请上传文件',
    en: 'A document that the platform makes bears the day of its making ({today}), not {on}: attach what was made before as a file',
  },
  matters_panel: {
    status: 400,
    zh: '合议组须有且只有一名组长，每名成员只列一次',
    en: 'Exactly one member of a panel presides, and nobody sits on it twice',
  },
  matters_no_panel: {
    status: 409,
    zh: '本事项的办事流程中没有由合议组办理的步骤',
    en: 'No step of this procedure is for a panel',
  },
  matters_recuse_self: {
    status: 403,
    zh: '本人的回避由其他负责人决定',
    en: 'Another head decides on your own recusal',
  },
  matters_publication_ends: {
    status: 400,
    zh: '请选择公示期限：它决定何时停止公示',
    en: 'Choose for how long it stands: that decides when it comes down',
  },
  matters_publication_blank: {
    status: 400,
    zh: '摘要中的“{name}”还没有填写：请填写，或者删去这一行',
    en: '“{name}” in the summary is empty: fill it in, or take the line out',
  },
  matters_publication_own: {
    status: 403,
    zh: '公示稿须由起草人以外的负责人审核发布',
    en: 'Somebody else than who prepared it reviews and releases what is published',
  },
  matters_publication_today: {
    status: 400,
    zh: '有待发布的公示稿：以发布当日（{today}）为公示日期，不能填写 {on}',
    en: 'What was prepared is published on the day it is released ({today}), not on {on}',
  },
  matters_publication_none: {
    status: 409,
    zh: '没有待审核的公示稿，也没有正在公示的内容',
    en: 'Nothing waits for review, and nothing is public',
  },
  matters_verify: {
    status: 404,
    zh: '没有核验码为“{code}”的文书，请核对文书页脚的核验码',
    en: 'No document bears the code {code}: check it at the foot of the document',
  },
  matters_portal: {
    status: 404,
    zh: '没有“{id}”这个分站，请从分站列表中选择',
    en: 'There is no portal “{id}”: choose one from the list of portals',
  },
  matters_portal_item: {
    status: 404,
    zh: '“{title}”不在{portal}办理：{reason}',
    en: '“{title_en}” is not to be had at {portal_en}: {reason_en}',
  },
  matters_transferred: {
    status: 409,
    zh: '本办件已于 {on} 移送{office}办理，您的机构只能查看移送以前的内容，不能再办理',
    en: 'This matter was handed to {office_en} on {on}: your office reads what it had until then and can do nothing more',
  },
  matters_transfer_office: {
    status: 400,
    zh: '不能移送给“{office}”：它不是本事项的承办机构，或者在本平台没有承办人。请从列表中选择',
    en: 'It cannot be handed to {office}: that office does not keep this item, or has no officer here; choose one from the list',
  },
  matters_transfer_ended: {
    status: 409,
    zh: '本办件已经办结，不能移送',
    en: 'This matter has ended and is handed to nobody',
  },
  matters_draft: {
    status: 404,
    zh: '没有这份草稿：可能已经提交或者删除',
    en: 'There is no such draft: it was sent or thrown away',
  },
  matters_draft_changed: {
    status: 409,
    zh: '这份草稿在另一个窗口里保存过（{at}），请刷新页面后继续',
    en: 'This draft was saved in another window ({at}): reload the page and go on',
  },
  matters_draft_limit: {
    status: 409,
    zh: '草稿超过 {limit} 份，请先提交或者删除一些',
    en: 'There are {limit} drafts already: send or throw away some of them',
  },
});
