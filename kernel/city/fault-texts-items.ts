import { text } from './fault-text.ts';

/** Faults of service items and their procedures. */
export const ITEM_FAULTS = {
  'item-versions-overlap': text(
    '事项“{id}”自 {from} 起的版本与 {other} 的版本在同一天有效。',
    'The version of “{id}” from {from} on is in force on the same days as the one in {other}.',
    '给先前的版本写上末日（to），在新版本第一天之前。',
    'Give the earlier version a last day (to) before the first day of the new one.',
  ),
  'item-unknown-role': text(
    '角色“{id}”不存在。{hintZh}',
    'There is no role “{id}”. {hintEn}',
    '更正，或在本事项的 roles 中加上它。',
    'Correct it or add it to roles of this item.',
  ),
  'item-unknown-state': text(
    '状态“{id}”不存在。{hintZh}',
    'There is no state “{id}”. {hintEn}',
    '更正，或在本事项的 states 中加上它。',
    'Correct it or add it to states of this item.',
  ),
  'item-unknown-clock': text(
    '时钟“{id}”不存在。{hintZh}',
    'There is no clock “{id}”. {hintEn}',
    '更正，或在本事项的 clocks 中加上它。',
    'Correct it or add it to clocks of this item.',
  ),
  'item-unknown-document': text(
    '文书“{id}”不存在。{hintZh}',
    'There is no document “{id}”. {hintEn}',
    '更正，或在本事项的 documents 中加上它。',
    'Correct it or add it to documents of this item.',
  ),
  'item-unknown-limit': text(
    '期限“{id}”不存在：每个时限都要有依据。{hintZh}',
    'There is no limit “{id}”: every time limit needs a basis. {hintEn}',
    '更正，或在 limits.yaml 的 limits 中加上它，写明法律和条文。',
    'Correct it or add it to limits in limits.yaml, with law and article.',
  ),
  'item-role-idle': text(
    '角色“{id}”没有任何动作。',
    'The role “{id}” does nothing.',
    '给它一个动作，或删去。',
    'Give it an action or remove it.',
  ),
  'item-basis-unread': text(
    '{law}{article}标为已核实，但该法律的文本未曾读过。',
    '{article} of “{law}” is marked as verified, but the text of the law was not read.',
    '核对条文后把该法律的 read 改为 true，否则把 verified 改为 false。',
    'Read the article and set read of the law to true, or verified to false.',
  ),
  'item-material-vague': text(
    '材料“{title}”没有说清要交什么。',
    'The material “{title}” does not say what is to be handed in.',
    '逐项写明材料名称；不得设“其他材料”之类的兜底项。',
    'Name each material; a catch-all such as “other materials” is not allowed.',
  ),
  'item-material-when': text(
    '材料“{title}”：有条件才交的要写 when，必交的不写。',
    'Material “{title}”: a conditional one says when, a required one does not.',
    '补上或删去 when，或更正 necessity。',
    'Add or remove when, or correct necessity.',
  ),
  'item-material-issuer': text(
    '材料“{title}”：由他人出具的要写 issuer，自备的不写。',
    'Material “{title}”: an issued one names its issuer, one’s own does not.',
    '补上或删去 issuer，或更正 source。',
    'Add or remove issuer, or correct source.',
  ),
  'item-no-material': text(
    '依申请办理的事项至少要有一份材料：申请书。',
    'An item that is applied for has at least one material: the application.',
    '在 materials 中列出申请书及其受理标准，或把 opens 改为 office。',
    'List the application in materials with its standard, or set opens to office.',
  ),
  'item-result-kind': text(
    '结果“{title}”的类型应为 {wanted}。',
    'The result “{title}” should be of the kind {wanted}.',
    '更正 kind 或结果名称：以“证”结尾的是出证，以“批复”结尾的是审批。',
    'Correct kind or title: by its last words the Chinese title names a certificate or an approval.',
  ),
  'item-promise': text(
    '承诺时限 {promised} 应以同一单位计并短于法定时限 {rule}。',
    'The promised {promised} should be shorter than the limit by law, {rule}, and of the same unit.',
    '更正，或删去 promised，即按法定时限办理。',
    'Correct it, or remove promised: then the limit by law holds.',
  ),
  'item-begins-at-end': text(
    '第一个状态是办理开始之前的状态，不能是终结状态。',
    'The first state is the one before anything was done: it cannot be an end.',
    '把开始状态放在 states 的第一位。',
    'Put the beginning first in states.',
  ),
  'item-unreachable': text(
    '没有动作能到达状态“{id}”。',
    'No action leads to the state “{id}”.',
    '加上通向它的动作，或删去这个状态。',
    'Add an action that leads to it or remove the state.',
  ),
  'item-dead-end': text(
    '状态“{id}”走不到终结：案件会停在这里。',
    'From the state “{id}” no end can be reached: a matter would be stuck there.',
    '加上从它出发的动作；若案件到此为止，写 end: true。',
    'Add an action that leads on; where a matter ends here, write end: true.',
  ),
  'item-leaves-end': text(
    '“{id}”是终结状态，动作“{action}”却从它走到别处。',
    '“{id}” is an end, but the action “{action}” leads on from it.',
    '删去 end: true，或删去这个动作的 to。',
    'Remove end: true, or to of this action.',
  ),
  'item-clock-never-starts': text(
    '没有动作启动时钟“{id}”。',
    'No action starts the clock “{id}”.',
    '在启动它的动作上写 starts，或删去它。',
    'Write starts at the action that begins it, or remove it.',
  ),
  'item-clock-never-met': text(
    '没有动作是时钟“{id}”所等待的。',
    'No action is what the clock “{id}” waits for.',
    '在期限内应当完成的动作上写 meets: [{id}]。',
    'Write meets: [{id}] at the action that is to be done within it.',
  ),
  'item-clock-never-stops': text(
    '时钟“{id}”停不下来：经过 {way}，案件已终结而它仍在走。',
    'The clock “{id}” never stops: by way of {way} the matter ends and it still runs.',
    '在这条路上的某个动作写 stops: [{id}]；若是它所等待的，写 meets。',
    'Write stops: [{id}] at an action on this way, or meets where the clock waits for it.',
  ),
  'item-clock-pause': text(
    '时钟“{id}”有暂停没有恢复，或有恢复没有暂停。',
    'The clock “{id}” is paused and never resumed, or resumed and never paused.',
    '给 pauses 配上 resumes。',
    'Give pauses its resumes.',
  ),
  'item-clock-no-extension': text(
    '时钟“{id}”可以延长，但期限“{limit}”没有规定延长。',
    'The clock “{id}” can be extended, but the limit “{limit}” knows no extension.',
    '在 limits.yaml 中写明延长及其依据，或删去 extends。',
    'Write the extension in limits.yaml with its condition, or remove extends.',
  ),
  'item-clock-no-exclusion': text(
    '时钟“{id}”可以暂停，但期限“{limit}”没有规定不计入的期间。',
    'The clock “{id}” can be paused, but the limit “{limit}” excludes nothing.',
    '在 limits.yaml 的 excludes 中写明，或删去 pauses。',
    'Write what is not counted in excludes of limits.yaml, or remove pauses.',
  ),
};
