import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '#shell/api';
import { PlainButton, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { keyOf } from '#shell/query';
import { getMatter, listMatters, matterLog } from '../../contract.ts';
import css from '../matters.module.css';
import { type Row, useText } from '../text.ts';
import { BulkAssign } from './bulk-assign.tsx';
import { BulkStep } from './bulk-step.tsx';

/** What is done with each of the ticked matters, and how it is called when it is said what became of them. */
export interface Deed {
  title: string;
  each: (row: Row) => Promise<unknown>;
}

/** What became of the matters with which something was done at once. */
interface Outcome {
  went: number;
  title: string;
  failed: { number: string; why: string }[];
}

/**
 * Does the same with all ticked matters, one after the other: each by a call of its own with the version that was looked at, so that one
 * that fails stops none of the others. What failed stays ticked and is listed with the reason.
 */
export function Bulk({
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
  const [what, setWhat] = useState<'give' | 'step'>('give');
  const [done, setDone] = useState(0);
  const work = useMutation({
    mutationFn: async ({ rows, title, each }: Deed & { rows: readonly Row[] }): Promise<Outcome> => {
      const failed: Outcome['failed'] = [];
      setDone(0);
      for (const [place, row] of rows.entries()) {
        try {
          await each(row);
        } catch (error) {
          const why = error instanceof ApiError ? error.message : '';
          failed.push({ number: row.number, why: why || t('bulk.lost') });
        }
        setDone(place + 1);
      }
      return { went: rows.length - failed.length, title, failed };
    },
    onSuccess: async ({ failed }) => {
      onTick(failed.map(({ number }) => number));
      for (const endpoint of [listMatters, getMatter, matterLog])
        await queries.invalidateQueries({ queryKey: keyOf(endpoint) });
    },
  });
  const running = work.isPending;
  const all = work.variables?.rows.length ?? 0;
  const start = (deed: Deed) => work.mutate({ ...deed, rows: chosen });
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
          <ToggleGroup>
            {(['give', 'step'] as const).map((one) => (
              <Toggle key={one} pressed={one === what} onChange={() => setWhat(one)}>
                {t(`bulk.${one}`)}
              </Toggle>
            ))}
          </ToggleGroup>
          <PlainButton onClick={() => onTick([])}>{t('bulk.none')}</PlainButton>
          {what === 'give' ? (
            <BulkAssign count={chosen.length} officers={officers} onStart={start} />
          ) : (
            <BulkStep chosen={chosen} onStart={start} />
          )}
        </>
      )}
      {work.data && !running && <Said outcome={work.data} onHide={() => work.reset()} />}
    </section>
  );
}

/** Which went well and which did not, and why. */
function Said({ outcome: { went, title, failed }, onHide }: { outcome: Outcome; onHide: () => void }) {
  const t = useText();
  return (
    <div className={css.bulkSaid}>
      <Notice
        tone={failed.length > 0 ? 'wrong' : 'done'}
        title={
          failed.length > 0
            ? t('bulk.some', { went: String(went), title, failed: String(failed.length) })
            : t('bulk.all', { went: String(went), title })
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
