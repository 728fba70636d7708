import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { dropFeed, getFeed, makeFeed } from '../../contract.ts';
import { Section } from '../overview/section.tsx';
import { useAct } from '../parts/act.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Once } from './once.tsx';

/** How what watches find leaves the platform: a feed with a secret address, and the way to webhooks. */
export function FeedsPage() {
  const t = useText();
  return (
    <article>
      <PageHeader
        title={t('feeds.title')}
        subtitle={t('feeds.subtitle')}
        before={<Link to="/workbench">{t('back')}</Link>}
      />
      <Feed />
      <p className={css.empty}>
        {t('feeds.webhooks')} <Link to="/webhooks">{t('feeds.toWebhooks')}</Link>
      </p>
    </article>
  );
}

function Feed() {
  const t = useText();
  const { act, busy, problem } = useAct();
  const [path, setPath] = useState<string | null>(null);
  const feed = useQuery(queryOf(getFeed, {}));
  const madeAt = feed.data?.madeAt ?? null;
  const make = async () => {
    const made = await act(() => call(makeFeed, {}));
    if (made) setPath(made.path);
  };
  return (
    <Section title={t('feeds.rss')} list={feed}>
      {problem}
      <p className={css.empty}>
        {madeAt ? t('feeds.rssMade', { at: formatMoment(madeAt) }) : t('feeds.rssNone')}
      </p>
      {path && <Once text={new URL(path, window.location.origin).href} />}
      <p className={css.decide}>
        <Button loading={busy} onClick={() => void make()}>
          {t(madeAt ? 'feeds.remake' : 'feeds.make')}
        </Button>
        {madeAt && (
          <Button
            danger
            disabled={busy}
            onClick={() => {
              setPath(null);
              void act(() => call(dropFeed, {}));
            }}
          >
            {t('feeds.drop')}
          </Button>
        )}
      </p>
    </Section>
  );
}
