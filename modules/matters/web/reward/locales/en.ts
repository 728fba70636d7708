import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts about rewards that are computed by rule. */
export const en: Translation<typeof zh> = {
  'reward.title': 'Rules on rewards',
  'reward.called': '{{title}} ({{days}})',
  'reward.grade': 'Grade',
  'reward.criteria': 'Given for',
  'reward.share': 'Share',
  'reward.least': 'At least',
  'reward.ofBase': '{{rate}} % of {{base}}',
  'reward.insiders': '{{title}}: times {{factor}}. ',
  'reward.most': 'At most {{cap}} yuan a case. ',
  'reward.order':
    'Order: percentage, then the floor, then the factor for insiders, and the cap last; rounded to the fen, half up.',
  'reward.insider': 'Reported by an insider',
  'reward.unit': 'yuan',
  'reward.rule': 'Show the rule',
  'reward.none':
    'No rule on rewards held on the day on which the matter was opened, so none can be computed. Where there is one, the administrator adds it to rewards.yaml of the city pack; where there is none, close without a reward.',
  'reward.confirm':
    'The text of this rule was not read: shares, floors and cap are unverified. Check them in the rule in force before you propose or decide.',
  'reward.fill': 'Choose a grade and give the sum: how it is computed appears here.',
  'reward.by': 'By “{{rule}}”, {{grade}}',
  'reward.rate': '{{of}} {{base}} yuan × {{rate}} %',
  'reward.floor': 'Below the floor of {{grade}}, {{floor}} yuan: the floor counts',
  'reward.insiderPart': '{{title}}, × {{factor}}',
  'reward.cap': 'Above the cap of {{cap}} yuan: the cap counts',
  'reward.sum': 'Reward',
  'reward.line': 'Reward of {{sum}} yuan (“{{rule}}”, {{grade}}, {{of}} {{base}} yuan)',
  'reward.yuan': '{{sum}} yuan',
  'reward.proposed': 'Proposed reward',
  'reward.granted': 'Granted reward',
  'reward.decides': 'The head decides on this sum. Whoever disagrees sends it back to the officer.',
  'reward.insert': 'Put the computation in',
};
