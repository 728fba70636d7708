import { text } from './fault-text.ts';

/** Faults of entries of registers that follow from an item. */
export const FEED_FAULTS = {
  'item-unknown-register': text(
    '名册“{id}”不存在。{hintZh}',
    'There is no register “{id}”. {hintEn}',
    '更正，或在 registers 文件夹中加上这个名册。',
    'Correct it or add the register to the folder registers.',
  ),
  'item-register-step': text(
    '“{step}”不是承办机构的动作，登记入册由承办机构办理。',
    '“{step}” is no step of the office, and an entry follows from one of the office.',
    '改为承办机构或者其负责人的动作。',
    'Name a step of the office or of its head.',
  ),
  'item-register-field': text(
    '这个名册没有字段“{id}”。{hintZh}',
    'This register has no field “{id}”. {hintEn}',
    '更正字段名。',
    'Correct the name of the field.',
  ),
  'item-register-sort': text(
    '名册的字段“{id}”装不下这样的值。',
    'The field “{id}” of the register does not hold such a value.',
    '日期用 day: true 或者日期字段；选项用名册中有的选项；是否用 true 或 false；其他用同类的字段。',
    'For a date take day: true or a date of the form; for a choice one that the register has; for yes or no true or false; else a field of the same sort.',
  ),
  'item-register-missing': text(
    '名册的必填字段“{id}”没有来源，或者它的来源不是每个申请人都填。',
    'The field “{id}” is required in the register and has no source here, or one that not everybody answers.',
    '写明它的来源：from 一个必填的字段、value，或者 day: true。',
    'Say where it comes from: from a required field, value, or day: true.',
  ),
};
