import { useEffect } from 'react';
import { Notice } from '#shell/components/form.tsx';
import { formatNumber } from '#shell/format';
import type { PatentPage } from '../../contract/search.ts';
import type { PatentSearch } from '../address.ts';
import type { ChangeSearch } from '../search/use-search.ts';
import { useText } from '../text.ts';
import { asAddress, hasReferences, readQuery } from './read.ts';
import css from './reading.module.css';
import { rememberReference } from './references.ts';

/** How much was found, and how the query was understood: in full, each condition with a way to leave it out. */
export function Reading({
  page,
  search,
  onChange,
}: {
  page: PatentPage;
  search: PatentSearch;
  onChange: ChangeSearch;
}) {
  const t = useText();
  const local = readQuery(search.q ?? '', search.dialect);
  const parts = local.state === 'good' ? local.parts : [];
  const { query, history } = page;
  const asked = search.q ?? '';
  useEffect(() => {
    if (history !== null && asked !== '') rememberReference(history, asked);
  }, [history, asked]);
  // Chosen values stand below as chips; what a reference stands for only the server knows.
  const whole =
    query && (local.state !== 'good' || hasReferences(local.parsed.expr)) ? query.reading : parts[0]?.text;
  return (
    <div className={css.reading}>
      <p role="status" className={css.totals}>
        <strong>{t('searched.total', { count: page.total, total: formatNumber(page.total) })}</strong>
        {page.families !== null && (
          <strong>
            {t('searched.families', { count: page.families, total: formatNumber(page.families) })}
          </strong>
        )}
        {page.total > 0 && (
          <span className={css.muted}>
            {page.reachable === page.total
              ? t('searched.reachable')
              : t('searched.unreachable', { total: formatNumber(page.reachable) })}
          </span>
        )}
        {history !== null && (
          <span className={css.muted} title={t('searched.historyHelp', { number: history })}>
            {t('searched.history', { number: history })}
          </span>
        )}
        <span className={css.muted}>{t('searched.took', { seconds: (page.tookMs / 1000).toFixed(2) })}</span>
      </p>
      {query === null ? (
        <p className={css.muted}>{t('searched.everything')}</p>
      ) : local.state === 'empty' ? null : (
        <div className={css.line}>
          <span className={css.name}>{t('searched.reading')}</span>
          {parts.length > 1 ? (
            <ul className={css.parts} aria-label={t('searched.label')}>
              {parts.map((part, i) => (
                <li key={part.text}>
                  {i > 0 && !part.text.startsWith('NOT ') && <span className={css.and}>AND</span>}
                  <code>{part.text}</code>
                  <button
                    type="button"
                    aria-label={t('searched.remove', { condition: part.text })}
                    title={t('searched.remove', { condition: part.text })}
                    onClick={() => onChange(asAddress(part.without))}
                  >
                    <span aria-hidden="true">✕</span>
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <code className={css.whole}>{whole}</code>
          )}
        </div>
      )}
      {local.state === 'good' && parts.length > 1 && hasReferences(local.parsed.expr) && (
        <p className={css.muted}>{query?.reading}</p>
      )}
      {query && query.warnings.length > 0 && (
        <Notice tone="attention">
          <ul className={css.warnings}>
            {query.warnings.map((warning) => (
              <li key={`${warning.code} ${warning.offset} ${warning.message}`}>{warning.message}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}
