import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { FormColumn } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import {
  type Application,
  declineApplication,
  FEATURE_TEXT,
  getApplication,
  grantApplication,
  type OneTimePassword,
} from '../contract.ts';
import css from './firms.module.css';
import { forgetFirms } from './forget.ts';
import { Failure, issuesOf, TextInput } from './parts/field.tsx';
import { Once } from './parts/once.tsx';
import { TermsForm, type TypedTerms, termsOf } from './parts/terms-form.tsx';
import { useText } from './text.ts';

/** One application: what was asked, who that is, and the decision. */
export function ApplicationPage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(getApplication, { params: { id } }));
  const [made, setMade] = useState<OneTimePassword | null>(null);
  if (found.error && !found.data)
    return (
      <ErrorPanel error={found.error} what={t('one.application')} onRetry={() => void found.refetch()} />
    );
  if (!found.data) return <Skeleton rows={8} />;
  const { application: a, abilities } = found.data;
  return (
    <article>
      <PageHeader title={a.name} before={<Link to="/admin/firms">{t('one.back')}</Link>} />
      {made && <Once made={made} onHide={() => setMade(null)} />}
      <section className={css.section}>
        <h2>{t('one.application')}</h2>
        <Facts
          items={[
            { name: t('list.state'), value: <strong>{t(`app.${a.state}`)}</strong> },
            { name: t('firm.code'), value: a.code },
            { name: t('list.contact'), value: a.contact },
            { name: t('one.phone'), value: a.phone },
            { name: t('one.email'), value: a.email },
            {
              name: t('apply.features'),
              value: a.features.map((f) => FEATURE_TEXT[f].title[lang]).join(' · ') || null,
            },
            { name: t('list.seats'), value: a.seats },
            { name: t('one.reason'), value: a.reason },
            { name: t('list.sent'), value: formatMoment(a.sentAt) },
            { name: t('receipt.decided'), value: a.decidedAt && formatMoment(a.decidedAt) },
            { name: t('one.decidedBy'), value: a.decidedBy },
            { name: t('one.declined'), value: a.decisionReason || null },
            {
              name: t('one.firm'),
              value: a.firm && (
                <Link to="/admin/firms/$id" params={{ id: a.firm }}>
                  {t('one.open')}
                </Link>
              ),
            },
          ]}
        />
      </section>
      <Who found={found.data} />
      {abilities.decide && <Decide application={a} onGranted={setMade} />}
    </article>
  );
}

type Found = Awaited<ReturnType<NonNullable<ReturnType<typeof queryOf<typeof getApplication>>['queryFn']>>>;

function Who({ found }: { found: Found }) {
  const t = useText();
  const { organisation, sameName, firms, others } = found;
  return (
    <section className={css.section}>
      <h2>{t('one.who')}</h2>
      <Facts
        items={[
          {
            name: t('one.organisation'),
            value: organisation ? (
              <Link to="/organisations/$id" params={{ id: organisation.id }}>
                {organisation.name} · {organisation.code ?? t('one.noCode')}
              </Link>
            ) : (
              t('one.newOrganisation')
            ),
          },
          {
            name: t('one.sameName'),
            value: sameName.length > 0 && (
              <ul className={css.lines}>
                {sameName.map((o) => (
                  <li key={`${o.id} ${o.kind}`}>
                    <Link to="/organisations/$id" params={{ id: o.id }}>
                      {o.name}
                    </Link>
                    <span className={css.sub}>
                      {t(`one.same.${o.kind}`)} · {o.code ?? t('one.noCode')}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            name: t('one.firms'),
            value: firms.length > 0 && (
              <ul className={css.lines}>
                {firms.map((f) => (
                  <li key={f.id}>
                    <Link to="/admin/firms/$id" params={{ id: f.id }}>
                      {f.name}
                    </Link>
                    <span className={css.sub}>{t(`state.${f.state}`)}</span>
                  </li>
                ))}
              </ul>
            ),
          },
          { name: t('one.others'), value: others > 0 && t('one.othersCount', { count: others }) },
        ]}
      />
    </section>
  );
}

/** A year from today, as most grants are. */
function inAYear(): string {
  const now = new Date();
  return `${now.getFullYear() + 1}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(
    Math.min(now.getDate(), 28),
  ).padStart(2, '0')}`;
}

function Decide({
  application: a,
  onGranted,
}: {
  application: Application;
  onGranted: (made: OneTimePassword) => void;
}) {
  const t = useText();
  const queries = useQueryClient();
  const params = { id: a.id };
  const [username, setUsername] = useState(`firm-${a.code.slice(-8).toLowerCase()}`);
  const [terms, setTerms] = useState<TypedTerms>({
    limits: Object.fromEntries(a.features.map((f) => [f, ''])),
    seats: String(a.seats),
    until: inAYear(),
  });
  const [shown, setShown] = useState(false);
  const [declining, setDeclining] = useState(false);
  const grant = useMutation({
    mutationFn: (body: NonNullable<ReturnType<typeof termsOf>>) =>
      call(grantApplication, { params, body: { ...body, version: a.version, username: username.trim() } }),
    onSuccess: ({ manager }) => onGranted(manager),
    onSettled: () => forgetFirms(queries),
  });
  return (
    <section className={css.section}>
      <h2>{t('one.decide')}</h2>
      <FormColumn>
        <Failure error={grant.error} />
        <TermsForm value={terms} shown={shown} error={grant.error} onChange={setTerms} />
        <TextInput
          id="username"
          label={t('one.username')}
          help={t('one.usernameHelp', { contact: a.contact, email: a.email })}
          required
          issues={issuesOf(grant.error, 'username')}
          value={username}
          onChange={setUsername}
        />
        <div className={css.buttons}>
          <Button
            type="primary"
            loading={grant.isPending}
            onClick={() => {
              setShown(true);
              const body = termsOf(terms);
              if (body) grant.mutate(body);
            }}
          >
            {t('one.grant')}
          </Button>
          <Button danger onClick={() => setDeclining(true)}>
            {t('one.decline')}
          </Button>
        </div>
      </FormColumn>
      {declining && (
        <ConfirmDialog
          open
          danger
          title={t('one.declineTitle', { name: a.name })}
          action={t('one.decline')}
          reason={{ label: t('one.reasonLabel'), min: 2 }}
          onClose={() => setDeclining(false)}
          onConfirm={async (reason) => {
            await call(declineApplication, { params, body: { version: a.version, reason } });
            await forgetFirms(queries);
          }}
        >
          <p>{t('one.declineText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
