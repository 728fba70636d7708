import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { moneyText, numberText, readMoney, readNumber } from './numbers.ts';

const YUAN = 100;
const WAN = 1_000_000;
const YI = 10_000_000_000;

describe('money', () => {
  test('is read to the fen in every unit', () => {
    expect(readMoney('12.5', WAN)).toEqual({ value: 12_500_000 });
    expect(readMoney('0.07', YUAN)).toEqual({ value: 7 });
    // 1.1 * 100 and 0.57 * 1000000 are not whole in floating point.
    expect(readMoney('1.1', YUAN)).toEqual({ value: 110 });
    expect(readMoney('0.57', WAN)).toEqual({ value: 570_000 });
    expect(readMoney('4.35', YI)).toEqual({ value: 43_500_000_000 });
  });

  test('is read as people write it', () => {
    for (const text of ['1,234.50', ' 1 234.5 ', '１２３４．５', '1，234.5'])
      expect(readMoney(text, YUAN)).toEqual({ value: 123_450 });
    expect(readMoney('-3', YUAN)).toEqual({ value: -300 });
    expect(readMoney('−3', YUAN)).toEqual({ value: -300 });
    expect(readMoney('.5', YUAN)).toEqual({ value: 50 });
    expect(readMoney('5.', YUAN)).toEqual({ value: 500 });
    expect(Object.is((readMoney('-0', YUAN) as { value: number }).value, 0)).toBe(true);
  });

  test('is refused, not rounded', () => {
    expect(readMoney('0.001', YUAN)).toEqual({ problem: 'too-fine' });
    expect(readMoney('0.1000', YUAN)).toEqual({ value: 10 });
    expect(readMoney('900719925474099.2', YI)).toEqual({ problem: 'too-large' });
    for (const text of ['', '.', '-', '约12', '1.2.3', '1e3', '12万'])
      expect(readMoney(text, WAN)).toEqual({ problem: 'not-number' });
  });

  test('comes back as it went, in every unit', () => {
    const fen = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fen, fc.constantFrom(YUAN, WAN, YI), (value, unit) => {
        expect(readMoney(moneyText(value, unit), unit)).toEqual({ value: value === 0 ? 0 : value });
      }),
    );
  });

  test('is written without needless digits', () => {
    expect(moneyText(12_500_000, WAN)).toBe('12.5');
    expect(moneyText(5, YI)).toBe('0.0000000005');
    expect(moneyText(-100, YUAN)).toBe('-1');
    expect(moneyText(0, WAN)).toBe('0');
  });
});

describe('numbers', () => {
  test('are read as people write them', () => {
    expect(readNumber('1,200', true)).toEqual({ value: 1200 });
    expect(readNumber('３.０', true)).toEqual({ value: 3 });
    expect(readNumber('3.5', true)).toEqual({ problem: 'too-fine' });
    expect(readNumber('3.5', false)).toEqual({ value: 3.5 });
    expect(readNumber('三', true)).toEqual({ problem: 'not-number' });
    expect(readNumber('99999999999999999', true)).toEqual({ problem: 'too-large' });
  });

  test('are written in plain digits', () => {
    expect(numberText(1200)).toBe('1200');
    expect(numberText(0.0000001)).toBe('0.0000001');
  });
});
