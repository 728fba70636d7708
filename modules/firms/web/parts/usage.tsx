import { DataTable } from '#shell/components/data-table.tsx';
import { formatNumber } from '#shell/format';
import type { UsageReport, UsageRow } from '../../contract.ts';
import css from '../firms.module.css';
import { useText } from '../text.ts';

/** What a firm used by month and person, watches as they are now, and the same as CSV. */
export function Usage({
  report,
  error,
  csv,
  onRetry,
}: {
  report: UsageReport | undefined;
  error: unknown;
  /** Address of the CSV. */
  csv: string;
  onRetry: () => void;
}) {
  const t = useText();
  const watches = report?.watches ?? [];
  return (
    <section className={css.section}>
      <h2>{t('firm.usage')}</h2>
      <DataTable<UsageRow>
        caption={t('firm.usage')}
        rows={report?.rows}
        rowKey={(r) => `${r.month} ${r.account}`}
        error={error}
        onRetry={onRetry}
        empty={<p>{t('usage.none')}</p>}
        columns={[
          { id: 'month', title: t('usage.month'), width: 100, cell: (r) => r.month },
          {
            id: 'person',
            title: t('usage.person'),
            cell: (r) => (
              <>
                {r.name}
                <span className={css.sub}>{r.username}</span>
              </>
            ),
          },
          { id: 'export', title: t('usage.export'), align: 'right', cell: (r) => formatNumber(r.export) },
          { id: 'batch', title: t('usage.batch'), align: 'right', cell: (r) => formatNumber(r.batch) },
        ]}
      />
      {watches.length > 0 && (
        <>
          <h3>{t('usage.watches')}</h3>
          <ul className={css.lines}>
            {watches.map((w) => (
              <li key={w.account}>{t('usage.watchesOf', { name: w.name, count: w.now })}</li>
            ))}
          </ul>
        </>
      )}
      {(report?.rows.length ?? 0) > 0 && (
        <p className={css.after}>
          <a href={csv} download>
            {t('usage.csv')}
          </a>
        </p>
      )}
    </section>
  );
}
