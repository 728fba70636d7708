import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { getMe } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { keyOf, queryOf } from '#shell/query';
import css from '../accounts.module.css';
import { GrantList } from '../grant-list.tsx';
import { useText } from '../text.ts';
import { Tokens } from '../tokens.tsx';
import { endOtherSessions } from './auth-calls.ts';
import { PasswordSection } from './password-section.tsx';
import { TwoFactorSection } from './two-factor-section.tsx';

/** The own account: roles, password, second step, other sessions, tokens. */
export function OwnPage() {
  const t = useText();
  const words = useFailureText();
  const queries = useQueryClient();
  const { data } = useQuery(queryOf(getMe, {}, { interactive: false }));
  const sessions = useAct();
  const [ended, setEnded] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: keyOf(getMe) });
  if (!data?.security) return <Skeleton rows={10} />;
  const { actor, grants, security } = data;
  return (
    <article>
      <PageHeader title={t('own.title')} subtitle={actor.name} />
      <Facts
        items={[
          { name: t('own.username'), value: actor.username },
          { name: t('own.name'), value: actor.name },
          { name: t('own.roles'), value: <GrantList grants={grants} /> },
        ]}
      />
      <section className={css.section}>
        <h2>{t('password.title')}</h2>
        <PasswordSection hasPassword={security.hasPassword} />
      </section>
      <section className={css.section}>
        <h2>{t('twoFactor.title')}</h2>
        <TwoFactorSection
          on={security.twoFactor}
          hasPassword={security.hasPassword}
          onChanged={() => void refresh()}
        />
      </section>
      <section className={css.section}>
        <h2>{t('sessions.title')}</h2>
        {sessions.failure && <Notice tone="wrong" title={words(sessions.failure)} />}
        {ended && <Notice tone="done" title={t('sessions.ended')} />}
        <p>{t('sessions.text')}</p>
        <Button
          loading={sessions.busy}
          onClick={() => void sessions.run(endOtherSessions).then((worked) => setEnded(worked))}
        >
          {t('sessions.end')}
        </Button>
      </section>
      <section className={css.section}>
        <h2>{t('tokens.title')}</h2>
        <p className={css.note}>{t('tokens.text')}</p>
        <Tokens />
      </section>
    </article>
  );
}
