import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { shareObject, type WorkbenchObject } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';
import { FormDialog } from './ask.tsx';

/** Who else may read or edit a collection or tree, by user name. */
export function ShareDialog({ object, onClose }: { object: WorkbenchObject; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [shares, setShares] = useState(
    object.shares.map((s) => ({ username: s.username, name: s.person.name, edit: s.edit })),
  );
  const [username, setUsername] = useState('');
  const add = () => {
    const wanted = username.trim();
    if (wanted && !shares.some((s) => s.username === wanted))
      setShares([...shares, { username: wanted, name: wanted, edit: false }]);
    setUsername('');
  };
  const send = async () => {
    const done = await act(() =>
      call(shareObject, {
        params: { id: object.id },
        body: {
          version: object.version,
          shares: [...shares, ...(username.trim() ? [{ username: username.trim(), edit: false }] : [])].map(
            (s) => ({ username: s.username, edit: s.edit }),
          ),
        },
      }),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t('objects.share')}
      action={t('save')}
      busy={busy}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        {shares.length === 0 && <p className={css.muted}>{t('share.none')}</p>}
        <ul className={css.rows}>
          {shares.map((share) => (
            <li key={share.username} className={css.row}>
              <span className={css.rowMain}>
                {share.name}
                {share.name !== share.username && <span className={css.sub}>{share.username}</span>}
              </span>
              <select
                aria-label={`${t('share.right')} ${share.name}`}
                value={share.edit ? 'edit' : 'read'}
                onChange={(e) =>
                  setShares(shares.map((s) => (s === share ? { ...s, edit: e.target.value === 'edit' } : s)))
                }
              >
                <option value="read">{t('share.read')}</option>
                <option value="edit">{t('share.edit')}</option>
              </select>
              <button
                type="button"
                className={css.quiet}
                onClick={() => setShares(shares.filter((s) => s !== share))}
              >
                {t('share.remove', { name: share.name })}
              </button>
            </li>
          ))}
        </ul>
        <div>
          <label htmlFor={id}>{t('share.username')}</label>
          <span className={css.inline}>
            <Input
              id={id}
              value={username}
              maxLength={80}
              style={{ maxWidth: 240 }}
              onChange={(e) => setUsername(e.target.value)}
              onPressEnter={add}
            />
            <Button onClick={add}>{t('share.add')}</Button>
          </span>
        </div>
      </div>
    </FormDialog>
  );
}
