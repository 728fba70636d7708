import { expect, test } from 'vitest';
import { addDays } from '#kernel/calendar/date';
import fc from '#kernel/testing/property';
import { changedFrom, claimedSpan, corrected, type Segment, spansOf } from '../server/domain/segments.ts';

const validity = { from: 'since', to: 'until', expires: false, remind: [30] };
const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2019-01-01', n));
const content = fc.record({ since: day, until: fc.option(day, { nil: undefined }) });

/** Segments as people make them: a first content, then changes and corrections in any order. */
const made = fc
  .tuple(content, fc.array(fc.tuple(day, content, fc.boolean()), { maxLength: 6 }))
  .map(([first, steps]) =>
    steps.reduce<Segment[]>(
      (segments, [from, data, correct]) =>
        correct ? corrected(segments, segments.length - 1, data) : changedFrom(segments, from, data),
      [{ fromDay: null, data: first }],
    ),
  );

test('on any day at most one content holds: the newest that began by then, within what it claims', () => {
  fc.assert(
    fc.property(made, fc.option(day, { nil: null }), day, (segments, endedOn, on) => {
      const spans = spansOf(validity, segments, endedOn);
      const holding = spans.flatMap((s, i) =>
        (s.validFrom === null || s.validFrom <= on) && (s.validTo === null || on <= s.validTo) ? [i] : [],
      );
      const newest = segments.findLastIndex((s) => s.fromDay === null || s.fromDay <= on);
      const claimed = claimedSpan(validity, segments[newest]!.data);
      const holds =
        (claimed.validFrom === null || claimed.validFrom <= on) &&
        (claimed.validTo === null || on <= claimed.validTo) &&
        (endedOn === null || on < endedOn);
      expect(holding).toEqual(holds ? [newest] : []);
    }),
  );
});

test('a change leaves what held before as it was, and days rise along the segments', () => {
  fc.assert(
    fc.property(made, day, content, day, (segments, from, data, on) => {
      const after = changedFrom(segments, from, data);
      const at = (list: Segment[]) => list.findLast((s) => s.fromDay === null || s.fromDay <= on)?.data;
      if (on < from) expect(at(after)).toBe(at(segments));
      else if (!segments.some((s) => s.fromDay !== null && s.fromDay > from)) expect(at(after)).toBe(data);
      expect(after.map((s) => s.fromDay ?? '')).toEqual(after.map((s) => s.fromDay ?? '').sort());
      expect(new Set(after.map((s) => s.fromDay)).size).toBe(after.length);
    }),
  );
});

test('months after the first day the last one follows, the day before the same day of the month', () => {
  const months = { from: 'since', months: 36, expires: true, remind: [30] };
  expect(claimedSpan(months, { since: '2019-01-01' })).toEqual({
    validFrom: '2019-01-01',
    validTo: '2021-12-31',
  });
  expect(claimedSpan(months, { since: '2020-02-29' }).validTo).toBe('2023-02-27');
  expect(() => corrected([{ fromDay: null, data: {} }], 1, {})).toThrow(RangeError);
});
