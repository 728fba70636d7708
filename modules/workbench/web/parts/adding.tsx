import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getJob } from '#modules/accounts/contract';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { useText } from '../text.ts';
import { forgetWorkbench } from './act.tsx';

/** How far the adding of a whole result is. */
export function Adding({ job }: { job: { id: string; total: number } }) {
  const t = useText();
  const queries = useQueryClient();
  const run = useQuery({
    ...queryOf(getJob, { params: { id: job.id } }, { interactive: false }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data && ['done', 'failed'].includes(state.data.state) ? false : 800,
  });
  const state = run.data?.state;
  useEffect(() => {
    if (state === 'done' || state === 'failed') void forgetWorkbench(queries);
  }, [state, queries]);
  if (state === 'failed')
    return <span role="alert">{t('collection.addFailed', { error: run.data?.error ?? '' })}</span>;
  return (
    <span role="status">
      {state === 'done'
        ? t('done')
        : t('collection.adding', {
            done: formatNumber(run.data?.done ?? 0),
            total: formatNumber(job.total),
          })}
    </span>
  );
}
