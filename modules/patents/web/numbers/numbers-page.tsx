import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { usePageSearch } from '#shell/page-search';
import { batchLookUp } from '../../contract/export.ts';
import { NumbersSearch } from '../address.ts';
import { useText } from '../text.ts';
import { type BatchAnswer, useKeptBatch } from './batch.ts';
import { BatchBox } from './batch-box.tsx';
import { BatchResult } from './batch-result.tsx';
import css from './numbers.module.css';
import { OneNumber } from './one-number.tsx';

/** Looks numbers up in any spelling: a whole list with what came of each line, or a single one with what it can mean. */
export function NumbersPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(NumbersSearch);
  const [{ text, answer }, keep] = useKeptBatch();
  const result = useRef<HTMLElement>(null);
  const fresh = useRef(false);
  const lookUp = useMutation<BatchAnswer, ApiError, string>({
    mutationFn: (list) => call(batchLookUp, { body: { text: list } }),
    onSuccess: (found) => {
      fresh.current = true;
      keep({ answer: found });
      setSearch({ show: undefined, page: undefined });
    },
  });
  useEffect(() => {
    if (!answer || !fresh.current) return;
    fresh.current = false;
    result.current?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: 'start' });
  }, [answer]);
  return (
    <article>
      <PageHeader
        title={t('numbers.title')}
        subtitle={t('numbers.subtitle')}
        before={
          <Link to="/patents" activeOptions={{ exact: true }}>
            {t('search.title')}
          </Link>
        }
      />
      <div className={css.columns}>
        <BatchBox
          text={text}
          busy={lookUp.isPending}
          onText={(value) => keep({ text: value })}
          onLookUp={() => lookUp.mutate(text)}
        />
        <OneNumber number={search.n} onNumber={(n) => setSearch({ n }, { push: true })} />
      </div>
      {lookUp.error && (
        <ErrorPanel
          error={lookUp.error}
          what={t('numbers.title')}
          onRetry={lookUp.error.passing ? () => lookUp.mutate(text) : undefined}
        />
      )}
      {answer && (
        <BatchResult
          ref={result}
          answer={answer}
          show={search.show}
          page={search.page ?? 1}
          onShow={(show) => setSearch({ show, page: undefined })}
        />
      )}
    </article>
  );
}
