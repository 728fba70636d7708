import { defineErrors } from '#kernel/errors';

/** The module's rows of the error table. */
export const partyError = defineErrors({
  party_invalid: {
    status: 400,
    zh: '“{id}”的内容与其他记录不一致，请按提示修改：{why_zh}',
    en: 'The record {id} does not fit the others: {why_en}',
  },
  party_exists: {
    status: 409,
    zh: '标识“{id}”已被使用，请换一个',
    en: 'The id {id} is taken: choose another',
  },
  party_changed: {
    status: 409,
    zh: '“{id}”已被 {by} 修改（当前版本 {version}），请核对最新内容后再保存',
    en: '{id} was changed by {by} (now version {version}): look at it and save again',
  },
  party_id: {
    status: 400,
    zh: '标识不能修改（应为“{id}”）',
    en: 'The id cannot be changed (it is {id})',
  },
});
