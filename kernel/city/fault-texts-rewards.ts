import { text } from './fault-text.ts';

/** Faults of the rules by which rewards are computed, and of items that use them. */
export const REWARD_FAULTS = {
  'reward-floor': text(
    '等级“{id}”的下限 {floor} 元高于上限 {cap} 元。',
    'The floor of grade “{id}”, {floor} yuan, is above the cap of {cap} yuan.',
    '按规定的原文更正 floor 或者 cap。',
    'Correct floor or cap by the rule’s own text.',
  ),
  'item-unknown-reward': text(
    '奖励标准“{id}”不存在。{hintZh}',
    'There is no rule on rewards “{id}”. {hintEn}',
    '更正，或在 rewards.yaml 中加上这项标准。',
    'Correct it or add the rule to rewards.yaml.',
  ),
  'item-reward-overlap': text(
    '奖励标准“{id}”自 {from} 起，与“{other}”的适用期间重叠。',
    'The rule on rewards “{id}” holds from {from} on, while “{other}” holds.',
    '一个日期只适用一项标准：更正 rewards.yaml 中的 from 或者 to，或者删去一项。',
    'On one day one rule holds: correct from or to in rewards.yaml, or remove one of them.',
  ),
  'item-reward-step': text(
    '“{step}”由“{role}”办理；奖励由承办人提出，由负责人决定。',
    '“{step}” is done by “{role}”; an officer proposes a reward, and a head decides on it.',
    '改为承办机构（propose）或者负责人（grant）的动作。',
    'Name a step of the office (propose) or of its head (grant).',
  ),
};
