import { text } from './fault-text.ts';

/** Faults of the sub-portals of counties and parks. */
export const PORTAL_FAULTS = {
  'portal-region': text(
    '“{id}”是全市，分站属于县（市、区）或者园区。',
    '“{id}” is the whole city; a portal is that of a county or park.',
    '改为 regions.yaml 中的一个县（市、区）或者园区。',
    'Name a county or park of regions.yaml.',
  ),
  'portal-region-shared': text(
    '“{region}”已有分站“{other}”。',
    '“{region}” has the portal “{other}” already.',
    '一个地区只设一个分站：合并两处内容，或者更正 region。',
    'A region has one portal: put both together, or correct region.',
  ),
  'portal-ended': text(
    '“{id}”已于 {to} 终止，没有人再办理。',
    '“{id}” ended on {to}: nobody acts there any more.',
    '改为承接它的地区或者部门；其分站并入承接者的分站。',
    'Name what took over from it; its portal becomes part of the successor’s.',
  ),
  'portal-office-elsewhere': text(
    '部门“{id}”属于地区“{other}”，不是“{region}”的机构。',
    'The department “{id}” governs “{other}”, not “{region}”.',
    '更正 office 或者 region。',
    'Correct office or region.',
  ),
  'portal-group': text(
    '“{id}”是一组部门，收不了办件。',
    '“{id}” is a group of departments: no matter can be handed in there.',
    '写明是哪一个部门。',
    'Name the one department.',
  ),
  'portal-unknown-item': text(
    '事项“{id}”不存在。{hintZh}',
    'There is no service item “{id}”. {hintEn}',
    '更正，或在 items 文件夹中加上这个事项。',
    'Correct it or add the item to the folder items.',
  ),
  'portal-item-twice': text(
    '事项“{id}”已在第 {line} 行列为不办理的事项。',
    'The item “{id}” is left out already, in line {line}.',
    '不办理的事项只列一次，也没有不同之处可言：删去其中一处。',
    'An item is left out once, and then nothing about it differs: remove one of the two.',
  ),
  'portal-override-empty': text(
    '事项“{id}”没有写明有什么不同。',
    'Nothing is said to differ in the item “{id}”.',
    '写上 keeper、place、hours、promised 或者 note 中的一项，或者整条删去：没有写的都与全市相同。',
    'Give keeper, place, hours, promised or note, or remove the entry: what is not said is as in the city.',
  ),
  'portal-override-twice': text(
    '事项“{id}”的 {what} 在第 {line} 行已有规定，两处在同一天有效。',
    'What differs in {what} of the item “{id}” is said in line {line} already, for the same days.',
    '合并两处，或者用 from、to 分开。',
    'Put both together, or part them by from and to.',
  ),
  'portal-keeper-same': text(
    '事项“{id}”在全市就由“{department}”承办，没有不同。',
    'The item “{id}” is kept by “{department}” in the whole city: nothing differs.',
    '删去 keeper，或者更正部门。',
    'Remove keeper, or correct the department.',
  ),
  'portal-promise': text(
    '事项“{id}”的承诺时限 {promised} 应以同一单位计，短于法定时限和全市的承诺时限（{rule}）。',
    'The promised {promised} of the item “{id}” should be shorter than the limit by law and the city’s promise ({rule}), and of the same unit.',
    '更正，或删去 promised，即与全市相同。',
    'Correct it, or remove promised: then the city’s time holds.',
  ),
  'portal-source-unread': text(
    '事项“{id}”的不同之处标为已核实，但来源“{source}”未曾读过。',
    'What differs in the item “{id}” is marked as verified, but the source “{source}” was not read.',
    '核对后把该来源的 read 改为 true，否则把 verified 改为 false。',
    'Read it and set read of the source to true, or verified to false.',
  ),
};
