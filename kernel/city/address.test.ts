import { beforeAll, describe, expect, it } from 'vitest';
import fc from '#kernel/testing/property';
import { YUNZHOU } from '../testing/cities/broken.ts';
import { regionOfAddress } from './address.ts';
import { loadCityPack } from './load.ts';
import type { CityPack } from './schema.ts';

let pack: CityPack;
beforeAll(async () => {
  const result = await loadCityPack(YUNZHOU);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  pack = result.pack;
});

const find = (text: string) => regionOfAddress(pack, text)?.regionId ?? null;

describe('an address of the city', () => {
  it.each([
    ['云岭省云洲市东渡区河街3号', 'east', '东渡区'],
    ['226001 云岭省云洲市东渡区', 'east', '东渡区'],
    ['中国云岭省云洲市东渡区', 'east', '东渡区'],
    ['云洲西屏镇', 'west', '西屏'],
    ['云岭省西屏县', 'west', '西屏县'],
    ['西屏市人民路', 'west', '西屏市'],
    ['云岭省西屏镇', 'west', '西屏'],
    ['云洲市港区一号', 'harbour', '港区'],
    ['云 洲 市　东渡区', 'east', '东渡区'],
  ])('%s', (text, regionId, matched) => {
    expect(regionOfAddress(pack, text)).toEqual({ regionId, precision: 'county', matched });
  });

  it('without a county is the city’s', () => {
    expect(regionOfAddress(pack, '云岭省云洲市某处')).toEqual({
      regionId: 'yunzhou',
      precision: 'city',
      matched: '云洲市',
    });
  });

  it('takes the leftmost county, not one in a street’s name', () => {
    expect(find('云洲市东渡区西屏市场')).toBe('east');
    expect(find('云洲市东渡区西屏路9号')).toBe('east');
    expect(find('云洲市西屏中路9号')).toBe('yunzhou');
  });
});

describe('an address elsewhere', () => {
  it.each([
    '',
    '   ',
    '东渡镇',
    '港区一号',
    '云岭省港区',
    '北京市东渡区',
    '浙江省西屏县',
    '上海云洲路',
    '江苏省南通市崇川区',
    '云岭省青石市西屏路',
    '青石市云洲大厦',
    '青石市东渡镇',
    '西屏市场路',
    '某公司',
  ])('%j', (text) => {
    expect(find(text)).toBeNull();
  });
});

describe('whatever is given', () => {
  it('never throws, and a match is a region of the pack named by a word of the text', () => {
    const word = fc.constantFrom(
      '云岭省',
      '云洲市',
      '云洲',
      '东渡区',
      '西屏',
      '西屏市',
      '港区',
      '路',
      '场',
      '北京',
      '青石市',
      '1号',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 4 })), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const found = regionOfAddress(pack, text);
        if (!found) return;
        expect(pack.regions.some((region) => region.id === found.regionId)).toBe(true);
        expect(text.normalize('NFKC').replace(/\s+/gu, '')).toContain(found.matched);
        // 北京路 is a street.
        expect(text.normalize('NFKC').replace(/\s+/gu, '')).not.toMatch(/^北京(?!路)/);
      }),
    );
  });
});
