import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, Notice } from '#shell/components/form.tsx';
import { readDate } from '#shell/components/read-date';
import { formatMoment } from '#shell/format';
import { keyOf, queryOf } from '#shell/query';
import { createToken, listTokens, revokeToken } from '../contract.ts';
import css from './accounts.module.css';
import { Failure, fieldIssues } from './failure.tsx';
import { TextInput } from './field.tsx';
import { useText } from './text.ts';

/** Access tokens of one account, or one's own; a new one's value is shown this once. */
export function Tokens({ userId }: { userId?: string }) {
  const t = useText();
  const queries = useQueryClient();
  const list = useQuery(queryOf(listTokens, { query: { userId } }));
  const [name, setName] = useState('');
  const [until, setUntil] = useState('');
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey: keyOf(listTokens) });
  const day = until.trim() ? readDate(until) : null;
  const wrongDay = until.trim() !== '' && day === null;
  const make = useMutation({
    mutationFn: () =>
      call(createToken, {
        body: { name: name.trim(), userId, expiresAt: day ? `${day}T23:59:59+08:00` : null },
      }),
    onSuccess: () => {
      setName('');
      setUntil('');
      refresh();
    },
  });
  return (
    <>
      <p className={css.muted}>{t('tokens.text')}</p>
      {make.data && (
        <Notice
          tone="done"
          title={t('tokens.once')}
          actions={
            <>
              <Button onClick={() => void navigator.clipboard?.writeText(make.data.token)}>
                {t('copy')}
              </Button>
              <Button onClick={() => make.reset()}>{t('tokens.kept')}</Button>
            </>
          }
        >
          <code className={css.secret}>{make.data.token}</code>
        </Notice>
      )}
      {list.error && <ErrorPanel error={list.error} what={t('tokens')} />}
      {list.data?.tokens.length === 0 && <p>{t('tokens.none')}</p>}
      <ul className={css.rows}>
        {list.data?.tokens.map((token) => (
          <li key={token.id}>
            <div className={css.rowHead}>
              <span>
                <strong>{token.name}</strong> <code>…{token.hint}</code> {t(`tokens.${token.state}`)}
              </span>
              {token.abilities.revoke && (
                <Button danger size="small" onClick={() => setRevoking(token)}>
                  {t('tokens.revoke')}
                </Button>
              )}
            </div>
            <span className={css.sub}>
              {[
                t('tokens.createdAt', { at: formatMoment(token.createdAt) }),
                token.expiresAt && t('tokens.expiresAt', { at: formatMoment(token.expiresAt) }),
                token.lastUsedAt
                  ? t('tokens.usedAt', { at: formatMoment(token.lastUsedAt) })
                  : t('tokens.neverUsed'),
                token.revokedAt && t('tokens.revokedAt', { at: formatMoment(token.revokedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <FormColumn>
        <h3 style={{ margin: '16px 0 8px' }}>{t('tokens.make')}</h3>
        <Failure error={make.error} />
        <TextInput
          id="token-name"
          label={t('tokens.name')}
          help={t('tokens.nameHelp')}
          required
          issues={fieldIssues(make.error, 'name')}
          value={name}
          onChange={setName}
        />
        <TextInput
          id="token-until"
          label={t('tokens.until')}
          help={t('tokens.untilHelp')}
          issues={wrongDay ? [t('tokens.untilWrong')] : fieldIssues(make.error, 'expiresAt')}
          value={until}
          onChange={setUntil}
        />
        <Button disabled={!name.trim() || wrongDay} loading={make.isPending} onClick={() => make.mutate()}>
          {t('tokens.make')}
        </Button>
      </FormColumn>
      {revoking && (
        <ConfirmDialog
          open
          danger
          title={t('tokens.revokeTitle', { name: revoking.name })}
          action={t('tokens.revoke')}
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await call(revokeToken, { params: { id: revoking.id } });
            refresh();
          }}
        >
          <p>{t('tokens.revokeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
