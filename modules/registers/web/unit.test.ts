import { expect, test } from 'vitest';
import { withoutUnit } from './unit.ts';

test('a unit that the head of the column says is left out of the cells', () => {
  expect(withoutUnit('1,234.5 万元', '万元')).toBe('1,234.5');
  expect(withoutUnit('12.5%', '%')).toBe('12.5');
  expect(withoutUnit('12.5', null)).toBe('12.5');
  expect(withoutUnit('12 × 10,000 CNY', '10,000 CNY')).toBe('12');
  expect(withoutUnit('110,000 CNY', '10,000 CNY')).toBe('110,000 CNY');
  // Another unit is no mistake to hide.
  expect(withoutUnit('12 元', '万元')).toBe('12 元');
});
