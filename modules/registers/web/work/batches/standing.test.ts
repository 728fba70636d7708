import { describe, expect, it } from 'vitest';
import { columnsOf, isMoving, kindShown, leftOf, shareOf, sizeText, toWrite } from './standing.ts';

const counts = { rows: 9, added: 0, changed: 3, unchanged: 4, rejected: 2 };

describe('a batch', () => {
  it('is asked about only while the server works on it', () => {
    const moving = (['preparing', 'ready', 'applying', 'done', 'failed', 'cancelled'] as const).filter(
      (state) => isMoving({ state }),
    );
    expect(moving).toEqual(['preparing', 'applying']);
  });
  it('says how far it is, and does not pretend to know', () => {
    expect(shareOf({ state: 'preparing', progress: { done: 10, total: null } })).toBeNull();
    expect(shareOf({ state: 'applying', progress: { done: 1, total: 4 } })).toBe(0.25);
    expect(shareOf({ state: 'applying', progress: { done: 5, total: 4 } })).toBe(1);
    expect(shareOf({ state: 'applying', progress: { done: 0, total: 0 } })).toBe(1);
    expect(shareOf({ state: 'done', progress: { done: 0, total: null } })).toBe(1);
  });
  it('shows what is asked for, else the first kind that has rows', () => {
    const none = { rows: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 };
    expect(kindShown({ kind: 'import', counts }, undefined)).toBe('changed');
    expect(kindShown({ kind: 'import', counts }, 'added')).toBe('added');
    expect(kindShown({ kind: 'import', counts: { ...none, rejected: 2 } }, undefined)).toBe('rejected');
    expect(kindShown({ kind: 'import', counts: none }, undefined)).toBe('added');
    // A bulk change makes no new entries, whatever the address asks for.
    expect(kindShown({ kind: 'bulk', counts }, 'added')).toBe('changed');
    expect(kindShown({ kind: 'bulk', counts: none }, undefined)).toBe('changed');
    expect(toWrite({ counts })).toBe(3);
  });
  it('that failed while it was written says how much is left', () => {
    expect(leftOf({ state: 'failed', progress: { done: 1000, total: 1100 } })).toBe(100);
    expect(leftOf({ state: 'failed', progress: { done: 20, total: null } })).toBe(0);
    expect(leftOf({ state: 'done', progress: { done: 20, total: 30 } })).toBe(0);
  });
  it('tells columns that are read from those that are not', () => {
    expect(
      columnsOf([
        { head: '名称', field: 'name', label: '企业名称' },
        { head: '备注2', field: null, label: null },
        { head: '@no', field: '@no', label: null },
      ]),
    ).toEqual({
      read: [
        { head: '名称', label: '企业名称' },
        { head: '@no', label: '@no' },
      ],
      ignored: ['备注2'],
    });
  });
  it('writes sizes as people read them', () => {
    expect([0, 1023, 1024, 131_289, 3 * 1024 ** 3].map(sizeText)).toEqual([
      '0 B',
      '1023 B',
      '1.0 kB',
      '128.2 kB',
      '3.0 GB',
    ]);
  });
});
