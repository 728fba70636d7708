import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useRef, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { useSignInAsked } from '#shell/sign-in-prompt';
import { getPatent } from '../../contract/record.ts';
import type { PatentHit } from '../../contract/search.ts';
import type { PatentSearch } from '../address.ts';
import { queryFor, searchRequest } from '../search/search-query.ts';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import { stepOf } from './keys.ts';
import css from './review.module.css';
import { ReviewRecord } from './review-record.tsx';

/**
 * Reading one record of a result after another, over the whole window and by keys alone. It begins at a place of the result
 * and goes on over its pages.
 */
export function Review({
  search,
  total,
  size,
  begin,
  onClose,
}: {
  search: PatentSearch;
  /** Records (or families) in the result. */
  total: number;
  size: number;
  /** Place of the first one to read, from 0. */
  begin: number;
  /** Gets the place where reading ended. */
  onClose: (at: number) => void;
}) {
  const t = useText();
  const { Decisions } = useContext(PatentSlots);
  const queries = useQueryClient();
  const [at, setAt] = useState(begin);
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const list = useQuery(searchRequest({ ...queryFor(search, 'none'), page: pageOf(at, size), size }));
  const hit: PatentHit | undefined = list.data?.hits[at % size];
  const record = useQuery({
    ...queryOf(getPatent, { params: { number: hit?.publicationNumber ?? '' } }),
    enabled: hit !== undefined,
  });
  // Nothing outside a modal dialog can be reached: it steps aside while somebody is asked to sign in.
  const aside = useSignInAsked();
  useEffect(() => {
    const shown = dialog.current;
    if (!aside) {
      shown?.showModal();
      body.current?.focus({ preventScroll: true });
    }
    return () => shown?.close();
  }, [aside]);
  const number = hit?.publicationNumber;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new record is read from its beginning.
  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
    body.current?.focus({ preventScroll: true });
  }, [number]);
  const following = list.data?.hits[(at % size) + 1]?.publicationNumber;
  useEffect(() => {
    if (following) void queries.prefetchQuery(queryOf(getPatent, { params: { number: following } }));
    // The next page is fetched while the last records of this one are read.
    else if (at + 1 < total && list.data)
      void queries.prefetchQuery(
        searchRequest({ ...queryFor(search, 'none'), page: pageOf(at + 1, size), size }),
      );
  }, [following, queries, at, total, size, search, list.data]);

  const go = (to: number) => setAt(Math.min(Math.max(to, 0), total - 1));

  function onKeyDown(event: React.KeyboardEvent) {
    const step = stepOf(event.key, {
      typing: event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName),
      modified: event.altKey || event.ctrlKey || event.metaKey,
    });
    if (step === null || event.defaultPrevented) return;
    go(at + step);
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-label={t('review.title')}
      onCancel={(event) => {
        event.preventDefault();
        onClose(at);
      }}
      onKeyDown={onKeyDown}
    >
      <header className={css.head}>
        <strong>{t('review.place', { at: formatNumber(at + 1), total: formatNumber(total) })}</strong>
        <span className={css.steps}>
          <button type="button" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('review.previous')}
          </button>
          <button type="button" disabled={at + 1 >= total} onClick={() => go(at + 1)}>
            {t('review.next')}
          </button>
        </span>
        <span className={css.keys}>{t('review.keys')}</span>
        <button type="button" className={css.close} onClick={() => onClose(at)}>
          {t('review.close')}
        </button>
        {Decisions && (
          <div className={css.decisions}>
            <Decisions number={number} following={following} onNext={() => go(at + 1)} />
          </div>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the text is scrolled by keys. */}
      <div ref={body} className={css.body} tabIndex={0}>
        {(list.error ?? record.error) ? (
          <ErrorPanel
            error={list.error ?? record.error}
            what={t('record.what')}
            onRetry={() => {
              void list.refetch();
              void record.refetch();
            }}
          />
        ) : hit ? (
          <ReviewRecord hit={hit} record={record.data} />
        ) : (
          <Skeleton rows={14} />
        )}
      </div>
    </dialog>
  );
}

const pageOf = (at: number, size: number) => Math.floor(at / size) + 1;
