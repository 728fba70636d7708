import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { type CollectionItem, noteItem } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';

/** The note of a publication in a collection; who may not edit reads it. What is typed stays where saving fails. */
export function ItemNote({
  item,
  edit,
  collection,
  bare = false,
}: {
  item: CollectionItem;
  edit: boolean;
  collection: string;
  /** Without a heading, where a name stands beside it. */
  bare?: boolean;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  // Null: nothing was changed. A version of null: somebody else changed it too, which was shown, and the next try is meant.
  const [typed, setTyped] = useState<{ text: string; version: number | null } | null>(null);
  const save = async () => {
    if (!typed) return;
    const body = { note: typed.text, version: typed.version ?? item.version };
    const done = await act(() => call(noteItem, { params: { id: collection, number: item.number }, body }));
    setTyped((now) => (done ? (now?.text === typed.text ? null : now) : now && { ...now, version: null }));
  };
  if (!edit) return item.note ? <p className={css.itemNote}>{item.note}</p> : null;
  return (
    <div className={bare ? undefined : css.panelBlock}>
      {!bare && (
        <h3>
          <label htmlFor={id}>{t('review.note')}</label>
        </h3>
      )}
      {problem}
      {typed?.version === null && item.note !== typed.text && <p className={css.itemNote}>{item.note}</p>}
      <Input.TextArea
        id={id}
        aria-label={bare ? t('review.note') : undefined}
        className={css.text}
        autoSize={{ minRows: 1, maxRows: 8 }}
        maxLength={10_000}
        value={typed?.text ?? item.note}
        onChange={(e) => setTyped({ text: e.target.value, version: typed ? typed.version : item.version })}
      />
      {typed !== null && typed.text !== item.note && (
        <Button size="small" loading={busy} style={{ marginTop: 6 }} onClick={() => void save()}>
          {t('save')}
        </Button>
      )}
    </div>
  );
}
