import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Endpoint, EndpointRequest, EndpointResponse } from '#kernel/http/contract';
import { ApiError, call } from '#shell/api';
import { keyOf } from '#shell/query';
import { getMatter } from '../../contract.ts';

/**
 * Calls what enters something in a matter. Where somebody else was first the matter is asked for anew, so that what was typed can be
 * sent again after a look at it; the failure says who was first.
 */
export function useEntering() {
  const queries = useQueryClient();
  return useCallback(
    async <E extends Endpoint>(
      endpoint: E,
      request: EndpointRequest<E> & { interactive?: boolean },
    ): Promise<EndpointResponse<E>> => {
      try {
        return await call<E>(endpoint, request as Parameters<typeof call<E>>[1]);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'matters_changed')
          await queries.invalidateQueries({ queryKey: keyOf(getMatter) });
        throw error;
      }
    },
    [queries],
  );
}
