import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { MappedField, type PatentImport } from '../../contract.ts';
import { FIELD_GROUPS, mappingRows, missingOf } from './mapping.ts';
import { isActive, partsOfTime, secondsLeft, shareDone } from './progress.ts';

describe('mapping', () => {
  test('every field is offered once', () => {
    const offered = Object.values(FIELD_GROUPS).flat();
    expect([...offered].sort()).toEqual([...MappedField.options].sort());
  });

  test('a number of any kind and a title are enough', () => {
    expect(missingOf({})).toEqual(['number', 'title']);
    expect(missingOf({ a: 'title', b: null })).toEqual(['number']);
    for (const number of ['publicationNumber', 'applicationNumber', 'patentNumber'] as const)
      expect(missingOf({ a: number, b: 'title' })).toEqual([]);
  });

  test('columns show different contents, not the gaps between them', () => {
    const header = ['号', '', '名称', '名称', '空'];
    const rows = [
      ['1', 'x', ' 甲 ', '另', ''],
      ['1', 'x', '', '另', ''],
      ['2', 'x', '乙', '另', ''],
      ['3', 'x', '丙', '另'],
    ];
    expect(mappingRows(header, rows, { 号: 'publicationNumber' })).toEqual([
      { head: '号', field: 'publicationNumber', samples: ['1', '2'] },
      { head: '名称', field: null, samples: ['甲', '乙'] },
      { head: '空', field: null, samples: [] },
    ]);
  });
});

describe('progress', () => {
  const running: PatentImport = {
    id: '0190a1b2-0000-7000-8000-000000000000',
    fileId: null,
    file: 'a.jsonl',
    size: 1_000_000,
    format: 'jsonl',
    sheet: null,
    encoding: 'utf-8',
    delimiter: null,
    state: 'running',
    requested: null,
    counts: { read: 500, accepted: 500, updated: 0, unchanged: 0, rejected: 0 },
    bytesDone: 250_000,
    rowsPerSecond: 100,
    error: null,
    rejectFile: null,
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    byName: '',
    source: { key: 'upload', name: '', licence: '' },
    label: '',
    withdrawnAt: null,
    withdrawnBy: null,
    abilities: { pause: true, resume: false, cancel: true, withdraw: false },
  };

  test('a quarter in five seconds leaves fifteen', () => {
    expect(shareDone(running)).toBe(0.25);
    expect(secondsLeft(running)).toBe(15);
  });

  test('nothing is foretold before the first batch, while paused, or at the end', () => {
    expect(secondsLeft({ ...running, bytesDone: 0, counts: { ...running.counts, read: 0 } })).toBeNull();
    expect(secondsLeft({ ...running, rowsPerSecond: 0 })).toBeNull();
    expect(secondsLeft({ ...running, state: 'paused' })).toBeNull();
    expect(secondsLeft({ ...running, state: 'done' })).toBeNull();
  });

  test('the share stays between none and all; what is done is all of it', () => {
    expect(shareDone({ ...running, size: 0, bytesDone: 0 })).toBe(0);
    expect(shareDone({ ...running, bytesDone: 2_000_000 })).toBe(1);
    expect(shareDone({ ...running, state: 'done', size: 0, bytesDone: 0 })).toBe(1);
  });

  test('only waiting and running imports are asked about again', () => {
    const states = ['waiting', 'running', 'paused', 'done', 'failed', 'cancelled'] as const;
    expect(states.filter((state) => isActive({ state }))).toEqual(['waiting', 'running']);
  });

  test('parts of a time add up', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (total) => {
        const { hours, minutes, seconds } = partsOfTime(total);
        expect(hours * 3600 + minutes * 60 + seconds).toBe(total);
        expect(minutes).toBeLessThan(60);
        expect(seconds).toBeLessThan(60);
      }),
    );
    expect(partsOfTime(59.6)).toEqual({ hours: 0, minutes: 1, seconds: 0 });
  });
});
