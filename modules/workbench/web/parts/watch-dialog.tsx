import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useId, useRef, useState } from 'react';
import type { EndpointRequest } from '#kernel/http/contract';
import { call } from '#shell/api';
import { queryOf } from '#shell/query';
import { createWatch, type Kept, listWatches, type Watch, type WatchNotice } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';
import { FormDialog } from './ask.tsx';
import { NoticeField } from './notice-field.tsx';

/** The running watch that asks the same, if there is one. */
export function sameWatch(watches: readonly Watch[] | undefined, of: Kept): Watch | undefined {
  return watches?.find(
    (one) => one.kind === 'query' && one.active && one.q === of.q.trim() && one.filter === of.filter.trim(),
  );
}

/** Watches a query: how it is called and how its owner is told. */
export function WatchDialog({
  title,
  note,
  name: proposed,
  of,
  onDone,
  onClose,
}: {
  title: string;
  /** What the watch tells of. */
  note: string;
  name: string;
  of: Kept;
  onDone: (watch: Watch) => void;
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [name, setName] = useState(proposed.slice(0, 100));
  const [notice, setNotice] = useState<WatchNotice>('each');
  const list = useQuery(queryOf(listWatches, {}));
  const same = sameWatch(list.data?.watches, of);
  const before = useRef<ReadonlySet<string> | null>(null);
  if (!before.current && list.data) before.current = new Set(list.data.watches.map((one) => one.id));
  const send = async () => {
    const body = { name: name.trim(), kind: 'query' as const, notice, ...of };
    const made = await act(() => createOnce(body, before.current));
    if (!made) return;
    onDone(made);
    onClose();
  };
  return (
    <FormDialog
      title={title}
      action={t('watches.new')}
      busy={busy}
      disabled={name.trim() === '' || busy}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <p className={css.query}>{[of.q, of.filter].filter(Boolean).join(' · ')}</p>
        <p className={css.muted}>{note}</p>
        {same && (
          <p>
            {t('watch.same')}{' '}
            <Link to="/workbench/watches/$id" params={{ id: same.id }}>
              {same.name}
            </Link>
          </p>
        )}
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <Input
            id={`${id}-name`}
            value={name}
            maxLength={100}
            onChange={(e) => setName(e.target.value)}
            onPressEnter={() => name.trim() !== '' && void send()}
          />
        </div>
        <NoticeField id={`${id}-notice`} value={notice} onChange={setNotice} />
      </div>
    </FormDialog>
  );
}

/** Makes one watch: where the answer to an earlier try was lost, the one that was made since is the one. */
async function createOnce(
  body: EndpointRequest<typeof createWatch>['body'],
  before: ReadonlySet<string> | null,
): Promise<Watch> {
  if (before) {
    const { watches } = await call(listWatches, {});
    const made = watches.find((one) => !before.has(one.id) && one.kind === 'query' && one.name === body.name);
    if (made) return made;
  }
  return call(createWatch, { body });
}
