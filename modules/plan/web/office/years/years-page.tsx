import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import {
  bulletinDocx,
  bulletinXlsx,
  freezeYear,
  getPlan,
  listPeriods,
  listSnapshots,
  publishSnapshot,
  type SnapshotInfo,
} from '#modules/plan/contract';
import { call, fileUrl } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queryOf } from '#shell/query';
import { randomKey } from '../form/local-copy.ts';
import css from '../office.module.css';
import { useText } from '../text.ts';

type Asking = { what: 'freeze'; year: string; edition: number } | { what: 'publish'; snapshot: SnapshotInfo };

/** Years: what still stands against freezing one, its editions with their fingerprints, and publishing. */
export function YearsPage() {
  const t = useText();
  const queries = useQueryClient();
  const query = useQuery({ ...queryOf(listSnapshots, {}), staleTime: 5_000 });
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<string | null>(null);
  // One key for one intention: pressing again after a lost answer does not make another edition.
  const key = useRef<string | null>(null);
  const data = query.data;

  function finished(text: string) {
    setDone(text);
    for (const endpoint of [listSnapshots, listPeriods, getPlan])
      void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
  }

  const years = data?.candidates.map((c) => ({
    ...c,
    editions: data.snapshots.filter((s) => s.year === c.year),
  }));
  return (
    <article>
      <PageHeader title={t('years.title')} subtitle={t('years.subtitle')} />
      {done && <Notice tone="done" title={done} />}
      {query.error && !data ? (
        <ErrorPanel error={query.error} what={t('years.title')} onRetry={() => void query.refetch()} />
      ) : !years ? (
        <Skeleton rows={10} />
      ) : (
        years.toReversed().map((y) => (
          <section key={y.year} className={css.year} aria-labelledby={`year-${y.year}`}>
            <div className={css.yearHead}>
              <h2 id={`year-${y.year}`}>{t('years.year', { year: y.year })}</h2>
              <Button
                type={y.editions.length === 0 ? 'primary' : 'default'}
                disabled={y.blockers.length > 0}
                onClick={() => {
                  key.current = randomKey();
                  setAsking({ what: 'freeze', year: y.year, edition: y.editions.length + 1 });
                }}
              >
                {y.editions.length === 0 ? t('years.freeze') : t('years.refreeze')}
              </Button>
            </div>
            {y.blockers.length > 0 ? (
              <Notice tone="attention" title={t('years.blocked')}>
                <ul className={css.blockers}>
                  {y.blockers.map((b) => (
                    <li key={b}>{b}</li>
                  ))}
                </ul>
              </Notice>
            ) : (
              y.editions.length === 0 && <p className={css.muted}>{t('years.ready')}</p>
            )}
            {y.editions.map((s) => (
              <Edition
                key={s.edition}
                snapshot={s}
                onPublish={() => setAsking({ what: 'publish', snapshot: s })}
              />
            ))}
          </section>
        ))
      )}
      {asking?.what === 'freeze' && (
        <ConfirmDialog
          open
          title={t('years.freezeTitle', { year: asking.year, edition: asking.edition })}
          action={asking.edition === 1 ? t('years.freeze') : t('years.refreeze')}
          reason={asking.edition > 1 ? { label: t('years.reason'), min: 2 } : undefined}
          onClose={() => setAsking(null)}
          onConfirm={async (reason) => {
            const s = await call(freezeYear, {
              params: { year: asking.year },
              body: { key: key.current ?? randomKey(), ...(reason && { reason }) },
            });
            finished(t('years.frozen', { year: s.year, edition: s.edition, hash: s.hash.slice(0, 12) }));
          }}
        >
          <p>{asking.edition === 1 ? t('years.freezeText') : t('years.refreezeText')}</p>
        </ConfirmDialog>
      )}
      {asking?.what === 'publish' && (
        <ConfirmDialog
          open
          title={t('years.publishTitle', { year: asking.snapshot.year, edition: asking.snapshot.edition })}
          action={t('years.publish')}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            const { year, edition } = asking.snapshot;
            const s = await call(publishSnapshot, { params: { year, edition } });
            finished(t('years.published', { year: s.year, edition: s.edition }));
          }}
        >
          <p>{t('years.publishText')}</p>
        </ConfirmDialog>
      )}
    </article>
  );
}

/** One edition of a frozen year with what proves it. */
function Edition({ snapshot: s, onPublish }: { snapshot: SnapshotInfo; onPublish: () => void }) {
  const t = useText();
  const params = { year: s.year, edition: s.edition };
  return (
    <div className={css.edition}>
      <div className={css.yearHead}>
        <h3>
          {t('years.edition', { edition: s.edition })}{' '}
          <span className={css.state} data-state={s.publishedAt ? 'accepted' : 'submitted'}>
            <span aria-hidden="true">{s.publishedAt ? '●' : '◆'}</span>{' '}
            {s.publishedAt ? t('years.isPublished') : t('years.notPublished')}
          </span>
        </h3>
        {s.abilities.includes('publish') && <Button onClick={onPublish}>{t('years.publish')}</Button>}
      </div>
      <Facts
        items={[
          { name: t('years.asOf'), value: s.asOf },
          {
            name: t('years.frozenAt'),
            value: t('report.submittedBy', { by: s.frozenBy, at: formatMoment(s.frozenAt) }),
          },
          { name: t('years.publishedAt'), value: s.publishedAt && formatMoment(s.publishedAt) },
          { name: t('years.reason'), value: s.reason },
          { name: t('years.hash'), value: <code className={css.code}>{s.hash}</code> },
          { name: t('years.key'), value: <code className={css.code}>{s.keyId}</code> },
          {
            name: t('years.bulletin'),
            value: (
              <span className={css.buttons}>
                <Link to="/bulletins/$year/$edition" params={{ year: s.year, edition: String(s.edition) }}>
                  {t('years.bulletinPage')}
                </Link>
                <a href={fileUrl(bulletinDocx, { params })} download>
                  DOCX
                </a>
                <a href={fileUrl(bulletinXlsx, { params })} download>
                  XLSX
                </a>
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
