import { text } from './fault-text.ts';

/** Faults of how an item is conducted, by the checks that cities make of their implementation lists. */
export const GUIDE_FAULTS = {
  'item-conduct-type': text(
    '即办件当场办结，没有办理时限；有时限的是承诺件。',
    'What is decided at once has no time; what has one is of the type promised.',
    '有 duration 的写 type: promised，没有的写 type: immediate。',
    'Write type: promised where there is a duration, else type: immediate.',
  ),
  'item-conduct-visits': text(
    '到办事现场 {visits} 次：不为 0 的要写明必须到场的原因，为 0 的不写。',
    'One comes {visits} times: more than none has a reason, none has none.',
    '补上或者删去 visitReason，或者更正 visits。',
    'Add or remove visitReason, or correct visits.',
  ),
  'item-conduct-post': text(
    '不用到场，又不能网上办理：材料须能邮寄。',
    'Nobody comes, and it is not applied for on the web: then papers go in by post.',
    '写 postIn: true，或者在 channels 中加上 online。',
    'Write postIn: true, or add online to channels.',
  ),
  'item-conduct-depth': text(
    '网上办理深度 {depth} 与其他内容不符：有深度的可以网上办理，全程网办（4）的不用到场。',
    'Depth {depth} does not fit: it is for what is applied for on the web, and 4 means that nobody comes.',
    '更正 depth、channels 或者 visits。',
    'Correct depth, channels or visits.',
  ),
  'item-conduct-payment': text(
    '不收费的事项没有网上支付。',
    'What is free of charge is not paid for on the web.',
    '删去 payment，或者更正 fee。',
    'Remove payment, or correct fee.',
  ),
};
