import { Input } from 'antd';
import { useId, useState } from 'react';
import type { EndpointRequest } from '#kernel/http/contract';
import { ApiError, call } from '#shell/api';
import { changeQuery, type Kept, listQueries, type SavedQuery, saveQuery } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';
import { FormDialog } from './ask.tsx';
import { ReachFields } from './reach-fields.tsx';

/** Saves a query under a name, or changes a saved one. `given`: what a new one begins with. */
export function QueryDialog({
  query,
  given,
  organisations,
  publish,
  onDone,
  onClose,
}: {
  query?: SavedQuery | undefined;
  given?: Kept;
  organisations: readonly { id: string; name: string }[];
  publish: boolean;
  onDone?: (saved: SavedQuery) => void;
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const start = query ?? given;
  const [form, setForm] = useState({
    name: query?.name ?? '',
    q: start?.q ?? '',
    filter: start?.filter ?? '',
    note: query?.note ?? '',
  });
  const [reach, setReach] = useState({
    organisation: query?.organisation?.id ?? null,
    public: query?.public ?? false,
  });
  const send = async () => {
    const body = { ...form, dialect: start?.q === form.q ? start.dialect : null, ...reach };
    const done = await act(() =>
      query
        ? call(changeQuery, { params: { id: query.id }, body: { ...body, version: query.version } })
        : saveOnce(body),
    );
    if (!done) return;
    onDone?.(done);
    onClose();
  };
  return (
    <FormDialog
      title={t(query ? 'queries.edit' : given ? 'beside.save' : 'queries.new')}
      action={t('save')}
      busy={busy}
      disabled={form.name.trim() === '' || (form.q.trim() === '' && form.filter.trim() === '')}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <small>{t('queries.nameHelp')}</small>
          <Input
            id={`${id}-name`}
            value={form.name}
            maxLength={60}
            prefix="@"
            onChange={(e) => setForm({ ...form, name: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-q`}>{t('queries.q')}</label>
          <Input.TextArea
            id={`${id}-q`}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={form.q}
            onChange={(e) => setForm({ ...form, q: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-filter`}>{t('queries.filter')}</label>
          <small>{t('queries.filterHelp')}</small>
          <Input
            id={`${id}-filter`}
            value={form.filter}
            onChange={(e) => setForm({ ...form, filter: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-note`}>{t('note')}</label>
          <Input.TextArea
            id={`${id}-note`}
            rows={2}
            maxLength={2000}
            value={form.note}
            onChange={(e) => setForm({ ...form, note: e.target.value })}
          />
        </div>
        <ReachFields organisations={organisations} publish={publish} value={reach} onChange={setReach} />
      </div>
    </FormDialog>
  );
}

/** Saves once: where the answer to an earlier try was lost, the query that was saved then is the one. */
async function saveOnce(body: EndpointRequest<typeof saveQuery>['body']): Promise<SavedQuery> {
  try {
    return await call(saveQuery, { body });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'workbench_name_taken')) throw error;
    const { queries } = await call(listQueries, { query: {} });
    const same = queries.find(
      (one) =>
        one.own &&
        one.name === body.name.trim() &&
        one.q === body.q?.trim() &&
        one.filter === body.filter?.trim(),
    );
    if (!same) throw error;
    return same;
  }
}
