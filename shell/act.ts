import { useCallback, useState } from 'react';
import { ApiError } from './api-error.ts';
import { useShellText } from './i18n.ts';

/** Words for a call that failed: the server's own, or that no answer came. */
export function useFailureText(): (error: unknown) => string {
  const t = useShellText();
  return (error) => {
    if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
    if (error.passing) return t('act.noAnswer');
    return error.message || t('error.unknown', { status: error.status });
  };
}

/** One action of a page: whether it runs, and why it failed. Failures that are not the server's are thrown. */
export interface Act {
  busy: boolean;
  /** Null until it failed, and again once it is tried anew. */
  failure: ApiError | null;
  /** Runs the action; true when it worked. A second press while it runs does nothing. */
  run(action: () => Promise<unknown>): Promise<boolean>;
  /** Forgets the failure. */
  clear(): void;
}

/** Runs actions of a page, one at a time. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const run = useCallback(
    async (action: () => Promise<unknown>) => {
      if (busy) return false;
      setBusy(true);
      setFailure(null);
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setFailure(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [busy],
  );
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, run, clear };
}
