import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const registerError = defineErrors({
  registers_invalid: {
    status: 400,
    zh: '有 {count} 处内容不符合要求，请按提示修改；已填内容不会丢失',
    en: '{count} places do not fit: see the issues; nothing you typed is lost',
  },
  registers_not_yours: {
    status: 403,
    zh: '当前账号不能{what}“{register}”中{where}的条目，请联系管理部门（{keeper}）',
    en: 'This account may not {what_en} entries of “{register_en}” {where_en}: ask its keeper ({keeper})',
  },
  registers_changed: {
    status: 409,
    zh: '{by}已于{at}修改了这一条目（第 {version} 版），请对照后再保存；您填写的内容仍在',
    en: '{by} changed this entry at {at} (version {version}): compare and save again; what you typed is kept',
  },
  registers_key_taken: {
    status: 409,
    zh: '{fields}为“{value}”的条目已存在：{no} {title}（{state}），请修改那一条目，或核对是否填错',
    en: 'An entry with this {fields_en} ({value}) exists: {no} {title}, {state_en}. Change that one, or look for a slip',
  },
  registers_key_hidden: {
    status: 409,
    zh: '{fields}为“{value}”的条目已由其他地区申报，尚未公布；请与管理部门核对',
    en: 'An entry with this {fields_en} ({value}) was proposed elsewhere and is not published yet: ask the keeper',
  },
  registers_step: {
    status: 409,
    zh: '“{state}”的条目不能{action}',
    en: 'An entry that is “{state_en}” cannot take the step “{action_en}”',
  },
  registers_needs_day: {
    status: 400,
    zh: '{action}须填写生效日期',
    en: '“{action_en}” needs the day from which it takes effect',
  },
  registers_needs_reason: {
    status: 400,
    zh: '{action}须填写理由',
    en: '“{action_en}” needs a reason',
  },
  registers_day_too_early: {
    status: 400,
    zh: '生效日期 {on} 早于条目的起始日 {from}；如条目本不应存在，请移出并选择自始无效',
    en: '{on} lies before the entry began ({from}); if it should never have been there, remove it as void',
  },
  registers_merged: {
    status: 409,
    zh: '这一条目已并入 {into}，请修改 {into}',
    en: 'This entry was merged into {into}: change that one',
  },
  registers_segment: {
    status: 400,
    zh: '没有第 {segment} 段内容，请刷新页面后再试',
    en: 'There is no segment {segment}: reload the page',
  },
  registers_cycle: {
    status: 400,
    zh: '“{label}”指向 {to}，而 {to} 又（间接）指向本条目，形成循环；请改选其他条目',
    en: '“{label_en}” points to {to}, which leads back to this entry: choose another',
  },
  registers_undo: {
    status: 409,
    zh: '合并之后 {no} 又被修改过，不能直接撤销合并；请先把那次修改改回，或手工恢复',
    en: '{no} was changed after the merge, which therefore cannot be undone as it is: take that change back first',
  },
  registers_query: {
    status: 400,
    zh: '查询条件有误：{why}',
    en: 'The query is wrong: {why_en}',
  },
});
