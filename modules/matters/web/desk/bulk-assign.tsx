import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ApiError, call } from '#shell/api';
import { PlainButton, SelectField, TextField } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { keyOf } from '#shell/query';
import { assignMatter, getMatter, listMatters, matterLog } from '../../contract.ts';
import css from '../matters.module.css';
import { type Row, useText } from '../text.ts';

/** Stands for nobody in the list of officers: the matter goes back to the office. */
const OFFICE = 'office';

/** What became of the matters that were given at once. */
interface Outcome {
  given: number;
  to: string;
  failed: { number: string; why: string }[];
}

/**
 * Gives the ticked matters to an officer: each by a call of its own with the version that was looked at, so that one that fails
 * stops none of the others. What failed stays ticked and is listed with the reason.
 */
export function BulkAssign({
  chosen,
  officers,
  onTick,
}: {
  /** The matters that are ticked. */
  chosen: readonly Row[];
  officers: readonly { id: string; name: string }[];
  onTick: (numbers: string[]) => void;
}) {
  const t = useText();
  const queries = useQueryClient();
  const [handler, setHandler] = useState<string>();
  const [note, setNote] = useState('');
  const [done, setDone] = useState(0);
  const give = useMutation({
    mutationFn: async (rows: readonly Row[]): Promise<Outcome> => {
      const failed: Outcome['failed'] = [];
      setDone(0);
      for (const [place, { number, version }] of rows.entries()) {
        try {
          const body = { version, handler: handler === OFFICE ? null : handler!, note };
          await call(assignMatter, { params: { number }, body });
        } catch (error) {
          const why = error instanceof ApiError ? error.message : '';
          failed.push({ number, why: why || t('bulk.lost') });
        }
        setDone(place + 1);
      }
      const to = officers.find(({ id }) => id === handler)?.name ?? t('unassigned');
      return { given: rows.length - failed.length, to, failed };
    },
    onSuccess: async ({ failed }) => {
      onTick(failed.map(({ number }) => number));
      if (failed.length === 0) setNote('');
      for (const endpoint of [listMatters, getMatter, matterLog])
        await queries.invalidateQueries({ queryKey: keyOf(endpoint) });
    },
  });
  const running = give.isPending;
  const all = give.variables?.length ?? 0;
  return (
    <section className={css.bulk} aria-label={t('bulk.title')}>
      <p role="status">
        {running
          ? t('bulk.running', { done: String(done), all: String(all) })
          : t('bulk.ticked', { count: String(chosen.length) })}
      </p>
      {running && <progress value={done} max={all} aria-label={t('bulk.title')} />}
      {chosen.length > 0 && !running && (
        <>
          <SelectField
            label={t('bulk.to')}
            value={handler}
            all={t('choose')}
            choices={[
              ...officers.map(({ id, name }) => ({ value: id, label: name })),
              { value: OFFICE, label: t('bulk.back') },
            ]}
            onChange={setHandler}
          />
          <TextField label={t('assign.note')} value={note} size={24} maxLength={1000} onChange={setNote} />
          <Button disabled={handler === undefined} onClick={() => give.mutate(chosen)}>
            {t('bulk.do', { count: String(chosen.length) })}
          </Button>
          <PlainButton onClick={() => onTick([])}>{t('bulk.none')}</PlainButton>
        </>
      )}
      {give.data && !running && <Said outcome={give.data} onHide={() => give.reset()} />}
    </section>
  );
}

/** Which went well and which did not, and why. */
function Said({ outcome: { given, to, failed }, onHide }: { outcome: Outcome; onHide: () => void }) {
  const t = useText();
  return (
    <div className={css.bulkSaid}>
      <Notice
        tone={failed.length > 0 ? 'wrong' : 'done'}
        title={
          failed.length > 0
            ? t('bulk.some', { given: String(given), to, failed: String(failed.length) })
            : t('bulk.all', { given: String(given), to })
        }
        actions={<PlainButton onClick={onHide}>{t('bulk.hide')}</PlainButton>}
      >
        {failed.length > 0 && (
          <ul>
            {failed.map(({ number, why }) => (
              <li key={number}>
                <Link to="/matters/$number" params={{ number }}>
                  {number}
                </Link>
                {t('colon')}
                {why}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}
