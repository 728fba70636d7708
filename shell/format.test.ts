import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import {
  formatComputed,
  formatDelta,
  formatLongDate,
  formatMoment,
  formatNumber,
  formatShare,
  NO_FIGURE,
  sizeText,
  withUnit,
} from './format.ts';

describe('numbers', () => {
  it('groups thousands and keeps the decimals', () => {
    expect(formatNumber(1234567.5, 1)).toBe('1,234,567.5');
    expect(formatNumber(30, 2)).toBe('30.00');
    expect(formatNumber(-3)).toBe('−3');
  });
  it('shows a dash for what is not there', () => {
    for (const nothing of [null, undefined, Number.NaN]) expect(formatNumber(nothing)).toBe(NO_FIGURE);
    expect(formatDelta(null)).toBe(NO_FIGURE);
    expect(formatShare(undefined)).toBe(NO_FIGURE);
  });
  it('gives a computed value one more digit only between two steps', () => {
    expect(formatComputed(30, 0)).toBe('30');
    expect(formatComputed(17.36, 0)).toBe('17.4');
    expect(formatComputed(2.9996, 0)).toBe('3');
    expect(formatComputed(null)).toBe(NO_FIGURE);
    expect(formatComputed(0.1 + 0.2, 1)).toBe('0.3');
    expect(formatComputed(30, 2)).toBe('30');
    expect(formatComputed(1200, 0)).toBe('1,200');
    expect(formatComputed(25.4884, 2)).toBe('25.49');
    expect(formatComputed(25.5, 2)).toBe('25.50');
  });
  it('signs differences, and never writes a signed zero', () => {
    expect(formatDelta(1.25, 1)).toMatch(/^\+1\.[23]$/);
    expect(formatDelta(-0.4, 1)).toBe('−0.4');
    expect(formatDelta(-0.001, 2)).toBe('0.00');
    expect(formatDelta(0.001, 2)).toBe('0.00');
  });
  it('can be read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (n) => {
        expect(Number(formatNumber(n).replaceAll(',', '').replace('−', '-'))).toBe(n);
      }),
    );
  });
  it('puts a unit where the language puts it', () => {
    expect(withUnit('24.3', '件/万人')).toBe('24.3件/万人');
    expect(withUnit('35', '%')).toBe('35%');
    expect(withUnit('5', 'organisations')).toBe('5 organisations');
    expect(withUnit('5', '100 million CNY')).toBe('5 × 100 million CNY');
    expect(withUnit(NO_FIGURE, '件')).toBe(NO_FIGURE);
  });
});

describe('dates', () => {
  it('are written out for documents', () => {
    expect(formatLongDate('2026-11-22', 'zh')).toBe('2026年11月22日');
    expect(formatLongDate('2026-11-02', 'en')).toBe('2 November 2026');
  });
  it('are the city’s, wherever the reader sits', () => {
    expect(formatMoment('2019-06-30T16:30:05Z')).toBe('2019-07-01 00:30');
    expect(formatMoment('2019-06-30T16:30:05Z', { seconds: true })).toBe('2019-07-01 00:30:05');
  });
});

it('writes sizes in units that people read', () => {
  expect([0, 1023, 1024, 131_289, 4 * 1024 ** 3].map(sizeText)).toEqual([
    '0 B',
    '1023 B',
    '1.0 kB',
    '128.2 kB',
    '4.0 GB',
  ]);
});
