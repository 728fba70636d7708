import type { QueryClient } from '@tanstack/react-query';

/** Everything that the firms' endpoints answered is asked anew. */
export function forgetFirms(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/firm'),
  });
}
