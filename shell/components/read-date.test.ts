import { describe, expect, it } from 'vitest';
import { readDate } from './read-date.ts';

describe('a typed date', () => {
  it('is read in the ways people write it', () => {
    for (const text of ['2019-06-30', '2019.6.30', '2019/6/30', ' 20190630 ', '2019年6月30日'])
      expect(readDate(text)).toBe('2019-06-30');
  });
  it('is refused when there is no such day', () => {
    for (const text of ['', '2019-02-29', '2019-13-01', '0', '30.06.2019', '2019-6', '201906301'])
      expect(readDate(text)).toBeNull();
  });
});
