import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { getJob } from '#modules/accounts/contract';
import { call } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { type Added, addItems, addResult, LIMITS } from '../../contract.ts';
import { forgetWorkbench, useAct } from '../parts/act.tsx';
import { FormDialog } from '../parts/ask.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** Numbers that a sentence names. */
const NAMED = 8;

/** Puts publications in: pasted numbers, or everything that a query finds. */
export function AddDialog({ collection, onClose }: { collection: string; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [text, setText] = useState('');
  const [query, setQuery] = useState('');
  const [added, setAdded] = useState<Added | null>(null);
  const [job, setJob] = useState<{ id: string; total: number } | null>(null);
  const send = async () => {
    setAdded(null);
    const done = await act(() => call(addItems, { params: { id: collection }, body: { text } }));
    if (!done) return;
    setAdded(done);
    setText('');
  };
  const begin = async () => {
    const begun = await act(() => call(addResult, { params: { id: collection }, body: { q: query } }));
    if (begun) setJob({ id: begun.job, total: begun.total });
  };
  const named = (list: readonly string[]) =>
    list.slice(0, NAMED).join(' ') + (list.length > NAMED ? ' …' : '');
  return (
    <FormDialog
      title={t('collection.add')}
      action={t('collection.add')}
      busy={busy}
      disabled={text.trim() === ''}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      {added && (
        <Notice tone="done">
          <p>
            {t('collection.addDone', {
              added: formatNumber(added.added),
              already: formatNumber(added.already),
            })}
          </p>
          {added.unknown.length > 0 && (
            <p>{t('collection.addUnknown', { count: added.unknown.length, list: named(added.unknown) })}</p>
          )}
          {added.unreadable.length > 0 && (
            <p>
              {t('collection.addUnreadable', {
                count: added.unreadable.length,
                list: named(added.unreadable),
              })}
            </p>
          )}
        </Notice>
      )}
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-text`}>
            {t('collection.addText', { most: formatNumber(LIMITS.numbers) })}
          </label>
          <Input.TextArea id={`${id}-text`} rows={6} value={text} onChange={(e) => setText(e.target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-q`}>{t('collection.addQuery')}</label>
          <small>{t('collection.addQueryHelp', { most: formatNumber(LIMITS.items) })}</small>
          <span className={css.inline}>
            <Input
              id={`${id}-q`}
              value={query}
              style={{ maxWidth: 320 }}
              onChange={(e) => setQuery(e.target.value)}
            />
            <Button
              disabled={query.trim() === '' || job !== null}
              loading={busy}
              onClick={() => void begin()}
            >
              {t('collection.add')}
            </Button>
          </span>
          {job && <Progress job={job} />}
        </div>
      </div>
    </FormDialog>
  );
}

function Progress({ job }: { job: { id: string; total: number } }) {
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
  if (state === 'failed') return <p>{t('collection.addFailed', { error: run.data?.error ?? '' })}</p>;
  return (
    <p role="status">
      {state === 'done'
        ? t('done')
        : t('collection.adding', {
            done: formatNumber(run.data?.done ?? 0),
            total: formatNumber(job.total),
          })}
    </p>
  );
}
