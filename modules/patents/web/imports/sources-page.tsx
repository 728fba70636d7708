import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { DataTable } from '#shell/components/data-table.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queries, queryOf } from '#shell/query';
import { listImports, listSources, type PatentSource } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';
import { useSourceName } from './words.ts';

const SourceDialog = lazy(() => import('./source-dialog.tsx').then((m) => ({ default: m.SourceDialog })));

/** Who says something about patents: licence, order of trust, loads; to be added and changed. */
export function SourcesPage() {
  const t = useText();
  const lang = useLang();
  const nameOf = useSourceName();
  const list = useQuery({ ...queryOf(listSources, {}), staleTime: 0 });
  const [editing, setEditing] = useState<PatentSource | 'new' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  return (
    <article>
      <PageHeader
        title={t('sources.title')}
        subtitle={t('sources.subtitle')}
        before={
          <Link to="/patents/imports" activeOptions={{ exact: true }}>
            {t('imports.title')}
          </Link>
        }
        actions={<Button onClick={() => setEditing('new')}>{t('sources.add')}</Button>}
      />
      {done && (
        <Notice tone="done" title={done}>
          {null}
        </Notice>
      )}
      <DataTable<PatentSource>
        caption={t('sources.title')}
        rows={list.data?.sources}
        rowKey={(row) => row.key}
        total={list.data?.sources.length}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={t('sources.empty')}
        columns={[
          {
            id: 'rank',
            title: t('sources.rank'),
            align: 'right',
            width: 110,
            cell: (row) => formatNumber(row.rank),
          },
          {
            id: 'name',
            title: t('sources.name'),
            cell: (row) => (
              <>
                <span className={css.sourceName}>{nameOf(row)}</span>
                <span className={css.note}>
                  {[row.key, lang === 'zh' ? row.nameEn : row.nameZh].filter(Boolean).join(' · ')}
                </span>
              </>
            ),
          },
          {
            id: 'licence',
            title: t('load.licence'),
            cell: (row) =>
              row.licence === '' ? (
                <span className={css.muted}>{t('sources.noLicence')}</span>
              ) : (
                <span className={css.licence}>{row.licence}</span>
              ),
          },
          {
            id: 'loads',
            title: t('sources.loads'),
            align: 'right',
            width: 110,
            cell: (row) =>
              row.loads === 0 ? (
                '0'
              ) : (
                <Link
                  to="/patents/imports"
                  search={{ source: row.key } as never}
                  aria-label={t('sources.loadsOf', { name: nameOf(row), count: row.loads })}
                >
                  {formatNumber(row.loads)}
                </Link>
              ),
          },
          {
            id: 'change',
            title: t('sources.change'),
            width: 90,
            cell: (row) => (
              <Button
                size="small"
                aria-label={t('sources.changeOf', { name: nameOf(row) })}
                onClick={() => setEditing(row)}
              >
                {t('sources.change')}
              </Button>
            ),
          },
        ]}
      />
      <p className={css.note}>{t('sources.how')}</p>
      {editing && (
        <Suspense>
          <SourceDialog
            source={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
            onDone={(saved, again) => {
              setEditing(null);
              setDone(t(again ? 'sources.savedRank' : 'sources.saved', { name: nameOf(saved) }));
              for (const { path } of [listSources, listImports])
                void queries.invalidateQueries({ queryKey: [path] });
            }}
          />
        </Suspense>
      )}
    </article>
  );
}
