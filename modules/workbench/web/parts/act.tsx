import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { useText } from '../text.ts';

/** Everything that the workbench answered is asked anew. */
export function forgetWorkbench(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/workbench'),
  });
}

/** Runs a change, then asks everything anew; what failed stands in `problem` until the next change. */
export function useAct(): {
  busy: boolean;
  problem: ReactNode;
  act: <T>(work: () => Promise<T>) => Promise<T | undefined>;
} {
  const t = useText();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    busy,
    problem:
      error === null ? null : (
        <Notice tone="wrong">
          {error instanceof ApiError && error.message
            ? error.message
            : error instanceof ApiError
              ? t('failed.network')
              : t('failed', { message: error instanceof Error ? error.message : '' })}
        </Notice>
      ),
    async act(work) {
      setBusy(true);
      setError(null);
      try {
        return await work();
      } catch (failure) {
        setError(failure);
        return undefined;
      } finally {
        setBusy(false);
        // A change that lost to another one shows what the other one made of it.
        await forgetWorkbench(queries);
      }
    },
  };
}
