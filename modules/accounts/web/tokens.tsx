import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { EndpointResponse } from '#kernel/http/contract';
import { createToken, listTokens, revokeToken } from '#modules/accounts/contract';
import { useAct, useFailureText } from '#shell/act';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { DataTable } from '#shell/components/data-table.tsx';
import { FormField, Notice } from '#shell/components/form.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queryOf } from '#shell/query';
import css from './accounts.module.css';
import { SecretOnce } from './secret-once.tsx';
import { useText } from './text.ts';

type Token = EndpointResponse<typeof listTokens>['tokens'][number];

const lives = [30, 90, 365, 0] as const;

/** API tokens of one account: made here and shown once, revoked at once. Without `userId` one's own. */
export function Tokens({ userId }: { userId?: string }) {
  const t = useText();
  const words = useFailureText();
  const id = useId();
  const queries = useQueryClient();
  const act = useAct();
  const query = useQuery(queryOf(listTokens, { query: { userId } }));
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(90);
  const [made, setMade] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: keyOf(listTokens) });

  const lifeWord = (d: number) => (d === 0 ? t('tokens.forever') : t('tokens.days', { count: d }));

  return (
    <>
      {made && (
        <SecretOnce
          title={t('tokens.made')}
          help={t('tokens.madeHelp')}
          secret={made}
          onDone={() => setMade(null)}
        />
      )}
      {act.failure && <Notice tone="wrong" title={words(act.failure)} />}
      <form
        className={css.inlineForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          const expiresAt = days === 0 ? null : new Date(Date.now() + days * 86_400_000).toISOString();
          void act.run(async () => {
            const { token } = await call(createToken, {
              body: { name: name.trim(), expiresAt, ...(userId && { userId }) },
            });
            setMade(token);
            setName('');
            await refresh();
          });
        }}
      >
        <FormField id={`${id}-name`} label={t('tokens.name')} help={t('tokens.nameHelp')} required>
          {(control) => (
            <Input {...control} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />
          )}
        </FormField>
        <FormField id={`${id}-life`} label={t('tokens.life')} required>
          {(control) => (
            <select
              {...control}
              className={css.select}
              value={days}
              onChange={(e) => setDays(Number(e.target.value))}
            >
              {lives.map((d) => (
                <option key={d} value={d}>
                  {lifeWord(d)}
                </option>
              ))}
            </select>
          )}
        </FormField>
        <Button htmlType="submit" loading={act.busy} disabled={!name.trim()}>
          {t('tokens.make')}
        </Button>
      </form>
      <DataTable<Token>
        caption={t('tokens.title')}
        rows={query.data?.tokens}
        rowKey={(x) => x.id}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<p>{t('tokens.empty')}</p>}
        columns={[
          { id: 'name', title: t('tokens.name'), cell: (x) => x.name },
          { id: 'hint', title: t('tokens.hint'), cell: (x) => <code>…{x.hint}</code> },
          { id: 'state', title: t('tokens.state'), cell: (x) => <TokenState token={x} /> },
          { id: 'created', title: t('tokens.created'), cell: (x) => formatMoment(x.createdAt) },
          {
            id: 'expires',
            title: t('tokens.expires'),
            cell: (x) => (x.expiresAt ? formatMoment(x.expiresAt) : t('tokens.forever')),
          },
          {
            id: 'used',
            title: t('tokens.used'),
            cell: (x) => (x.lastUsedAt ? formatMoment(x.lastUsedAt) : t('tokens.neverUsed')),
          },
          {
            id: 'actions',
            title: t('actions'),
            cell: (x) =>
              x.abilities.revoke && (
                <Button size="small" danger onClick={() => setRevoking(x)}>
                  {t('tokens.revoke')}
                </Button>
              ),
          },
        ]}
      />
      <ConfirmDialog
        open={revoking !== null}
        title={t('tokens.revokeTitle', { name: revoking?.name ?? '' })}
        action={t('tokens.revoke')}
        danger
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          await call(revokeToken, { params: { id: revoking?.id ?? '' } });
          await refresh();
        }}
      >
        <p>{t('tokens.revokeText')}</p>
      </ConfirmDialog>
    </>
  );
}

function TokenState({ token }: { token: Token }) {
  const t = useText();
  const shapes = { active: '●', expired: '○', revoked: '■' };
  const words = { active: t('tokens.active'), expired: t('tokens.expired'), revoked: t('tokens.revoked') };
  return (
    <span className={css.state} data-state={token.state}>
      <span aria-hidden="true">{shapes[token.state]}</span> {words[token.state]}
    </span>
  );
}
