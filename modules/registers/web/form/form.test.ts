import { describe, expect, test } from 'vitest';
import type { FieldView } from '#kernel/fields/view';
import type { FormValues } from '#shell/components/record-form/values';
import { type Draft, draftName, keepDraft, laidOver, readDraft } from './draft.ts';
import { contested, firstChoice, merged } from './merge.ts';

const fields = [
  { key: 'name', type: 'text', label: '名称' },
  { key: 'staff', type: 'integer', label: '人数' },
  { key: 'since', type: 'date', label: '认定日期' },
  { key: 'members', type: 'rows', label: '成员' },
] as FieldView[];
const recorded: FormValues = {
  name: '云洲齿轮联盟',
  staff: '0',
  since: '2017-05-01',
  members: [
    { firm: '甲厂', paid: '1.1' },
    { firm: '乙所', paid: '' },
  ],
};

describe('two people at one entry', () => {
  const base = recorded;
  const mine = { ...base, name: '我的名称', staff: '7' };
  const theirs = { ...base, name: '他的名称', since: '2018-01-01', staff: '7' };

  test('contest only what differs in the end', () => {
    // `staff` was changed by both to the same: nothing to decide.
    expect(contested(fields, base, mine, theirs)).toEqual([
      { key: 'name', label: '名称', both: true },
      { key: 'since', label: '认定日期', both: false },
    ]);
  });

  test('lose nothing whichever is chosen', () => {
    const open = contested(fields, base, mine, theirs);
    const first = firstChoice(open);
    expect(first).toEqual({ name: 'mine', since: 'theirs' });
    expect(merged(mine, theirs, first)).toEqual({ ...mine, since: '2018-01-01' });
    expect(merged(mine, theirs, { name: 'theirs', since: 'mine' })).toEqual({ ...mine, name: '他的名称' });
  });

  test('take a list as a whole', () => {
    const other = { ...base, members: [{ firm: '丙', paid: '1' }] };
    expect(contested(fields, base, base, other).map((c) => c.key)).toEqual(['members']);
    expect(merged(base, other, { members: 'theirs' })).toEqual(other);
  });
});

describe('a draft', () => {
  const draft: Draft = {
    version: 3,
    segment: '2017-05-01',
    base: recorded,
    values: { ...recorded, name: '改过' },
    why: { mode: 'change', from: '2019-01-01', state: 'proposed', reason: '更名', basis: '' },
    files: {},
    submitKey: 'k',
    at: '2019-03-01T01:00:00.000Z',
  };
  function memory() {
    const kept = new Map<string, string>();
    return {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
      removeItem: (name: string) => void kept.delete(name),
    };
  }

  test('comes back as it was typed and is forgotten when told so', () => {
    const store = memory();
    const name = draftName('u1', 'alliances', 'LM-0001');
    expect(keepDraft(store, name, draft)).toBe(true);
    expect(readDraft(store, name)).toEqual(draft);
    expect(readDraft(store, draftName('u2', 'alliances', 'LM-0001'))).toBeNull();
    expect(readDraft(store, draftName('u1', 'alliances', undefined))).toBeNull();
    keepDraft(store, name, null);
    expect(readDraft(store, name)).toBeNull();
  });

  test('of another shape, or in a browser that keeps nothing, is none', () => {
    const store = memory();
    for (const text of ['', '{', 'null', '{"version":1}', JSON.stringify({ ...draft, values: { a: 1 } })]) {
      store.setItem('x', text);
      expect(readDraft(store, 'x')).toBeNull();
    }
    expect(readDraft(null, 'x')).toBeNull();
    expect(keepDraft(null, 'x', draft)).toBe(false);
    const full = { ...store, setItem: () => { throw new Error('full'); } }; // biome-ignore format: one line
    expect(keepDraft(full, 'x', draft)).toBe(false);
  });

  test('is laid over the fields as they are declared now', () => {
    const start = { name: '登记的', added: '', tags: [] };
    const kept = { name: '写的', gone: 'x', tags: '不是表' };
    expect(laidOver(start, kept)).toEqual({ name: '写的', added: '', tags: [] });
  });
});
