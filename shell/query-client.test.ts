import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { Queries } from './query-client.ts';

/** A question that is answered when the test says so, in the order in which it was asked. */
function asked() {
  const answers: ((value: string) => void)[] = [];
  return { answers, queryFn: () => new Promise<string>((answer) => answers.push(answer)) };
}

test('an answer that was on its way when something changed is asked for once more', async () => {
  const queries = new Queries();
  const { answers, queryFn } = asked();
  const observer = new QueryObserver(queries, { queryKey: ['marks'], queryFn, staleTime: 30_000 });
  const stop = observer.subscribe(() => {});
  expect(answers).toHaveLength(1);
  const renewed = queries.invalidateQueries({ queryKey: ['marks'] });
  answers[0]?.('before the change');
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('after it');
  await renewed;
  expect(observer.getCurrentResult().data).toBe('after it');
  stop();
});

test('an answer that nobody looks at is only marked as outdated', async () => {
  const queries = new Queries();
  const { answers, queryFn } = asked();
  const fetched = queries.prefetchQuery({ queryKey: ['next'], queryFn });
  const renewed = queries.invalidateQueries({ queryKey: ['next'] });
  answers[0]?.('before the change');
  await Promise.all([fetched, renewed]);
  expect(answers).toHaveLength(1);
  expect(queries.getQueryState(['next'])).toMatchObject({ data: 'before the change', isInvalidated: true });
});
