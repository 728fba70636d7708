import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const organisationError = defineErrors({
  organisations_nameless: {
    status: 400,
    zh: '单位既没有名称，也没有有效的统一社会信用代码，请至少填写一项',
    en: 'The organisation has neither a name nor a valid unified social credit code: give at least one',
  },
  organisations_changed: {
    status: 409,
    zh: '“{name}”已被 {by} 于 {at} 修改（当前版本 {version}），请核对最新内容后再保存',
    en: '{name} was changed by {by} at {at} (now version {version}): look at it and save again',
  },
  organisations_code: {
    status: 400,
    zh: '统一社会信用代码有误：{why_zh}',
    en: 'The unified social credit code is wrong: {why_en}',
  },
  organisations_code_taken: {
    status: 409,
    zh: '代码 {code} 已属于“{name}”。如为同一单位，请合并，不要重复填写代码',
    en: 'The code {code} belongs to {name}: if they are one organisation, merge them',
  },
  organisations_region: {
    status: 400,
    zh: '没有“{region}”这个地区，请从列表中选择',
    en: 'There is no region “{region}”: choose one from the list',
  },
  organisations_future: {
    status: 400,
    zh: '更名日期 {from} 晚于今天（{today}），请填写实际更名的日期',
    en: '{from} lies after today ({today}): give the day from which the new name held',
  },
  organisations_early: {
    status: 400,
    zh: '更名日期 {from} 不晚于现用名的启用日期（{since}），请核对',
    en: '{from} is not after {since}, when the present name began: check the day',
  },
  organisations_merged: {
    status: 409,
    zh: '“{name}”已并入“{survivor}”，不能再修改。请修改后者，或先撤销合并',
    en: '{name} was merged into {survivor} and cannot be changed: change that one, or undo the merge first',
  },
  organisations_same: {
    status: 400,
    zh: '不能把一个单位并入它自己，请选择两个不同的单位',
    en: 'An organisation cannot be merged into itself: choose two',
  },
  organisations_undone: {
    status: 409,
    zh: '这次合并已由 {by} 于 {at} 撤销',
    en: 'This merge was undone already, by {by} at {at}',
  },
  organisations_undo_later: {
    status: 409,
    zh: '“{survivor}”后来又并入了“{into}”，请先撤销那次合并',
    en: '{survivor} was itself merged into {into} later: undo that merge first',
  },
  organisations_undo_field: {
    status: 409,
    zh: '合并时“{survivor}”沿用了对方的{field_zh}“{was}”，其后改为“{is}”，无法原样撤销。请先把{field_zh}改回，再撤销合并',
    en: 'In the merge {survivor} took over the {field_en} “{was}”, which is now “{is}”: put it back first, then undo',
  },
  organisations_undo_code: {
    status: 409,
    zh: '代码 {code} 现属于“{name}”，撤销后会有两个单位使用同一代码。请先更正后者的代码，或把两者合并',
    en: 'The code {code} now belongs to {name}, and two organisations cannot share one: correct that one or merge them first',
  },
});
