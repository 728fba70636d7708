import { Button } from 'antd';
import { ApiError } from '#shell/api';
import { Notice } from '#shell/components/form.tsx';
import { useText } from '../text.ts';
import { decisions, useWaiting } from './decisions-store.ts';

/** Says that decisions could not be stored, why, and what can be done; nothing where all is well. */
export function Unstored({
  onElsewhere,
}: {
  /** Wants to store them in another collection. */
  onElsewhere?: (() => void) | undefined;
}) {
  const t = useText();
  const { steps, failure } = useWaiting();
  const [first] = steps;
  if (!first || failure === null) return null;
  const api = failure instanceof ApiError ? failure : null;
  const passing = api?.passing ?? false;
  return (
    <Notice
      tone={passing ? 'attention' : 'wrong'}
      title={t('unstored.title', { count: steps.length, number: first.number })}
      actions={
        <>
          <Button size="small" onClick={() => decisions.retry()}>
            {t('unstored.retry')}
          </Button>
          {!passing && onElsewhere && (
            <Button size="small" onClick={onElsewhere}>
              {t('unstored.elsewhere')}
            </Button>
          )}
          {!passing && (
            <Button size="small" onClick={() => decisions.drop(first.collection)}>
              {t('unstored.drop')}
            </Button>
          )}
        </>
      }
    >
      <p>{passing ? t('unstored.passing') : api?.message || t('failed.network')}</p>
    </Notice>
  );
}
