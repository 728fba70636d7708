import { describe, expect, it } from 'vitest';
import { loadCityPack } from '#kernel/city/load';
import { cityLookup } from '#kernel/city/lookup';
import { readRecord } from '#kernel/fields/read';
import { YUNZHOU } from '#kernel/testing/cities/broken';
import { contextOf } from '#kernel/testing/field-records';
import { computeField, showComputed } from '../server/fields/computed.ts';
import { allModel, allTypes } from './fields-register.ts';

describe('computed figures', () => {
  const [perHead] = allTypes.computed!;

  it('follow from the fields, with money in yuan', () => {
    const value = computeField(perHead!, { output: 10_000_000_00, staff: 8 }, allModel);
    expect(value).toBe(125);
    expect(showComputed(perHead!, value, 'zh').text).toBe('125.00 万元');
    expect(showComputed(perHead!, value, 'en').text).toBe('125.00 × 10,000 CNY');
    for (const data of [{}, { output: 1 }, { output: 1, staff: 0 }, { output: 'x', staff: 1 }])
      expect(computeField(perHead!, data, allModel)).toBeNull();
    expect(showComputed(perHead!, null, 'zh')).toMatchObject({ value: null, text: '' });
  });

  it('cannot be given, and the end of the validity stands after its beginning', async () => {
    const result = await loadCityPack(YUNZHOU);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const ctx = contextOf(cityLookup(result.pack), 'json');
    const base = { name: '云洲智造联盟', since: '2019-06-30' };
    const read = (input: object) =>
      readRecord(allModel, { ...base, ...input }, ctx).issues.map((i) => [i.path, i.code]);
    expect(read({ outputPerHead: 1 })).toEqual([['/outputPerHead', 'computed-field']]);
    expect(read({ until: '2019-06-29' })).toEqual([['/until', 'order']]);
    expect(read({ until: '2019-06-30' })).toEqual([]);
  });
});
