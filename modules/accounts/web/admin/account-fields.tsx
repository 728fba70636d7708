import { Input } from 'antd';
import type { AccountView } from '#modules/accounts/contract';
import { type ApiError, issuesAt } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import css from '../accounts.module.css';
import { useText } from '../text.ts';

/** Name, user name, address and identity-provider link as they are being typed. */
export interface AccountDraft {
  username: string;
  name: string;
  email: string;
  /** Empty: no link. */
  oidcKind: '' | 'subject' | 'email' | 'username';
  oidcValue: string;
}

/** The draft of an account, or an empty one. */
export function draftOf(account?: AccountView): AccountDraft {
  return {
    username: account?.username ?? '',
    name: account?.name ?? '',
    email: account?.email ?? '',
    oidcKind: account?.oidc?.kind ?? '',
    oidcValue: account?.oidc?.value ?? '',
  };
}

/** What the server takes of a draft. */
export function valuesOf(draft: AccountDraft) {
  const kind = draft.oidcKind;
  return {
    username: draft.username.trim(),
    name: draft.name.trim(),
    email: draft.email.trim() || null,
    oidc: kind ? { kind, value: draft.oidcValue.trim() } : null,
  };
}

/** May the draft be sent? */
export function isComplete(draft: AccountDraft): boolean {
  return Boolean(draft.username.trim() && draft.name.trim() && (!draft.oidcKind || draft.oidcValue.trim()));
}

/** The fields shared by a new account and a changed one; `failure` places the server's refusal at its field. */
export function AccountFields({
  draft,
  failure,
  oidc,
  onChange,
}: {
  draft: AccountDraft;
  failure: ApiError | null;
  /** Is there an identity provider? */
  oidc: boolean;
  onChange: (part: Partial<AccountDraft>) => void;
}) {
  const t = useText();
  const taken = takenField(failure);
  const at = (field: 'username' | 'name' | 'email' | 'oidc') => {
    if (taken === field && failure) return [failure.message];
    if (issuesAt(failure, `/body/${field}`).length === 0) return [];
    return [t(`fields.bad.${field}`)];
  };
  return (
    <>
      <FormField
        id="acc-username"
        label={t('own.username')}
        help={t('fields.usernameHelp')}
        required
        issues={at('username')}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            autoCapitalize="none"
            maxLength={63}
            value={draft.username}
            onChange={(e) => onChange({ username: e.target.value })}
          />
        )}
      </FormField>
      <FormField id="acc-name" label={t('own.name')} help={t('fields.nameHelp')} required issues={at('name')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            onChange={(e) => onChange({ name: e.target.value })}
          />
        )}
      </FormField>
      <FormField id="acc-email" label={t('fields.email')} help={t('fields.emailHelp')} issues={at('email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            maxLength={254}
            value={draft.email}
            onChange={(e) => onChange({ email: e.target.value })}
          />
        )}
      </FormField>
      {(oidc || draft.oidcKind) && (
        <>
          <FormField id="acc-oidc-kind" label={t('fields.oidc')} help={t('fields.oidcHelp')}>
            {(control) => (
              <select
                {...control}
                className={css.select}
                value={draft.oidcKind}
                onChange={(e) => onChange({ oidcKind: e.target.value as AccountDraft['oidcKind'] })}
              >
                <option value="">{t('fields.oidcNone')}</option>
                <option value="subject">{t('fields.oidcSubject')}</option>
                <option value="email">{t('fields.oidcEmail')}</option>
                <option value="username">{t('fields.oidcUsername')}</option>
              </select>
            )}
          </FormField>
          {draft.oidcKind && (
            <FormField id="acc-oidc-value" label={t('fields.oidcValue')} required issues={at('oidc')}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  maxLength={255}
                  value={draft.oidcValue}
                  onChange={(e) => onChange({ oidcValue: e.target.value })}
                />
              )}
            </FormField>
          )}
        </>
      )}
    </>
  );
}

/** Does the refusal belong to a field that {@link AccountFields} shows? */
export function isPlaced(failure: ApiError | null): boolean {
  const fields = ['username', 'name', 'email', 'oidc'];
  return takenField(failure) !== null || fields.some((f) => issuesAt(failure, `/body/${f}`).length > 0);
}

/** Which field holds something that belongs to another account; the answer names it in words. */
function takenField(failure: ApiError | null): 'username' | 'email' | 'oidc' | null {
  if (failure?.code !== 'account_exists') return null;
  const names = {
    'user name': 'username',
    'e-mail address': 'email',
    'identity at the provider': 'oidc',
  } as const;
  return names[failure.params.field_en as keyof typeof names] ?? null;
}
