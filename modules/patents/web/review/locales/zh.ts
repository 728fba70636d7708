/** Texts of reading one record after another, in Chinese. */
export const zh = {
  'review.title': '逐件审阅',
  'review.place': '第 {{at}} / {{total}} 件',
  'review.previous': '上一件',
  'review.next': '下一件',
  'review.close': '结束审阅',
  'review.open': '打开详情',
  'review.keys': '快捷键：j、→ 下一件，k、← 上一件，Esc 结束',
} as const;
