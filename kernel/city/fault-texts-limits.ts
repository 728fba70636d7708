import { text } from './fault-text.ts';

/** Faults of the limits that laws set. */
export const LIMIT_FAULTS = {
  'unknown-law': text(
    '法律“{id}”不存在。{hintZh}',
    'There is no law “{id}”. {hintEn}',
    '更正，或在 limits.yaml 的 laws 中加上它。',
    'Correct it or add it to laws in limits.yaml.',
  ),
  'unknown-procedure': text(
    '程序“{id}”不存在。{hintZh}',
    'There is no procedure “{id}”. {hintEn}',
    '更正，或在 limits.yaml 的 procedures 中加上它。',
    'Correct it or add it to procedures in limits.yaml.',
  ),
  'limit-law-unread': text(
    '期限“{id}”标为已核实，但法律“{law}”的文本未曾读过。',
    'The limit “{id}” is marked as verified, but the text of the law “{law}” was not read.',
    '核对条文后把该法律的 read 改为 true，否则把 verified 改为 false。',
    'Read the article and set read of the law to true, or verified to false.',
  ),
  'limit-too-long': text(
    '期限 {rule} 过长，不能计算。',
    'The period {rule} is too long to be counted.',
    '更正：至多 1000WD、3660D、120M、10Y。',
    'Correct it: at most 1000WD, 3660D, 120M, 10Y.',
  ),
};
