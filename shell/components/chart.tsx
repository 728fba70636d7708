import { lazy, Suspense, useCallback, useId, useRef, useState } from 'react';
import { download, toCsv } from '../csv.ts';
import { formatNumber, NO_FIGURE } from '../format.ts';
import { useShellText } from '../i18n.ts';
import css from './chart.module.css';
import { type ChartModel, tableOf } from './chart-model.ts';
import { Skeleton } from './skeleton.tsx';

export type { ChartModel, ChartPoint, ChartSeries } from './chart-model.ts';

const ChartCanvas = lazy(() => import('./chart-canvas.tsx').then((m) => ({ default: m.ChartCanvas })));

/**
 * A chart with everything that belongs to it: a title that names subject and unit, source and date below, the table behind
 * it one press away, PNG and CSV. The drawing library is loaded when the first chart is shown.
 */
export function Chart({
  title,
  model,
  source,
  asOf,
  xTitle,
  height = 280,
}: {
  /** Subject; the unit is added. */
  title: string;
  model: ChartModel;
  source: string;
  asOf: string;
  /** Head of the first column of the table. */
  xTitle: string;
  height?: number;
}) {
  const t = useShellText();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const toPng = useRef<(() => Promise<Blob | null>) | null>(null);
  const onReady = useCallback((png: () => Promise<Blob | null>) => {
    toPng.current = png;
  }, []);
  const table = tableOf(model, xTitle);
  const fullTitle = model.unit ? t('chart.title', { title, unit: model.unit }) : title;
  const fileName = `${title} ${asOf}`;

  async function savePng() {
    const blob = await toPng.current?.();
    if (blob) download(`${fileName}.png`, blob);
  }

  return (
    <figure className={css.chart} aria-labelledby={id}>
      <div className={css.head}>
        <figcaption id={id} className={css.title}>
          {fullTitle}
        </figcaption>
        <span className={`${css.tools} no-print`}>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t('chart.table')}
          </button>
          {!asTable && (
            <button type="button" onClick={() => void savePng()}>
              PNG
            </button>
          )}
          <button
            type="button"
            onClick={() => download(`${fileName}.csv`, toCsv([table.head, ...table.rows]))}
          >
            CSV
          </button>
        </span>
      </div>
      {asTable ? (
        <div className={css.tableBox}>
          <table>
            <thead>
              <tr>
                {table.head.map((h) => (
                  <th key={h} scope="col">
                    {h}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={String(row[0])}>
                  {row.map((value, i) =>
                    i === 0 ? (
                      <th key={table.head[i]} scope="row">
                        {value}
                      </th>
                    ) : (
                      <td key={table.head[i]}>
                        {typeof value === 'number' ? formatNumber(value, model.decimals) : NO_FIGURE}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div style={{ height }} role="img" aria-label={t('chart.aria', { title: fullTitle })}>
          <Suspense fallback={<Skeleton rows={5} />}>
            <ChartCanvas
              model={model}
              height={height}
              title={fullTitle}
              foot={t('chart.foot', { source, asOf })}
              onReady={onReady}
            />
          </Suspense>
        </div>
      )}
      <p className={css.foot}>{t('chart.foot', { source, asOf })}</p>
    </figure>
  );
}
