import { describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { countyNames, figure, rowNumbers } from '../server/bulletin/model.ts';
import { bulletinFileName } from '../server/bulletin/wording.ts';
import { sampleContent } from './bulletin-fixture.ts';

const content = sampleContent();

describe('figures', () => {
  it('reads plain numbers with their unit and leaves everything else alone', () => {
    expect(figure('1,300.50件', '件')).toEqual({
      text: '1,300.50',
      number: 1300.5,
      decimals: 2,
      grouped: true,
    });
    expect(figure('35%以上', '%')).toMatchObject({ text: '35%以上', number: null });
    expect(figure('5-6所', '所')).toMatchObject({ text: '5-6', number: null });
    expect(figure('5家／50家', '家')).toMatchObject({ text: '5家／50家', number: null });
    expect(figure('1,2')).toMatchObject({ text: '1,2', number: null });
    expect(figure('')).toMatchObject({ text: '—', number: null });
  });

  it('never changes a number on its way', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (n, decimals) => {
        const value = n / 10 ** decimals;
        const text = value.toLocaleString('en-US', {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        });
        const f = figure(`${text}件`, '件');
        expect(f).toMatchObject({ text, number: value, decimals });
      }),
    );
  });

  it('draws runs of row numbers together', () => {
    expect(rowNumbers(['1', '2', '3', '5', '6', '9', 'G1', 'G2'])).toBe('1–3、5、6、9、G1、G2');
    expect(rowNumbers([])).toBe('');
  });

  it('keeps the order of counties where rows leave some out', () => {
    const row = (...regions: string[]) => ({
      no: '1',
      title: 't',
      values: regions.map((region) => ({ region, display: '1' })),
    });
    expect(countyNames(sampleContent({ counties: [row('b', 'd'), row('a', 'b', 'c', 'd')] }))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('names the file after city, year and edition', () => {
    expect(bulletinFileName(content, 'docx')).toBe(
      '云岚市知识产权强市建设年度绩效公报（2031年，第1版）.docx',
    );
    expect(bulletinFileName({ city: '../a:b', year: '2031', edition: 2 }, 'xlsx')).toBe(
      '..ab知识产权强市建设年度绩效公报（2031年，第2版）.xlsx',
    );
  });
});
