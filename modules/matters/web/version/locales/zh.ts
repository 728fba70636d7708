/** Texts about moving a running matter to another version of its item. */
export const zh = {
  'migrate.now':
    '本办件按{{version}}的版本办理。办件沿用登记时的版本；规定要求正在办理的办件改按其他版本的，由负责人换用。',
  'migrate.begin': '换用其他版本',
  'migrate.to': '换用的版本',
  'migrate.corrected': '自 {{from}} 起（本版本更正后的内容）',
  'migrate.reason': '换用理由',
  'migrate.basis': '依据',
  'migrate.basisHelp': '规定正在办理的办件如何适用的条文，例如：某办法第几条。',
  'migrate.follows':
    '已经办理的步骤、已经结束的期限和制作的文书不变，仍按原版本显示；正在计算的期限自原起算日起按新版本计算。当事人会收到通知。',
  'migrate.do': '换用这个版本',
  'migrate.cannot': '不能换用这个版本：{{why}}',
  'migrate.same': '{{name}}：最后一日不变（{{due}}）',
  'migrate.moves': '{{name}}：最后一日由 {{was}} 变为 {{due}}',
  'migrate.noClock': '没有正在计算的期限。',
  'migrate.adds': '可以办理的步骤增加：{{list}}',
  'migrate.drops': '不再办理的步骤：{{list}}',
  'migrate.log': '由自 {{from}} 起的版本换用自 {{to}} 起的版本',
  'migrate.logCorrected': '换用自 {{to}} 起的版本更正后的内容',
  'migrate.ground': '依据：{{basis}}',
} as const;
