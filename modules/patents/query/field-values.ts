import type { FieldValue } from './field.ts';

/** Legal status, as far as a source said. */
export const STATUS: readonly FieldValue[] = [
  { id: 'in-force', zh: '有效', en: 'in force', words: ['有权', '授权有效', 'active', 'alive', '1'] },
  { id: 'pending', zh: '在审', en: 'pending', words: ['审中', '公开', '2'] },
  {
    id: 'lapsed',
    zh: '失效',
    en: 'lapsed',
    words: ['无效', '无权', '终止', 'inactive', 'dead', 'expired', '0'],
  },
  { id: 'unknown', zh: '未提供', en: 'not given', words: ['未知', 'unknown'] },
];

/** What is protected. */
export const TYPES: readonly FieldValue[] = [
  { id: 'invention', zh: '发明', en: 'invention', words: ['发明专利', '1', 'a', 'b'] },
  { id: 'utility', zh: '实用新型', en: 'utility model', words: ['新型', 'utility', '2', 'u'] },
  { id: 'design', zh: '外观设计', en: 'design', words: ['外观', '3', 's', 'd'] },
  { id: 'other', zh: '其他', en: 'other', words: [] },
];

/** Whether a publication is a grant. */
export const GRANTED: readonly FieldValue[] = [
  { id: '1', zh: '授权公告', en: 'grant', words: ['授权', '是', 'yes', 'true', 'granted'] },
  { id: '0', zh: '申请公布', en: 'application', words: ['公开', '否', 'no', 'false', 'application'] },
];
