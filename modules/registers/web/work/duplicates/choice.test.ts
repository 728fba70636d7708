import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../contract/entries.ts';
import { compared, firstChoice, mergedData, sameStored, survivorFirst } from './choice.ts';

const fields = ['name', 'code', 'members', 'note', 'share', 'old'].map((key) => ({
  key,
  label: key,
  computed: key === 'share',
  retired: key === 'old',
})) as Entry['fields'];

const keep = {
  fields,
  data: { name: '甲公司', members: [{ a: 1, b: 2 }], share: 1, old: 'x', note: 'kept' },
};
const drop = { fields, data: { name: '甲 公司', code: '1', members: [{ b: 2, a: 1 }], share: 2 } };

describe('two entries beside each other', () => {
  it('differ in what is typed, not in what is computed, retired or written in another order', () => {
    const { different, same } = compared(keep, drop);
    expect(different.map((f) => f.key)).toEqual(['name', 'code', 'note']);
    expect(same.map((f) => f.key)).toEqual(['members']);
    expect([
      sameStored(undefined, []),
      sameStored('', null),
      sameStored(0, ''),
      sameStored([1, 2], [2, 1]),
    ]).toEqual([true, true, false, false]);
  });
  it('lose nothing by themselves: an empty field takes the other value', () => {
    expect(firstChoice(keep, drop)).toEqual({ name: 'keep', code: 'drop', note: 'keep' });
    expect(mergedData(keep, drop, firstChoice(keep, drop))).toEqual({
      name: '甲公司',
      code: '1',
      members: [{ a: 1, b: 2 }],
      note: 'kept',
    });
  });
  it('become what is chosen, also nothing', () => {
    expect(mergedData(keep, drop, { name: 'drop', code: 'keep', note: 'drop' })).toEqual({
      name: '甲 公司',
      members: [{ a: 1, b: 2 }],
    });
  });
  it('keep the one that has come furthest, then the older one', () => {
    const order = survivorFirst([
      { no: 'GB-0010', state: 'proposed' },
      { no: 'GB-0009', state: 'published' },
      { no: 'GB-0002', state: 'published' },
      { no: 'GB-0001', state: 'verified' },
    ]);
    expect(order.map((e) => e.no)).toEqual(['GB-0002', 'GB-0009', 'GB-0001', 'GB-0010']);
  });
});
