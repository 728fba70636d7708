import { expect, test } from 'vitest';
import { newPassword, newReceipt, tidyReceipt } from '#kernel/secrets';
import fc from '#kernel/testing/property';
import { crossesMark, mayBecome, periodOf, stateOn } from '../server/rules.ts';

test('a month begins on its first day and a day with itself, over the end of a year too', () => {
  expect(periodOf('export', '2019-06-30')).toEqual({ from: '2019-06-01', resetsOn: '2019-07-01' });
  expect(periodOf('export', '2019-12-31')).toEqual({ from: '2019-12-01', resetsOn: '2020-01-01' });
  expect(periodOf('batch', '2020-02-28')).toEqual({ from: '2020-02-28', resetsOn: '2020-02-29' });
  expect(periodOf('watches', '2019-06-30')).toBeNull();
});

test('a grant holds on its last day and has expired on the next; what was suspended or ended stays so', () => {
  const firm = { state: 'active', validUntil: '2019-06-30' } as const;
  expect(stateOn(firm, '2019-06-30')).toBe('active');
  expect(stateOn(firm, '2019-07-01')).toBe('expired');
  expect(stateOn({ ...firm, state: 'suspended' }, '2019-07-01')).toBe('suspended');
  expect(stateOn({ ...firm, state: 'ended' }, '2019-06-01')).toBe('ended');
});

test('nothing comes back after the end, and nothing becomes what it is', () => {
  expect(mayBecome('active', 'suspended')).toBe(true);
  expect(mayBecome('suspended', 'active')).toBe(true);
  expect(mayBecome('suspended', 'ended')).toBe(true);
  for (const to of ['active', 'suspended', 'ended'] as const) expect(mayBecome('ended', to)).toBe(false);
  expect(mayBecome('active', 'active')).toBe(false);
});

test('whatever the steps, the mark of little left is crossed once at most, and once where the limit is reached', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.integer({ min: 1, max: 50 })),
      (limit, steps) => {
        let used = 0;
        let crossed = 0;
        for (const step of steps) {
          if (used + step > limit) continue;
          if (crossesMark(limit, used, used + step)) crossed += 1;
          used += step;
        }
        expect(crossed).toBe(used >= Math.ceil(limit * 0.8) ? 1 : 0);
      },
    ),
  );
});

test('a receipt is read however it was typed', () => {
  const receipt = newReceipt();
  expect(receipt).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
  expect(tidyReceipt(` ${receipt.toLowerCase().replaceAll('-', ' ')} `)).toBe(receipt);
  expect(tidyReceipt(receipt.replaceAll('-', '－'))).toBe(receipt);
  expect(tidyReceipt('？')).toBe('');
});

test('one-time passwords differ and have no signs that look alike', () => {
  const made = Array.from({ length: 200 }, newPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^[^01OIlio]{19}$/);
});
