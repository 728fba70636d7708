import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormColumn, FormField, FormSection, Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { createWebhook, listWebhookSources, listWebhooks, type Source, type Want } from '../contract.ts';
import { Failure } from './failure.tsx';
import { useText } from './text.ts';
import { useWantsIssue, WantsFields } from './wants-fields.tsx';
import { WebhookRow } from './webhook-row.tsx';
import css from './webhooks.module.css';

/** How often it is looked whether messages that wait were sent, in milliseconds. */
const LOOK = 10_000;

/** The webhooks of the account: addresses, what they hear of, and what became of the messages. */
export function WebhooksPage() {
  const t = useText();
  const list = useQuery({
    ...queryOf(listWebhooks, {}),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.webhooks.some(({ waiting }) => waiting > 0) ? LOOK : false),
  });
  const sources = useQuery(queryOf(listWebhookSources, {}));
  const [made, setMade] = useState<{ host: string; secret: string } | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const refresh = () => void list.refetch();
  const show = (host: string, secret: string) => {
    setMade({ host, secret });
    top.current?.scrollIntoView({ block: 'start' });
  };
  const error = list.error ?? sources.error;
  const hooks = list.data?.webhooks;
  return (
    <article>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <p className={css.muted}>{t('privacy')}</p>
      <div ref={top}>{made && <Secret {...made} onKept={() => setMade(null)} />}</div>
      {error ? (
        <ErrorPanel
          error={error}
          what={t('title')}
          onRetry={() => {
            refresh();
            void sources.refetch();
          }}
        />
      ) : !hooks || !sources.data ? (
        <Skeleton rows={3} />
      ) : (
        <>
          <h2>{t('list')}</h2>
          {hooks.length === 0 ? (
            <p className={css.muted}>{t('empty')}</p>
          ) : (
            <ul className={css.list}>
              {hooks.map((hook) => (
                <WebhookRow
                  key={hook.id}
                  hook={hook}
                  sources={sources.data.sources}
                  onSecret={show}
                  onChanged={refresh}
                />
              ))}
            </ul>
          )}
          <NewWebhook
            sources={sources.data.sources}
            onMade={(url, secret) => {
              show(new URL(url).host, secret);
              refresh();
            }}
          />
        </>
      )}
    </article>
  );
}

/** A secret that is shown this once. */
function Secret({ host, secret, onKept }: { host: string; secret: string; onKept: () => void }) {
  const t = useText();
  return (
    <Notice
      tone="done"
      title={t('secret', { host })}
      actions={
        <>
          <Button onClick={() => void navigator.clipboard?.writeText(secret)}>{t('copy')}</Button>
          <Button onClick={onKept}>{t('kept')}</Button>
        </>
      }
    >
      <code className={css.secret}>{secret}</code>
      <p>{t('once')}</p>
    </Notice>
  );
}

function NewWebhook({
  sources,
  onMade,
}: {
  sources: readonly Source[];
  onMade: (url: string, secret: string) => void;
}) {
  const t = useText();
  const [url, setUrl] = useState('');
  const [wants, setWants] = useState<Want[]>([]);
  const [tried, setTried] = useState(false);
  const issue = useWantsIssue(sources, wants);
  const add = useMutation({
    mutationFn: () => call(createWebhook, { body: { url: url.trim(), wants } }),
    onSuccess: ({ webhook, secret }) => {
      setUrl('');
      setWants([]);
      setTried(false);
      onMade(webhook.url, secret);
    },
  });
  const refused = add.error instanceof ApiError && add.error.code === 'webhooks_url' ? add.error : null;
  const empty = tried && url.trim() === '';
  return (
    <FormColumn>
      <FormSection title={t('new')}>
        <FormField
          id="webhook-url"
          label={t('url')}
          help={t('urlHelp')}
          required
          issues={empty ? [t('urlNeeded')] : refused ? [refused.message] : []}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              autoComplete="off"
              placeholder="https://"
              value={url}
              onChange={(e) => setUrl(e.target.value)}
            />
          )}
        </FormField>
        <h3 className={css.wants}>{t('wants')}</h3>
        <WantsFields sources={sources} value={wants} onChange={setWants} />
        {tried && issue && <Notice tone="wrong" title={issue} />}
        {!refused && <Failure error={add.error} />}
        <p>
          <Button
            type="primary"
            loading={add.isPending}
            onClick={() => {
              setTried(true);
              if (!issue && url.trim() !== '') add.mutate();
            }}
          >
            {t('add')}
          </Button>
        </p>
      </FormSection>
    </FormColumn>
  );
}
