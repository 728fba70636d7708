import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { bulletinDocx, bulletinXlsx, listSnapshots, type SnapshotInfo } from '#modules/plan/contract';
import { fileUrl } from '#shell/api';
import { DataTable } from '#shell/components/data-table.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { useText } from './text.ts';

/** The bulletins that were published, newest year first; earlier editions of a year stay readable. */
export function BulletinsPage() {
  const t = useText();
  const snapshots = useQuery(queryOf(listSnapshots, {}));
  const rows = snapshots.data?.snapshots
    .filter((s) => s.publishedAt !== null)
    .sort((a, b) => b.year.localeCompare(a.year) || b.edition - a.edition);
  return (
    <>
      <PageHeader title={t('bulletins.title')} subtitle={t('bulletins.subtitle')} />
      <DataTable<SnapshotInfo>
        caption={t('bulletins.title')}
        rows={rows}
        rowKey={(s) => `${s.year}-${s.edition}`}
        total={rows?.length}
        loading={snapshots.isFetching}
        error={snapshots.error}
        onRetry={() => void snapshots.refetch()}
        empty={
          <>
            <p>{t('bulletins.empty')}</p>
            <p>
              <Link to="/">{t('bulletins.emptyBoard')}</Link>
            </p>
          </>
        }
        columns={[
          {
            id: 'year',
            title: t('bulletins.year'),
            fixed: true,
            cell: (s) => (
              <Link to="/bulletins/$year/$edition" params={{ year: s.year, edition: String(s.edition) }}>
                {t('bulletins.name', { year: s.year })}
              </Link>
            ),
          },
          {
            id: 'edition',
            title: t('bulletins.edition'),
            cell: (s) => t('bulletins.editionNo', { edition: s.edition }),
          },
          { id: 'asOf', title: t('bulletins.asOf'), cell: (s) => s.asOf },
          { id: 'published', title: t('bulletins.published'), cell: (s) => formatMoment(s.publishedAt!) },
          { id: 'reason', title: t('bulletins.reason'), cell: (s) => s.reason ?? '' },
          {
            id: 'files',
            title: t('bulletins.files'),
            cell: (s) => {
              const params = { year: s.year, edition: s.edition };
              return (
                <>
                  <a href={fileUrl(bulletinDocx, { params })} download>
                    DOCX
                  </a>{' '}
                  <a href={fileUrl(bulletinXlsx, { params })} download>
                    XLSX
                  </a>
                </>
              );
            },
          },
        ]}
      />
    </>
  );
}
