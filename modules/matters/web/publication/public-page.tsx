import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { readPublication } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** A publication; of one that stands no more only when and why. */
export function PublicPage() {
  const t = useText();
  const lang = useLang();
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readPublication, { params: { id } }));
  const back = <Link to="/publications">{t('publications.title')}</Link>;
  const { data } = found;
  if (found.error && !data)
    return (
      <article>
        <PageHeader before={back} title={t('publication.title')} />
        <ErrorPanel error={found.error} what={t('publication.title')} onRetry={() => void found.refetch()} />
      </article>
    );
  if (!data) return <Skeleton rows={16} />;
  const { shown, down, replacedBy } = data;
  if (!shown)
    return (
      <article>
        <PageHeader before={back} title={t('publication.title')} />
        <Notice tone="info" title={t(`publication.gone.${data.state as 'over'}`)}>
          {down && <p className={css.said}>{t('publication.downOn', down)}</p>}
          {replacedBy !== null && (
            <p>
              <Link to="/publications/$id" params={{ id: replacedBy }}>
                {t('publication.newer')}
              </Link>
            </p>
          )}
        </Notice>
      </article>
    );
  return (
    <article>
      <PageHeader
        before={back}
        title={shown.title}
        subtitle={shown.item.title[lang]}
        actions={<PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>}
      />
      <Facts
        layout="strip"
        items={[
          { name: t('publication.office'), value: shown.office[lang] },
          { name: t('publication.on'), value: shown.on },
          { name: t('publication.until'), value: shown.until ?? t('publication.noEnd') },
        ]}
      />
      <section className={css.part}>
        <h2>{t('publication.summary')}</h2>
        <p className={css.published}>{shown.summary}</p>
      </section>
      <section className={css.part}>
        <h2>{t('publication.body')}</h2>
        <p className={css.published}>{shown.body}</p>
      </section>
      <p className={`${css.muted} ${css.below}`}>{t('publication.maskNote')}</p>
    </article>
  );
}
