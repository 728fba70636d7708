import { queryOptions } from '@tanstack/react-query';
import type { Endpoint, EndpointRequest, EndpointResponse } from '#kernel/http/contract';
import { ApiError, call } from './api.ts';
import { Queries } from './query-client.ts';

/**
 * A reading call for `useQuery`, `prefetchQuery` and the like. Two pages that ask the same thing share one answer.
 * Background refreshes (a bell, a wall screen) pass `interactive: false`, so that no sign-in dialog opens by itself.
 */
export function queryOf<E extends Endpoint>(
  endpoint: E,
  request: EndpointRequest<E>,
  options: { interactive?: boolean } = {},
) {
  return queryOptions<EndpointResponse<E>, ApiError>({
    queryKey: [endpoint.path, request.params ?? null, request.query ?? null, request.headers ?? null],
    queryFn: ({ signal }) => call(endpoint, { ...request, ...options, signal }),
  });
}

/** Key under which all answers of an endpoint are kept: `queries.invalidateQueries({ queryKey: keyOf(listTasks) })`. */
export function keyOf(endpoint: Endpoint): readonly [string] {
  return [endpoint.path];
}

/** How long to wait before a call is tried again: 1, 2, 4, 8, then every 15 seconds. */
export function retryDelay(attempt: number): number {
  return Math.min(15_000, 1000 * 2 ** attempt);
}

/**
 * Keeps answers for half a minute. A call without an answer is tried again until one comes (the bar on top says so); a
 * refusal is shown at once.
 */
export const queries = new Queries({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof ApiError && error.passing && count < 200,
      retryDelay,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
