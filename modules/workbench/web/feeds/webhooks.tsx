import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWatches,
  listWebhooks,
  renewSecret,
  repeatDelivery,
  tryWebhook,
  type Webhook,
} from '../../contract.ts';
import { Section } from '../overview/section.tsx';
import { useAct } from '../parts/act.tsx';
import { AskDelete } from '../parts/ask.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Once } from './once.tsx';

/** Addresses that are told of alerts. */
export function Webhooks() {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [url, setUrl] = useState('');
  const [watch, setWatch] = useState('');
  const [secret, setSecret] = useState<string | null>(null);
  const list = useQuery({ ...queryOf(listWebhooks, {}), staleTime: 0 });
  const watches = useQuery(queryOf(listWatches, {}));
  const add = async () => {
    const made = await act(() => call(createWebhook, { body: { url, watch: watch || null } }));
    if (!made) return;
    setSecret(made.secret);
    setUrl('');
  };
  const renew = async (hook: Webhook) => {
    const made = await act(() => call(renewSecret, { params: { id: hook.id } }));
    if (made) setSecret(made.secret);
  };
  const hooks = list.data?.webhooks ?? [];
  return (
    <Section
      title={t('hooks.title')}
      list={list}
      empty={list.data && hooks.length === 0 ? t('hooks.empty') : undefined}
    >
      {problem}
      {secret && <Once text={secret} label={t('hooks.secret')} />}
      <ul className={css.rows}>
        {hooks.map((hook) => (
          <Hook key={hook.id} hook={hook} onRenew={() => void renew(hook)} />
        ))}
      </ul>
      <div className={css.form} style={{ maxWidth: 640, marginTop: 16 }}>
        <div>
          <label htmlFor={`${id}-url`}>{t('hooks.url')}</label>
          <small>{t('hooks.urlHelp')}</small>
          <Input
            id={`${id}-url`}
            type="url"
            value={url}
            placeholder="https://"
            onChange={(e) => setUrl(e.target.value)}
          />
        </div>
        <div>
          <label htmlFor={`${id}-watch`}>{t('hooks.watch')}</label>
          <select id={`${id}-watch`} value={watch} onChange={(e) => setWatch(e.target.value)}>
            <option value="">{t('hooks.all')}</option>
            {watches.data?.watches.map((w) => (
              <option key={w.id} value={w.id}>
                {w.name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <Button loading={busy} disabled={url.trim() === ''} onClick={() => void add()}>
            {t('hooks.add')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Hook({ hook, onRenew }: { hook: Webhook; onRenew: () => void }) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const [dropping, setDropping] = useState(false);
  const [open, setOpen] = useState(false);
  const params = { id: hook.id };
  return (
    <li className={css.row}>
      <span className={css.rowMain}>
        {hook.url}
        <span className={css.sub}>{hook.watch?.name ?? t('hooks.all')}</span>
      </span>
      <span className={css.rowSide}>
        <span className={css.mark} data-kind={hook.active ? 'delivered' : undefined}>
          {t(hook.active ? 'hooks.on' : 'hooks.off')}
          {hook.why && ` · ${hook.why}`}
        </span>
        {hook.waiting > 0 && <span>{t('hooks.waiting', { count: formatNumber(hook.waiting) })}</span>}
        {hook.failed > 0 && (
          <span className={css.danger}>{t('hooks.failed', { count: formatNumber(hook.failed) })}</span>
        )}
        <span>
          {hook.lastDeliveredAt
            ? t('hooks.last', { at: formatMoment(hook.lastDeliveredAt) })
            : t('hooks.never')}
        </span>
        <button
          type="button"
          className={css.quiet}
          disabled={busy}
          onClick={() =>
            void act(() =>
              call(changeWebhook, { params, body: { active: !hook.active, version: hook.version } }),
            )
          }
        >
          {t(hook.active ? 'hooks.off' : 'hooks.on')}
        </button>
        <button
          type="button"
          className={css.quiet}
          disabled={busy || !hook.active}
          onClick={() => void act(() => call(tryWebhook, { params }))}
        >
          {t('hooks.test')}
        </button>
        <button type="button" className={css.quiet} disabled={busy} onClick={onRenew}>
          {t('hooks.renew')}
        </button>
        <button type="button" className={css.quiet} onClick={() => setDropping(true)}>
          {t('delete')}
        </button>
      </span>
      {problem}
      <details
        className={css.fold}
        style={{ flexBasis: '100%' }}
        onToggle={(e) => setOpen(e.currentTarget.open)}
      >
        <summary>{t('hooks.deliveries')}</summary>
        {open && <Deliveries hook={hook.id} />}
      </details>
      {dropping && (
        <AskDelete
          title={t('delete')}
          text={t('hooks.deleteText')}
          onConfirm={() => call(deleteWebhook, { params, query: { version: hook.version } })}
          onClose={() => setDropping(false)}
        />
      )}
    </li>
  );
}

function Deliveries({ hook }: { hook: string }) {
  const t = useText();
  const { act, busy } = useAct();
  const list = useQuery({ ...queryOf(listDeliveries, { params: { id: hook } }), staleTime: 0 });
  const deliveries = list.data?.deliveries ?? [];
  if (list.data && deliveries.length === 0) return <p className={css.muted}>{t('hooks.deliveriesEmpty')}</p>;
  return (
    <ul className={css.rows}>
      {deliveries.map((one) => (
        <li key={one.id} className={css.row}>
          <span className={css.rowMain}>
            <span className={css.mark} data-kind={one.state}>
              {t(`delivery.${one.state}`)}
            </span>{' '}
            {t(one.run ? 'delivery.run' : 'delivery.trial')}
            {one.error && <span className={css.sub}>{one.error}</span>}
          </span>
          <span className={css.rowSide}>
            <span>{t('delivery.attempts', { count: one.attempts })}</span>
            <span>{formatMoment(one.deliveredAt ?? one.createdAt)}</span>
            {one.state !== 'waiting' && (
              <button
                type="button"
                className={css.quiet}
                disabled={busy}
                onClick={() => void act(() => call(repeatDelivery, { params: { id: one.id } }))}
              >
                {t('hooks.repeat')}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
