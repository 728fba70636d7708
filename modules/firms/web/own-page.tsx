import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call, fileUrl } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import {
  addPerson,
  disablePerson,
  enablePerson,
  FIRMS_PEOPLE,
  getOwnFirm,
  type OneTimePassword,
  type OwnFirm,
  ownUsage,
  ownUsageCsv,
  resetPersonPassword,
} from '../contract.ts';
import { isEmail } from './check.ts';
import { FirmFacts } from './firm-facts.tsx';
import css from './firms.module.css';
import { forgetFirms } from './forget.ts';
import { FeatureTable } from './parts/feature-table.tsx';
import { Failure, issuesOf, TextInput } from './parts/field.tsx';
import { Once } from './parts/once.tsx';
import { People, type PersonAct } from './parts/people.tsx';
import { Usage } from './parts/usage.tsx';
import { useText } from './text.ts';

/** One's own firm: what was granted and is left; for its manager also people and use. */
export function OwnFirmPage() {
  const t = useText();
  const manages = useSession().may(FIRMS_PEOPLE);
  const own = useQuery(queryOf(getOwnFirm, {}));
  if (own.error && !own.data)
    return <ErrorPanel error={own.error} what={t('own.title')} onRetry={() => void own.refetch()} />;
  if (!own.data) return <Skeleton rows={8} />;
  const { firm } = own.data;
  return (
    <article>
      <PageHeader title={firm.name} before={t('own.title')} />
      <Stops own={own.data} />
      <FirmFacts firm={firm} />
      <section className={css.section}>
        <h2>{t('firm.features')}</h2>
        <FeatureTable features={firm.features} />
      </section>
      {manages && (
        <>
          <OwnPeople own={own.data} />
          <OwnUsage />
        </>
      )}
    </article>
  );
}

/** What keeps the reader from using what was granted. */
function Stops({ own: { firm, oneTime } }: { own: OwnFirm }) {
  const t = useText();
  return (
    <>
      {oneTime && (
        <Notice
          tone="attention"
          title={t('own.oneTime')}
          actions={<Link to="/account">{t('own.toAccount')}</Link>}
        >
          <p>{t('own.oneTimeText')}</p>
        </Notice>
      )}
      {firm.state !== 'active' && (
        <Notice
          tone="attention"
          title={t(`own.stopped.${firm.state}`, { until: firm.validUntil, reason: firm.stateReason })}
        >
          <p>{t('own.stoppedText')}</p>
        </Notice>
      )}
    </>
  );
}

function OwnPeople({ own: { firm, people, abilities } }: { own: OwnFirm }) {
  const t = useText();
  const queries = useQueryClient();
  const [made, setMade] = useState<OneTimePassword | null>(null);
  const [adding, setAdding] = useState(false);
  async function act(what: PersonAct, account: string) {
    const params = { account };
    if (what === 'password') setMade(await call(resetPersonPassword, { params }));
    else await call(what === 'disable' ? disablePerson : enablePerson, { params });
    await forgetFirms(queries);
  }
  return (
    <section className={css.section}>
      <h2>{t('firm.people')}</h2>
      {made && <Once made={made} onHide={() => setMade(null)} />}
      {abilities.add && !adding && (
        <div className={css.buttons}>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('own.add')}
          </Button>
        </div>
      )}
      {abilities.people && firm.active >= firm.seats && <p>{t('own.full')}</p>}
      {adding && (
        <AddPerson
          onClose={() => setAdding(false)}
          onMade={(one) => {
            setAdding(false);
            setMade(one);
          }}
        />
      )}
      <People people={people} onAct={(what, person) => act(what, person.account)} />
    </section>
  );
}

function AddPerson({ onMade, onClose }: { onMade: (made: OneTimePassword) => void; onClose: () => void }) {
  const t = useText();
  const queries = useQueryClient();
  const [form, setForm] = useState({ name: '', username: '', email: '' });
  const [shown, setShown] = useState(false);
  const add = useMutation({
    mutationFn: () =>
      call(addPerson, {
        body: { name: form.name, username: form.username, email: form.email.trim() || null },
      }),
    onSuccess: onMade,
    onSettled: () => forgetFirms(queries),
  });
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const missing = (field: 'name' | 'username') =>
    shown && form[field].trim() === '' ? [t('apply.fill')] : issuesOf(add.error, field);
  const email = form.email.trim();
  const emailWrong = shown && email !== '' && !isEmail(email);
  return (
    <FormColumn>
      <form
        aria-label={t('own.addTitle')}
        onSubmit={(event) => {
          event.preventDefault();
          setShown(true);
          const ready = form.name.trim() !== '' && form.username.trim() !== '';
          if (ready && (email === '' || isEmail(email))) add.mutate();
        }}
      >
        <Failure error={add.error} />
        <TextInput
          id="person-name"
          label={t('own.name')}
          required
          issues={missing('name')}
          value={form.name}
          onChange={(name) => set({ name })}
        />
        <TextInput
          id="person-username"
          label={t('own.username')}
          help={t('own.usernameHelp')}
          required
          issues={missing('username')}
          value={form.username}
          onChange={(username) => set({ username })}
        />
        <TextInput
          id="person-email"
          label={t('own.email')}
          help={t('own.emailHelp')}
          type="email"
          issues={emailWrong ? [t('apply.emailWrong')] : issuesOf(add.error, 'email')}
          value={form.email}
          onChange={(next) => set({ email: next })}
        />
        <div className={css.buttons}>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t('own.make')}
          </Button>
          <Button onClick={onClose}>{t('firm.cancel')}</Button>
        </div>
      </form>
    </FormColumn>
  );
}

function OwnUsage() {
  const usage = useQuery(queryOf(ownUsage, {}));
  return (
    <Usage
      report={usage.data}
      error={usage.error}
      csv={fileUrl(ownUsageCsv, {})}
      onRetry={() => void usage.refetch()}
    />
  );
}
