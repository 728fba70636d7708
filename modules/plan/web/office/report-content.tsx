import type { ReactNode } from 'react';
import type { ReportView } from '#modules/plan/contract';
import { Facts } from '#shell/components/facts.tsx';
import { formatMoment } from '#shell/format';
import { useShellText } from '#shell/i18n';
import { fileHref, sizeText } from './files.ts';
import css from './office.module.css';
import { useText } from './text.ts';

/** What a report says: explanation and evidence below its value. */
export function ReportContent({
  report,
  measured,
}: {
  report: ReportView;
  /** The measured figure and the difference, in words; null where none is measured. */
  measured: ReactNode | null;
}) {
  const t = useText();
  const shell = useShellText();
  return (
    <Facts
      items={[
        { name: t('report.value'), value: <strong className={css.bigValue}>{report.display}</strong> },
        { name: t('report.measured'), value: measured ?? t('asked.notMeasured') },
        {
          name: t('field.explanation'),
          value: <span className={css.longText}>{report.body.explanation || shell('none')}</span>,
        },
        {
          name: t('field.files'),
          value:
            report.files.length === 0 ? (
              shell('none')
            ) : (
              <ul className={css.fileList}>
                {report.files.map((f) => (
                  <li key={f.id}>
                    <a href={fileHref(f.id)} target="_blank" rel="noreferrer">
                      {f.name}
                    </a>{' '}
                    <span className={css.muted}>{sizeText(f.size)}</span>
                  </li>
                ))}
              </ul>
            ),
        },
        {
          name: t('report.submitted'),
          value: t('report.submittedBy', { by: report.submittedBy, at: formatMoment(report.submittedAt) }),
        },
      ]}
    />
  );
}

/** Everything that happened to a report, newest first; the value at each step stays readable. */
export function ReportLog({ log }: { log: ReportView['log'] }) {
  const t = useText();
  const words = {
    submitted: t('log.submitted'),
    returned: t('log.returned'),
    accepted: t('log.accepted'),
    corrected: t('log.corrected'),
    'handed-over': t('log.handedOver'),
  };
  const steps = log.map((entry, index) => ({ ...entry, before: log[index - 1]?.display ?? null }));
  return (
    <ol className={css.log} reversed>
      {steps.toReversed().map((entry) => (
        <li key={`${entry.at} ${entry.action}`}>
          <p className={css.logHead}>
            <strong>{words[entry.action]}</strong> <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
          </p>
          <p className={css.note}>{entry.by}</p>
          {entry.action === 'corrected' && entry.before !== null ? (
            <p>
              <del>{entry.before}</del> → <ins>{entry.display}</ins>
            </p>
          ) : (
            entry.action === 'submitted' && <p>{entry.display}</p>
          )}
          {entry.reason && <p className={css.longText}>{t('log.reason', { reason: entry.reason })}</p>}
        </li>
      ))}
    </ol>
  );
}
