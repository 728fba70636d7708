import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const workbenchError = defineErrors({
  workbench_changed: {
    status: 409,
    zh: '{by}已于{at}修改了“{name}”（现为第 {version} 版），请对照后再试；您填写的内容仍在',
    en: '{by} changed “{name}” at {at} (now version {version}): compare and try again; what you typed is kept',
  },
  workbench_name_taken: {
    status: 409,
    zh: '已有名为“{name}”的{what}，请换一个名称',
    en: 'There is a {what_en} named “{name}” already: choose another name',
  },
  workbench_read_only: {
    status: 403,
    zh: '“{name}”对您只读，请向 {owner} 申请编辑权限，或复制到自己的{what}中',
    en: 'You may only read “{name}”: ask {owner} for leave to edit, or copy it into a {what_en} of your own',
  },
  workbench_organisation: {
    status: 403,
    zh: '您的账号不属于“{organisation}”，不能与其共享；可共享的单位：{own}',
    en: 'Your account does not belong to “{organisation}”; you may share with: {own}',
  },
  workbench_limit: {
    status: 422,
    zh: '{what}最多 {most}，现在要到 {now}；请分开或先清理',
    en: 'At most {most} {what_en}; this would make {now}: split it or tidy up first',
  },
  workbench_no_account: {
    status: 400,
    zh: '没有这些账号：{names}，请核对用户名',
    en: 'There are no such accounts: {names}; check the user names',
  },
  workbench_no_numbers: {
    status: 400,
    zh: '没有可用的公开号，请粘贴如 CN106844774A 的号码，每行一个',
    en: 'No publication numbers: paste numbers like CN106844774A, one a line',
  },
  workbench_nothing_to_settle: {
    status: 409,
    zh: '{number} 没有分歧，不需要裁定；请直接作出您的判断',
    en: 'There is no disagreement about {number} to settle: give your own decision',
  },
  workbench_choice: {
    status: 400,
    zh: '这里可用的判断是：{allowed}',
    en: 'Here you may decide: {allowed}',
  },
  workbench_empty_query: {
    status: 400,
    zh: '请填写检索式或选择筛选条件，不能监视或保存“全部”',
    en: 'Give a query or a filter: “everything” cannot be saved or watched',
  },
  workbench_node_move: {
    status: 400,
    zh: '“{name}”不能移到自己的下级之下',
    en: '“{name}” cannot be moved below itself',
  },
  workbench_empty_node: {
    status: 409,
    zh: '“{name}”目前没有记录，无法抽样',
    en: '“{name}” holds no records to draw a sample from',
  },
  workbench_gone: {
    status: 404,
    zh: '{what}不存在、已删除，或您没有查看权限（请先登录）',
    en: '{what_en} is not there, was deleted, or is not open to you (sign in first)',
  },
});
