import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, fileUrl } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import {
  changeFirm,
  type FirmDetail,
  firmUsage,
  firmUsageCsv,
  getFirm,
  type OneTimePassword,
  resetManagerPassword,
  setFirmState,
} from '../contract.ts';
import { FirmFacts } from './firm-facts.tsx';
import css from './firms.module.css';
import { forgetFirms } from './forget.ts';
import { FeatureTable } from './parts/feature-table.tsx';
import { Failure, TextInput } from './parts/field.tsx';
import { Once } from './parts/once.tsx';
import { People } from './parts/people.tsx';
import { TermsForm, termsOf, typedTerms } from './parts/terms-form.tsx';
import { Usage } from './parts/usage.tsx';
import { useText } from './text.ts';

/** One firm for those who decide: what it was granted, its people, what it used, and what can become of it. */
export function FirmPage() {
  const t = useText();
  const session = useSession();
  const queries = useQueryClient();
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(getFirm, { params: { id } }));
  const usage = useQuery(queryOf(firmUsage, { params: { id } }));
  const [made, setMade] = useState<OneTimePassword | null>(null);
  if (found.error && !found.data)
    return <ErrorPanel error={found.error} what={t('list.name')} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton rows={8} />;
  const { firm, people } = found.data;
  return (
    <article>
      <PageHeader
        title={firm.name}
        before={
          <Link to="/admin/firms" search={{ show: 'firms' } as never}>
            {t('one.back')}
          </Link>
        }
      />
      {made && <Once made={made} onHide={() => setMade(null)} />}
      <FirmFacts firm={firm} organisation />
      <Changes key={firm.version} detail={found.data} />
      <section className={css.section}>
        <h2>{t('firm.features')}</h2>
        <FeatureTable features={firm.features} />
      </section>
      <section className={css.section}>
        <h2>{t('firm.people')}</h2>
        <People
          people={people}
          onAct={async (_act, person) => {
            const params = { id, account: person.account };
            setMade(await call(resetManagerPassword, { params }));
            await forgetFirms(queries);
          }}
        />
      </section>
      <Usage
        report={usage.data}
        error={usage.error}
        csv={fileUrl(firmUsageCsv, { params: { id } })}
        onRetry={() => void usage.refetch()}
      />
      {session.may('audit.read') && (
        <p className={css.section}>
          <Link to="/admin/audit" search={{ objectType: 'firm', objectId: id } as never}>
            {t('firm.audit')}
          </Link>
        </p>
      )}
    </article>
  );
}

type State = 'active' | 'suspended' | 'ended';

/** Change, suspend, resume, end. */
function Changes({ detail: { firm, abilities } }: { detail: FirmDetail }) {
  const t = useText();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<State | null>(null);
  const [changing, setChanging] = useState(false);
  const { name, version } = firm;
  const words = {
    active: {
      title: t('firm.resumeTitle', { name }),
      action: t('firm.resume'),
      text: '',
      label: t('firm.reason'),
    },
    suspended: {
      ...{ title: t('firm.suspendTitle', { name }), action: t('firm.suspend') },
      ...{ text: t('firm.suspendText'), label: t('firm.reasonShown') },
    },
    ended: {
      ...{ title: t('firm.endTitle', { name }), action: t('firm.end') },
      ...{ text: t('firm.endText'), label: t('firm.reasonShown') },
    },
  };
  return (
    <>
      <div className={css.buttons}>
        {abilities.change && !changing && (
          <Button onClick={() => setChanging(true)}>{t('firm.change')}</Button>
        )}
        {abilities.suspend && <Button onClick={() => setAsking('suspended')}>{t('firm.suspend')}</Button>}
        {abilities.resume && <Button onClick={() => setAsking('active')}>{t('firm.resume')}</Button>}
        {abilities.end && (
          <Button danger onClick={() => setAsking('ended')}>
            {t('firm.end')}
          </Button>
        )}
      </div>
      {changing && <Change firm={firm} onClose={() => setChanging(false)} />}
      {asking && (
        <ConfirmDialog
          open
          danger={asking !== 'active'}
          title={words[asking].title}
          action={words[asking].action}
          reason={{ label: words[asking].label, min: 2 }}
          onClose={() => setAsking(null)}
          onConfirm={async (reason) => {
            await call(setFirmState, { params: { id: firm.id }, body: { version, state: asking, reason } });
            await forgetFirms(queries);
          }}
        >
          {words[asking].text && <p>{words[asking].text}</p>}
        </ConfirmDialog>
      )}
    </>
  );
}

function Change({ firm, onClose }: { firm: FirmDetail['firm']; onClose: () => void }) {
  const t = useText();
  const queries = useQueryClient();
  const [terms, setTerms] = useState(() => typedTerms(firm));
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState(false);
  const save = useMutation({
    mutationFn: (body: NonNullable<ReturnType<typeof termsOf>>) =>
      call(changeFirm, {
        params: { id: firm.id },
        body: { ...body, version: firm.version, reason: reason.trim() },
      }),
    onSuccess: onClose,
    onSettled: () => forgetFirms(queries),
  });
  const missing = shown && reason.trim().length < 2;
  return (
    <section className={css.section}>
      <h2>{t('firm.changeTitle', { name: firm.name })}</h2>
      <FormColumn>
        <Failure error={save.error} />
        {shown && (missing || !termsOf(terms)) && <Notice tone="wrong" title={t('terms.wrong')} />}
        <TermsForm value={terms} shown={shown} error={save.error} onChange={setTerms} />
        <TextInput
          id="change-reason"
          label={t('firm.reason')}
          required
          issues={missing ? [t('apply.fill')] : []}
          value={reason}
          onChange={setReason}
        />
        <div className={css.buttons}>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => {
              setShown(true);
              const body = termsOf(terms);
              if (body && reason.trim().length >= 2) save.mutate(body);
            }}
          >
            {t('firm.save')}
          </Button>
          <Button onClick={onClose}>{t('firm.cancel')}</Button>
        </div>
      </FormColumn>
    </section>
  );
}
