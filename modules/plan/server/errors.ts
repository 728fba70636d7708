import { defineErrors } from '#kernel/errors';

/** The plan's rows of the error table. */
export const planError = defineErrors({
  plan_as_of: {
    status: 400,
    zh: '日期 {asOf} 无效：应为不晚于今天（{today}）的日期，格式如 2019-06-30',
    en: '{asOf} is not usable: give a date up to today ({today}) such as 2019-06-30',
  },
  plan_region: {
    status: 400,
    zh: '没有“{region}”这个县（市）区或代码，请从列表中选择',
    en: 'There is no region or code “{region}”: choose one from the list',
  },
  plan_indicator: {
    status: 404,
    zh: '计划中没有第 {no} 号指标',
    en: 'The plan has no indicator {no}',
  },
  plan_no_measure: {
    status: 404,
    zh: '第 {no} 号指标没有平台测算值，只有填报值',
    en: 'Indicator {no} is not measured by the platform, only reported',
  },
  plan_period: { status: 404, zh: '没有“{period}”这个报告期', en: 'There is no period {period}' },
  plan_period_not_open: {
    status: 409,
    zh: '报告期 {period} {state}，现在不能填报。已填内容仍保存在草稿中；如需补报，请联系计划办公室重新开放',
    en: 'Period {period} is {state}: nothing can be reported now. What you typed stays in the draft; ask the plan office to open it again',
  },
  plan_period_state: {
    status: 409,
    zh: '报告期 {period} 现为“{state}”，不能进行此操作',
    en: 'Period {period} is {state}: this cannot be done now',
  },
  plan_not_yours: {
    status: 403,
    zh: '第 {no} 号指标由{lead}负责填报，不属于本账号所在单位',
    en: 'Indicator {no} is reported by {lead}, not by your organisation',
  },
  plan_scope: {
    status: 400,
    zh: '第 {no} 号指标不由“{scope}”填报：{why}',
    en: 'Indicator {no} is not reported for {scope}: {why}',
  },
  plan_body: {
    status: 400,
    zh: '填报内容有误，请按提示修改',
    en: 'The report does not fit: see the issues',
  },
  plan_draft_conflict: {
    status: 409,
    zh: '草稿已被{holder}在 {savedAt} 保存过更新的内容，请先查看再决定保留哪一份',
    en: 'The draft was saved by {holder} at {savedAt} meanwhile: look at it before you decide which one to keep',
  },
  plan_draft_missing: {
    status: 404,
    zh: '还没有草稿可以移交，请先填写',
    en: 'There is no draft to hand over yet',
  },
  plan_colleague: {
    status: 400,
    zh: '所选人员不是本单位的填报员，不能移交',
    en: 'That person does not report for your organisation',
  },
  plan_report_exists: {
    status: 409,
    zh: '该指标本期已于 {at} 由{by}提交，状态为“{state}”，不能重复提交',
    en: 'This was already submitted by {by} at {at} and is {state}',
  },
  plan_report_missing: {
    status: 404,
    zh: '没有这份报告，可能地址有误',
    en: 'There is no such report: the address may be wrong',
  },
  plan_file: {
    status: 400,
    zh: '佐证材料中有文件不存在或不是本单位上传的，请重新上传',
    en: 'An evidence file does not exist: upload it again',
  },
  plan_report_version: {
    status: 409,
    zh: '该报告已被他人处理（现为“{state}”，第 {version} 版），请刷新后再操作',
    en: 'Somebody else dealt with this report meanwhile (now {state}, version {version}): reload',
  },
  plan_report_state: {
    status: 409,
    zh: '该报告现为“{state}”，不能进行此操作',
    en: 'The report is {state}: this cannot be done now',
  },
  plan_freeze_blocked: {
    status: 409,
    zh: '{year} 年还不能定稿：{why}',
    en: '{year} cannot be frozen yet: {why}',
  },
  plan_freeze_reason: {
    status: 400,
    zh: '{year} 年已有第 {edition} 版，重新定稿须说明原因',
    en: '{year} already has edition {edition}: a new one needs a reason',
  },
  plan_snapshot: {
    status: 404,
    zh: '没有已公布的 {year} 年第 {edition} 版公报',
    en: 'There is no published edition {edition} of {year}',
  },
});
