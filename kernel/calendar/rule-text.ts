import type { Text } from '../text.ts';

const UNITS: Record<string, [zh: string, one: string, many: string]> = {
  WD: ['个工作日', 'working day', 'working days'],
  D: ['日', 'day', 'days'],
  M: ['个月', 'month', 'months'],
  Y: ['年', 'year', 'years'],
};

/** A period in words: `5WD` is 5 个工作日, 5 working days. What is no period is given back as it is. */
export function ruleText(rule: string): Text {
  const [, count, unit] = /^(\d+)(WD|D|M|Y)$/i.exec(rule) ?? [];
  const names = unit === undefined ? undefined : UNITS[unit.toUpperCase()];
  if (!names) return { zh: rule, en: rule };
  const [zh, one, many] = names;
  return { zh: `${count} ${zh}`, en: `${count} ${Number(count) === 1 ? one : many}` };
}
