import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { Notice } from '#shell/components/form.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import {
  changeWebhook,
  deleteWebhook,
  renewSecret,
  type Source,
  tryWebhook,
  type Want,
  type Webhook,
} from '../contract.ts';
import { Deliveries } from './deliveries.tsx';
import { Failure } from './failure.tsx';
import { useText } from './text.ts';
import { useWantsIssue, Wanted, WantsFields } from './wants-fields.tsx';
import css from './webhooks.module.css';

/** One webhook: where it goes, what it hears of, how it stands, and what can be done with it. */
export function WebhookRow({
  hook,
  sources,
  onSecret,
  onChanged,
}: {
  hook: Webhook;
  sources: readonly Source[];
  onSecret: (host: string, secret: string) => void;
  onChanged: () => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState<'renew' | 'delete' | null>(null);
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState(false);
  const params = { id: hook.id };
  const { host } = new URL(hook.url);
  const toggle = useMutation({
    mutationFn: () => call(changeWebhook, { params, body: { active: !hook.active, version: hook.version } }),
    onSettled: onChanged,
  });
  const trial = useMutation({ mutationFn: () => call(tryWebhook, { params }), onSettled: onChanged });
  const state = hook.active ? t('on') : hook.why ? t('why', { why: hook.why }) : t('off');
  return (
    <li className={css.hook}>
      <div className={css.head}>
        <span className={css.url}>{hook.url}</span>
        <span className={css.mark} data-kind={hook.active ? 'delivered' : undefined}>
          {state}
        </span>
      </div>
      {editing ? (
        <EditWants hook={hook} sources={sources} onChanged={onChanged} onClose={() => setEditing(false)} />
      ) : (
        <Wanted sources={sources} wants={hook.wants} />
      )}
      <div className={css.facts}>
        <span>
          {hook.lastDeliveredAt ? t('last', { at: formatMoment(hook.lastDeliveredAt) }) : t('never')}
        </span>
        {hook.waiting > 0 && <span>{t('waiting', { count: formatNumber(hook.waiting) })}</span>}
        {hook.failed > 0 && (
          <span className={css.danger}>{t('failed', { count: formatNumber(hook.failed) })}</span>
        )}
      </div>
      <Failure error={toggle.error ?? trial.error} />
      {trial.isSuccess && hook.waiting > 0 && <Notice title={t('tested')} />}
      <div className={css.actions}>
        <Button size="small" loading={trial.isPending} disabled={!hook.active} onClick={() => trial.mutate()}>
          {t('test')}
        </Button>
        {!editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
        <Button size="small" loading={toggle.isPending} onClick={() => toggle.mutate()}>
          {t(hook.active ? 'switchOff' : 'switchOn')}
        </Button>
        <Button size="small" onClick={() => setAsking('renew')}>
          {t('renew')}
        </Button>
        <Button size="small" danger onClick={() => setAsking('delete')}>
          {t('delete')}
        </Button>
      </div>
      <details className={css.fold} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t('deliveries')}</summary>
        {open && <Deliveries webhook={hook.id} sources={sources} />}
      </details>
      {asking === 'renew' && (
        <ConfirmDialog
          open
          danger
          title={t('renewTitle', { host })}
          action={t('renew')}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            onSecret(host, (await call(renewSecret, { params })).secret);
            onChanged();
          }}
        >
          <p>{t('renewText')}</p>
        </ConfirmDialog>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          open
          danger
          title={t('deleteTitle', { host })}
          action={t('delete')}
          onClose={() => setAsking(null)}
          onConfirm={() =>
            call(deleteWebhook, { params, query: { version: hook.version } }).finally(onChanged)
          }
        >
          <p>{t('deleteText')}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function EditWants({
  hook,
  sources,
  onChanged,
  onClose,
}: {
  hook: Webhook;
  sources: readonly Source[];
  onChanged: () => void;
  onClose: () => void;
}) {
  const t = useText();
  const [wants, setWants] = useState<Want[]>(hook.wants);
  const [tried, setTried] = useState(false);
  const issue = useWantsIssue(sources, wants);
  const save = useMutation({
    mutationFn: () =>
      call(changeWebhook, {
        params: { id: hook.id },
        body: { active: hook.active, wants, version: hook.version },
      }),
    onSuccess: onClose,
    onSettled: onChanged,
  });
  return (
    <>
      <WantsFields sources={sources} value={wants} onChange={setWants} />
      {tried && issue && <Notice tone="wrong" title={issue} />}
      <Failure error={save.error} />
      <div className={css.actions}>
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => {
            setTried(true);
            if (!issue) save.mutate();
          }}
        >
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </>
  );
}
