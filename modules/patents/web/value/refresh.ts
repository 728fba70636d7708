import { useQueryClient } from '@tanstack/react-query';
import { keyOf } from '#shell/query';
import { getPatentValue } from '../../contract/value.ts';

/** Fetches the value of patents anew. */
export function useRefreshValue(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keyOf(getPatentValue) });
}
