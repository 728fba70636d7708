import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type * as z from 'zod';
import { readSearch } from './url.ts';

/**
 * The part of the address after `?`, read by the page's schema, and a way to change it. Changing keeps what is not named,
 * drops what is set to undefined, and by default replaces the entry in the history, so that "back" leaves the page.
 */
export function usePageSearch<S extends z.ZodType<Record<string, unknown>>>(
  schema: S,
): [z.output<S>, (change: Partial<z.output<S>>, options?: { push?: boolean }) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (values: Partial<z.output<S>>, options: { push?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: ((before: object) => ({ ...before, ...values })) as never,
        replace: !options.push,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [readSearch(schema, raw), change];
}
