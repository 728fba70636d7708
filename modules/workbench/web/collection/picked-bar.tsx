import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { listObjects, removeItems, type Tag, tagRecords, transferItems } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { AskDelete } from '../parts/ask.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** What can be done with the chosen publications of a collection. */
export function PickedBar({
  collection,
  picked,
  tags,
  onDone,
}: {
  collection: string;
  picked: readonly string[];
  tags: readonly Tag[];
  onDone: () => void;
}) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const [asking, setAsking] = useState(false);
  const [to, setTo] = useState('');
  const [said, setSaid] = useState('');
  const others = useQuery(queryOf(listObjects, { query: { kind: 'collection' } }));
  const targets = (others.data?.objects ?? []).filter((o) => o.abilities.edit && o.id !== collection);
  const numbers = [...picked];
  const transfer = async (how: 'move' | 'copy') => {
    const done = await act(() =>
      call(transferItems, { params: { id: collection }, body: { to, numbers, how } }),
    );
    if (!done) return;
    setSaid(
      t('collection.transferDone', {
        count: formatNumber(done.transferred),
        already: formatNumber(done.already),
      }),
    );
    if (how === 'move') onDone();
  };
  return (
    <div className={css.bar}>
      <strong role="status">{t('collection.picked', { count: formatNumber(picked.length) })}</strong>
      {problem}
      {tags.length > 0 && (
        <span className={css.inline}>
          <select
            aria-label={t('collection.tag')}
            value=""
            disabled={busy}
            onChange={(e) =>
              void act(() => call(tagRecords, { params: { id: e.target.value }, body: { numbers } }))
            }
          >
            <option value="">{t('collection.tag')}</option>
            {tags.map((tag) => (
              <option key={tag.id} value={tag.id}>
                {tag.name}
              </option>
            ))}
          </select>
        </span>
      )}
      {targets.length > 0 && (
        <span className={css.inline}>
          <select aria-label={t('collection.transfer')} value={to} onChange={(e) => setTo(e.target.value)}>
            <option value="">{t('collection.transfer')}</option>
            {targets.map((o) => (
              <option key={o.id} value={o.id}>
                {o.name}
              </option>
            ))}
          </select>
          <Button disabled={to === '' || busy} onClick={() => void transfer('copy')}>
            {t('collection.copy')}
          </Button>
          <Button disabled={to === '' || busy} onClick={() => void transfer('move')}>
            {t('collection.move')}
          </Button>
        </span>
      )}
      <Button danger onClick={() => setAsking(true)}>
        {t('collection.remove')}
      </Button>
      <button type="button" className={css.quiet} onClick={onDone}>
        {t('cancel')}
      </button>
      {said && <span>{said}</span>}
      {asking && (
        <AskDelete
          title={t('collection.remove')}
          action={t('collection.remove')}
          text={t('collection.removeText', { count: formatNumber(picked.length) })}
          onConfirm={async () => {
            await call(removeItems, { params: { id: collection }, body: { numbers } });
            onDone();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
