import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const firmError = defineErrors({
  firms_code: {
    status: 400,
    zh: '统一社会信用代码有误：{why_zh}',
    en: 'The unified social credit code is wrong: {why_en}',
  },
  firms_key: {
    status: 409,
    zh: '这份申请已用不同的内容提交过，请刷新页面后重新填写',
    en: 'This application was already sent with other content: reload the page and fill it in again',
  },
  firms_receipt: {
    status: 404,
    zh: '没有回执号为“{receipt}”的申请，请核对回执号（形如 ABCD-EFGH-JKMN-PQRS）',
    en: 'No application has the receipt {receipt}: check it (it looks like ABCD-EFGH-JKMN-PQRS)',
  },
  firms_decided: {
    status: 409,
    zh: '这份申请已由 {by} 处理（{state_zh}），请刷新查看',
    en: '{by} has decided on this application already ({state_en}): reload it',
  },
  firms_changed: {
    status: 409,
    zh: '“{name}”已被他人修改（当前版本 {version}），请核对最新内容后再保存',
    en: '{name} was changed by somebody else (now version {version}): look at it and save again',
  },
  firms_exists: {
    status: 409,
    zh: '代码 {code} 的企业“{name}”已经开通，请在企业账号中修改，不必再次开通',
    en: 'The firm {name} with the code {code} has a grant already: change that one instead',
  },
  firms_until: {
    status: 400,
    zh: '有效期 {until} 早于今天（{today}），请填写今天或以后的日期',
    en: '{until} lies before today ({today}): give today or a later day',
  },
  firms_seats_used: {
    status: 409,
    zh: '“{name}”的 {seats} 个席位都已使用（启用 {active} 人），请先停用一人，或请平台数据管理员增加席位',
    en: 'All {seats} seats of {name} are taken ({active} people enabled): disable somebody, or ask the data officer for more',
  },
  firms_seats_below: {
    status: 409,
    zh: '“{name}”现有 {active} 人启用，席位不能少于这个数；请企业先停用人员',
    en: '{name} has {active} people enabled, so it needs as many seats: the firm must disable people first',
  },
  firms_state: {
    status: 409,
    zh: '“{name}”当前为“{state_zh}”，不能这样处理；请刷新查看最新状态',
    en: '{name} is {state_en}, so this cannot be done: reload it',
  },
  firms_none: {
    status: 404,
    zh: '这个账号不属于任何企业；企业账号由企业申请、数据管理员开通',
    en: 'This account belongs to no firm: a firm applies, and the data officer grants',
  },
  firms_person: {
    status: 404,
    zh: '本单位没有这个账号，请刷新人员列表',
    en: 'The firm has no such account: reload the list of people',
  },
  firms_person_beyond: {
    status: 409,
    zh: '账号“{name}”不能由本单位处理：{why_zh}；请联系平台系统管理员',
    en: 'The firm cannot do that to {name}: {why_en}; ask an administrator of the platform',
  },
  firms_one_time: {
    status: 403,
    zh: '请先在“我的账号”中把一次性密码改成自己的密码，然后再试',
    en: 'Change the one-time password to one of your own under My account, then try again',
  },
  firms_stopped: {
    status: 403,
    zh: '“{name}”的开通{why_zh}，不能使用“{feature_zh}”。请联系平台数据管理员',
    en: 'The grant of {name} {why_en}, so “{feature_en}” cannot be used: ask the data officer of the platform',
  },
  firms_feature: {
    status: 403,
    zh: '“{name}”没有开通“{feature_zh}”。需要时请本单位管理员（{managers}）向平台数据管理员申请',
    en: '{name} was not granted “{feature_en}”: its manager ({managers}) may ask the data officer of the platform',
  },
  firms_quota: {
    status: 429,
    zh: '“{feature_zh}”的额度不够：限额 {limit} {unit_zh}，已用 {used}，本次需要 {wanted}，还剩 {left}；{resets_zh}。需要更多请联系本单位管理员（{managers}）或平台数据管理员',
    en: 'Not enough is left of “{feature_en}”: the limit is {limit} {unit_en}, {used} used, {wanted} wanted, {left} left; {resets_en}. For more ask your manager ({managers}) or the data officer of the platform',
  },
});
