import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { listTasks, type ReportForm } from '#modules/plan/contract';
import { Notice } from '#shell/components/form.tsx';
import { formatMoment, withUnit } from '#shell/format';
import { queryOf } from '#shell/query';
import css from '../office.module.css';
import { ReportContent, ReportLog } from '../report-content.tsx';
import { StateMark } from '../state-mark.tsx';
import { nextTask } from '../tasks/groups.ts';
import { useText } from '../text.ts';
import { Asked } from './asked.tsx';
import { entryOf } from './entry.ts';
import { EntryFacts } from './entry-facts.tsx';
import { PartCompares } from './part-compares.tsx';
import { type FormKey, localCopy } from './use-draft.ts';
import { figure } from './words.ts';

/** A form that cannot be filled in: reported already, or the period is not open. */
export function Submitted({
  form,
  formKey,
  account,
  justNow,
}: {
  form: ReportForm;
  formKey: FormKey;
  account: string | null;
  /** Submitted on this page a moment ago. */
  justNow: boolean;
}) {
  const t = useText();
  const { report } = form;
  const { data } = useQuery({ ...queryOf(listTasks, {}), enabled: justNow });
  const next = data && nextTask(data.tasks, formKey);
  return (
    <>
      {justNow && report && (
        <Notice
          tone="done"
          title={t('submitted.title', { value: report.display, at: formatMoment(report.submittedAt) })}
          actions={
            <>
              {next && (
                <Link
                  to="/tasks/$no/$period/$scope"
                  params={{ no: String(next.no), period: next.period, scope: next.scope }}
                >
                  {t('submitted.next', { no: next.no, title: next.title, due: next.due })}
                </Link>
              )}
              <Link to="/tasks">{t('submitted.back')}</Link>
            </>
          }
        >
          <p>{t('submitted.text')}</p>
        </Notice>
      )}
      {!report && <Notice tone="attention" title={t(`closed.${form.period.state}`)} />}
      <Leftover form={form} formKey={formKey} account={account} />
      <div className={css.record}>
        <div>
          {report && (
            <>
              <p>
                <StateMark state={report.state} />
              </p>
              <ReportContent
                report={report}
                measured={
                  report.measuredParts.length > 0 ? (
                    <PartCompares report={report} />
                  ) : form.measured === null ? null : (
                    withUnit(figure(Number(form.measured.toFixed(Math.max(form.decimals, 2)))), form.unit)
                  )
                }
              />
            </>
          )}
          {!report && form.draft && (
            <section>
              <h2>
                {t('closed.draft', { holder: form.draft.holder, at: formatMoment(form.draft.savedAt) })}
              </h2>
              <EntryFacts form={form} entry={entryOf(form, form.draft.body, form.draft.files)} />
            </section>
          )}
          <section className={css.section}>
            <h2>{t('form.asked')}</h2>
            <Asked form={form} />
          </section>
        </div>
        {report && (
          <aside aria-label={t('log.title')}>
            <h2>{t('log.title')}</h2>
            <ReportLog log={report.log} />
          </aside>
        )}
      </div>
    </>
  );
}

/** Text typed here that never reached the server: shown until its writer gives it up. */
function Leftover({
  form,
  formKey,
  account,
}: {
  form: ReportForm;
  formKey: FormKey;
  account: string | null;
}) {
  const t = useText();
  const local = useMemo(() => localCopy(account, formKey), [account, formKey]);
  const [kept, setKept] = useState(() => local.read());
  if (!kept) return null;
  return (
    <Notice
      tone="attention"
      title={t('leftover.title', { at: formatMoment(kept.at) })}
      actions={
        <Button
          size="small"
          onClick={() => {
            local.discard();
            setKept(null);
          }}
        >
          {t('leftover.drop')}
        </Button>
      }
    >
      <p>{t('leftover.text')}</p>
      <EntryFacts form={form} entry={kept.entry} />
    </Notice>
  );
}
