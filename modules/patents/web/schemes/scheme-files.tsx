import { DataTable } from '#shell/components/data-table.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import type { LoadedClassFile } from '../../contract/classes.ts';
import { useText } from '../text.ts';
import css from './schemes.module.css';

/** Which editions are loaded, from which files, on what terms, and what was left out of them. */
export function SchemeFiles({ files }: { files: readonly LoadedClassFile[] }) {
  const t = useText();
  return (
    <section className={css.section} aria-labelledby="files">
      <h2 id="files" className={css.heading}>
        {t('scheme.files')}
      </h2>
      <DataTable<LoadedClassFile>
        caption={t('scheme.files')}
        rows={files}
        rowKey={(row) => row.id}
        total={files.length}
        empty={t('scheme.filesNone')}
        columns={[
          {
            id: 'file',
            title: t('imports.file'),
            cell: (row) => (
              <>
                <span className={css.file}>{row.name}</span>
                <span className={css.note}>{row.licence || t('scheme.noLicence')}</span>
              </>
            ),
          },
          {
            id: 'what',
            title: t('scheme.what'),
            cell: (row) => (
              <>
                {t(`scheme.of.${row.scheme}`)} {row.version}
                <span className={css.note}>
                  {t(`scheme.format.${row.format}`)}
                  {row.lang && ` · ${t(`scheme.lang.${row.lang}`)}`}
                </span>
              </>
            ),
          },
          {
            id: 'use',
            title: t('imports.state'),
            cell: (row) => t(row.inUse ? 'scheme.inUse' : 'scheme.replaced'),
          },
          { id: 'rows', title: t('scheme.rows'), align: 'right', cell: (row) => formatNumber(row.rows) },
          {
            id: 'leftOut',
            title: t('scheme.leftOut'),
            align: 'right',
            cell: (row) =>
              row.leftOut === 0 ? (
                '0'
              ) : (
                <details className={css.faults}>
                  <summary>{formatNumber(row.leftOut)}</summary>
                  <ul>
                    {row.faults.map((fault) => (
                      <li key={`${fault.line} ${fault.reason}`}>
                        {t('scheme.fault', { line: fault.line, reason: fault.reason })}
                      </li>
                    ))}
                  </ul>
                </details>
              ),
          },
          {
            id: 'loaded',
            title: t('scheme.loaded'),
            cell: (row) => (
              <>
                {formatMoment(row.loadedAt)}
                <span className={css.note}>{row.loadedBy}</span>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
