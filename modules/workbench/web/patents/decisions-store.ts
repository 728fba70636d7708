import type { QueryKey } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { call } from '#shell/api';
import { queries, queryOf, retryDelay } from '#shell/query';
import { getItem, reviewItem } from '../../contract.ts';
import { DecisionQueue, type Waiting } from './queue.ts';

/** Question for what a collection says of a publication. */
export const itemQuery = (collection: string, number: string) =>
  queryOf(getItem, { params: { id: collection, number } });

async function askAnew(queryKey: QueryKey): Promise<void> {
  await queries.cancelQueries({ queryKey, exact: true });
  await queries.invalidateQueries({ queryKey, exact: true });
}

/** The decisions of this window; they outlive the page on which they were made. */
export const decisions = new DecisionQueue(
  ({ collection, number, step }) =>
    call(reviewItem, { params: { id: collection }, body: { ...step, number } }),
  ({ collection, number }, item, last) => {
    const { queryKey } = itemQuery(collection, number);
    // An answer that is still on its way may be older than this decision and must not take its place.
    if (queries.isFetching({ queryKey, exact: true }) > 0) void askAnew(queryKey);
    queries.setQueryData(queryKey, (old) => old && { ...old, item });
    if (!last) return;
    void queries.invalidateQueries({
      predicate: ({ queryKey: [path] }) => String(path).startsWith('/api/workbench') && path !== getItem.path,
    });
  },
  (attempt) => new Promise((go) => setTimeout(go, retryDelay(attempt))),
);

// A window must not be closed by mistake while something is not stored.
const ask = (event: BeforeUnloadEvent) => event.preventDefault();
decisions.subscribe(() => {
  if (decisions.state().steps.length > 0) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
});

/** What is not stored yet, followed by the component. */
export function useWaiting(): Waiting {
  return useSyncExternalStore(decisions.subscribe, decisions.state);
}
