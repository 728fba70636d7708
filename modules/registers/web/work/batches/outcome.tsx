import { Link } from '@tanstack/react-router';
import { fileUrl } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber, formatShare } from '#shell/format';
import { type Batch, batchRejects } from '../../../contract.ts';
import shared from '../../registers.module.css';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { BatchActions } from './batch-actions.tsx';
import { isMoving, leftOf, shareOf, toWrite } from './standing.ts';

/** Where it stands and what comes next, in words and numbers; notes that should be read before anything is written. */
export function Outcome({ batch, onChanged }: { batch: Batch; onChanged: (changed: Batch) => void }) {
  const t = useWorkText();
  return (
    <section aria-label={t('outcome.title')} className={css.outcome}>
      {isMoving(batch) && <Moving batch={batch} />}
      {batch.state === 'ready' && <Ready batch={batch} onChanged={onChanged} />}
      {batch.state === 'done' && <Done batch={batch} />}
      {batch.state === 'cancelled' && <Notice title={t('outcome.cancelled')} />}
      {batch.state === 'failed' && (
        <Notice
          tone="wrong"
          title={t('outcome.failed')}
          actions={<BatchActions batch={batch} onChanged={onChanged} />}
        >
          {batch.error && <p>{batch.error}</p>}
          {batch.kind === 'import' && leftOf(batch) === 0 && (
            <p>
              <Link to="/registers/$register/import" params={{ register: batch.register }}>
                {t('outcome.again')}
              </Link>
            </p>
          )}
        </Notice>
      )}
      {batch.notes.length > 0 && (
        <div className={css.notes}>
          <h2>{t(batch.state === 'done' ? 'outcome.notesRead' : 'outcome.notes')}</h2>
          <ul>
            {batch.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
      {batch.counts.rejected > 0 && !isMoving(batch) && batch.kind === 'import' && (
        <p className={css.rejectLine}>
          <a className={shared.action} href={fileUrl(batchRejects, { params: { id: batch.id } })} download>
            {t('outcome.rejects', { count: formatNumber(batch.counts.rejected) })}
          </a>
          <span className={css.muted}>{t('outcome.rejectsHelp')}</span>
        </p>
      )}
    </section>
  );
}

function Moving({ batch }: { batch: Batch }) {
  const t = useWorkText();
  const share = shareOf(batch);
  const { done, total } = batch.progress;
  return (
    <div className={css.progress}>
      <p role="status">{t(batch.state === 'preparing' ? 'outcome.preparing' : 'outcome.applying')}</p>
      <div className={css.barLine}>
        <progress max={1} value={share ?? undefined} aria-label={t('outcome.progress')} />
        {share !== null && <strong className={css.percent}>{formatShare(share, 0)}</strong>}
      </div>
      <p className={css.muted}>
        {total === null
          ? t('outcome.rowsSoFar', { done: formatNumber(done) })
          : t('outcome.rowsOf', { done: formatNumber(done), total: formatNumber(total) })}{' '}
        {t('outcome.mayLeave')}
      </p>
    </div>
  );
}

function Ready({ batch, onChanged }: { batch: Batch; onChanged: (changed: Batch) => void }) {
  const t = useWorkText();
  const { counts } = batch;
  const nothing = toWrite(batch) === 0;
  return (
    <Notice
      tone={nothing ? 'attention' : 'info'}
      title={t(nothing ? 'outcome.nothing' : 'outcome.ready')}
      actions={<BatchActions batch={batch} onChanged={onChanged} />}
    >
      <p>
        {t(batch.kind === 'import' ? 'outcome.would' : 'outcome.wouldBulk', {
          rows: formatNumber(counts.rows),
          added: formatNumber(counts.added),
          changed: formatNumber(counts.changed),
          unchanged: formatNumber(counts.unchanged),
          rejected: formatNumber(counts.rejected),
        })}
      </p>
    </Notice>
  );
}

function Done({ batch }: { batch: Batch }) {
  const t = useWorkText();
  const { counts } = batch;
  return (
    <Notice
      tone={counts.rejected > 0 ? 'attention' : 'done'}
      title={
        toWrite(batch) === 0
          ? t('outcome.doneNothing')
          : t(batch.kind === 'import' ? 'outcome.done' : 'outcome.doneBulk', {
              added: formatNumber(counts.added),
              changed: formatNumber(counts.changed),
            })
      }
    >
      <p>
        {t('outcome.left', {
          unchanged: formatNumber(counts.unchanged),
          rejected: formatNumber(counts.rejected),
        })}{' '}
        {counts.rejected > 0 && t('outcome.meanwhile')}
      </p>
      <p>
        <Link to="/registers/$register" params={{ register: batch.register }}>
          {t('outcome.toList', { register: batch.registerTitle })}
        </Link>
      </p>
    </Notice>
  );
}
