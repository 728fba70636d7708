/** Texts of reading one record after another, in Chinese. */
export const zh = {
  'review.title': '逐件审阅',
  'review.place': '第 {{at}} / {{total}} 件',
  'review.previous': '上一件',
  'review.next': '下一件',
  'review.close': '结束审阅',
  'review.open': '打开详情',
  'review.keys': '快捷键：j、→ 下一件，k、← 上一件，Esc 结束',
  'review.keysMore': '快捷键：j、→ 下一件，k、← 上一件，y 保留，x 排除，1–5 评分，Esc 结束',
  'review.keep': '保留',
  'review.dismiss': '排除',
  'review.rate': '评分',
  'review.rateAs': '{{count}} 分',
} as const;
