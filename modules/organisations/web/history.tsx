import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { organisationHistory } from '../contract.ts';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Every version of an organisation with what it changed, latest first. */
export function History({ id }: { id: string }) {
  const t = useText();
  const found = useQuery(queryOf(organisationHistory, { params: { id } }));
  return (
    <section className={css.section} aria-labelledby="history">
      <h2 id="history">{t('history.title')}</h2>
      {found.error && !found.data ? (
        <ErrorPanel error={found.error} what={t('history.title')} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Skeleton rows={3} />
      ) : (
        <ol className={css.history}>
          {found.data.versions.map((v) => (
            <li key={v.version}>
              <div className={css.when}>
                <time dateTime={v.at}>{formatMoment(v.at)}</time>
                <span className={css.sub}>{v.by}</span>
              </div>
              <div>
                <strong>{v.actionLabel}</strong>
                {v.reason && <span className={css.reason}>{v.reason}</span>}
                {v.diff.length > 0 && (
                  <ul className={css.diff}>
                    {v.diff.map((d) => (
                      <li key={d.key}>
                        <span className={css.diffName}>{d.label}</span>
                        {d.before && <del>{d.before}</del>}
                        {d.before && d.after && ' → '}
                        {d.after && <ins>{d.after}</ins>}
                        {!d.after && d.key !== 'merged' && (
                          <span className={css.none}>{t('history.gone')}</span>
                        )}
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
