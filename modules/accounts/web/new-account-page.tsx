import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { FormBar, FormColumn, FormSection } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { keyOf } from '#shell/query';
import { createAccount, listAccounts } from '../contract.ts';
import { Failure, fieldIssues } from './failure.tsx';
import { TextInput } from './field.tsx';
import { type GrantEntry, GrantsForm, grantsBody } from './grants-form.tsx';
import { OidcFields, type OidcKind } from './oidc-fields.tsx';
import { useText } from './text.ts';

/** Makes an account with its roles; without a password it signs in through the identity provider. */
export function NewAccountPage() {
  const t = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form, setForm] = useState({ username: '', name: '', email: '', password: '' });
  const [oidc, setOidc] = useState<{ kind: OidcKind; value: string }>({ kind: 'username', value: '' });
  const [grants, setGrants] = useState<GrantEntry[]>([]);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const make = useMutation({
    mutationFn: () =>
      call(createAccount, {
        body: {
          username: form.username.trim(),
          name: form.name.trim(),
          ...(form.password && { password: form.password }),
          ...(form.email.trim() && { email: form.email.trim() }),
          ...(oidc.value.trim() && { oidc: { kind: oidc.kind, value: oidc.value.trim() } }),
          grants: grantsBody(grants),
        },
      }),
    onSuccess: (account) => {
      void queries.invalidateQueries({ queryKey: keyOf(listAccounts) });
      void navigate({ to: '/admin/accounts/$id', params: { id: account.id } });
    },
  });
  return (
    <article>
      <PageHeader title={t('accounts.add')} before={<Link to="/admin/accounts">{t('accounts.back')}</Link>} />
      <FormColumn>
        <Failure error={make.error} />
        <FormSection number={1} title={t('section.person')}>
          <TextInput
            id="username"
            label={t('username')}
            help={t('username.help')}
            required
            issues={fieldIssues(make.error, 'username')}
            value={form.username}
            onChange={(username) => set({ username })}
          />
          <TextInput
            id="name"
            label={t('name')}
            required
            issues={fieldIssues(make.error, 'name')}
            value={form.name}
            onChange={(name) => set({ name })}
          />
          <TextInput
            id="email"
            label={t('email')}
            help={t('email.help')}
            issues={fieldIssues(make.error, 'email')}
            value={form.email}
            onChange={(email) => set({ email })}
          />
        </FormSection>
        <FormSection number={2} title={t('section.signIn')}>
          <TextInput
            id="password"
            label={t('password.first')}
            help={t('password.firstHelp')}
            secret="new-password"
            issues={fieldIssues(make.error, 'password', ['password_weak'])}
            value={form.password}
            onChange={(password) => set({ password })}
          />
          <OidcFields value={oidc} onChange={setOidc} issues={fieldIssues(make.error, 'oidc')} />
        </FormSection>
        <FormSection number={3} title={t('grants')}>
          <GrantsForm value={grants} onChange={setGrants} />
        </FormSection>
        <FormBar>
          <span />
          <Button onClick={() => void navigate({ to: '/admin/accounts' })}>{t('cancel')}</Button>
          <Button type="primary" loading={make.isPending} onClick={() => make.mutate()}>
            {t('accounts.make')}
          </Button>
        </FormBar>
      </FormColumn>
    </article>
  );
}
