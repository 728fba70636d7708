import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { getForm, type ReportForm, type ReportView } from '#modules/plan/contract';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { keyOf, queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { cityToday, daysBetween } from '../dates.ts';
import { daysWord } from '../tasks/days.ts';
import { useText } from '../text.ts';
import { Editor } from './editor.tsx';
import { Submitted } from './submitted.tsx';
import type { FormKey } from './use-draft.ts';

/** The report of one indicator for one period and area: filled in, or as it was submitted. */
export function FormPage() {
  const t = useText();
  const queries = useQueryClient();
  const session = useSession();
  const { no, period, scope } = useParams({ strict: false }) as unknown as FormKey;
  const key = useMemo(() => ({ no, period, scope }), [no, period, scope]);
  const [submitted, setSubmitted] = useState<string | null>(null);
  // The last one who was signed in: while the session is over, the form stays that person's.
  const [account, setAccount] = useState(session.id);
  if (session.id !== null && session.id !== account) setAccount(session.id);
  const query = useQuery({ ...queryOf(getForm, { params: key }), staleTime: 0, gcTime: 0 });
  // An answer kept from before may be older than the last save: a form is never begun from it.
  const form = query.isFetchedAfterMount ? query.data : undefined;
  const place = `${account} ${no} ${period} ${scope}`;

  function onSubmitted(report: ReportView) {
    setSubmitted(place);
    queries.setQueriesData<ReportForm>({ queryKey: keyOf(getForm) }, (before) =>
      before && String(before.no) === no && before.scope === scope && before.period.id === period
        ? { ...before, report, draft: null, abilities: [] }
        : before,
    );
    window.scrollTo({ top: 0 });
  }

  const refused = query.error && (!form || query.error.status === 403) ? query.error : null;
  return (
    <article>
      <PageHeader
        before={<Link to="/tasks">{t('form.back')}</Link>}
        title={form ? `${form.no} ${form.title}` : t('form.title', { no })}
        subtitle={form && <Subtitle form={form} />}
      />
      {refused ? (
        <ErrorPanel error={refused} what={t('form.title', { no })} onRetry={() => void query.refetch()} />
      ) : !form ? (
        <Skeleton rows={12} />
      ) : form.abilities.includes('save') ? (
        <Editor key={place} form={form} formKey={key} account={account} onSubmitted={onSubmitted} />
      ) : (
        <Submitted form={form} formKey={key} account={account} justNow={submitted === place} />
      )}
    </article>
  );
}

function Subtitle({ form }: { form: ReportForm }) {
  const t = useText();
  const lang = useLang();
  const { label, from, to, due, state } = form.period;
  const open = state === 'open' && form.abilities.includes('save');
  return (
    <>
      {t('form.subtitle', { scope: form.scopeName, label: label[lang], from, to, due })}
      {open && t('form.daysLeft', { days: daysWord(t, daysBetween(cityToday(), due)) })}
    </>
  );
}
