import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import { type Added, addItems, addResult, LIMITS } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { Adding } from '../parts/adding.tsx';
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
          {job && <Adding job={job} />}
        </div>
      </div>
    </FormDialog>
  );
}
