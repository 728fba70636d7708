import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { dropDraft, myDrafts, myMatters } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';
import { MatterList } from './matter-list.tsx';

/** What somebody applied for, and what they have begun. */
export function MinePage() {
  const t = useText();
  const lang = useLang();
  const list = useQuery(queryOf(myMatters, {}));
  const drafts = useQuery(queryOf(myDrafts, {}));
  const drop = useMutation({
    mutationFn: (key: string) => call(dropDraft, { params: { key }, interactive: true }),
    onSuccess: () => void drafts.refetch(),
  });
  return (
    <article>
      <PageHeader
        title={t('mine.title')}
        subtitle={t('mine.subtitle')}
        actions={<Link to="/services">{t('mine.apply')}</Link>}
      />
      {drafts.data && drafts.data.drafts.length > 0 && (
        <section className={css.part}>
          <h2>{t('mine.drafts')}</h2>
          <ul className={css.others}>
            {drafts.data.drafts.map(({ key, item, portal, savedAt }) => (
              <li key={key}>
                <Link
                  to="/services/$id/apply"
                  params={{ id: item.id }}
                  search={{ draft: key, portal: portal?.id } as never}
                >
                  {item.title[lang]}
                </Link>
                {portal && t('bracket', { text: portal.title[lang] })}
                <span className={css.muted}>{t('mine.savedAt', { at: formatMoment(savedAt) })}</span>{' '}
                <PlainButton onClick={() => drop.mutate(key)}>{t('mine.drop')}</PlainButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={css.part}>
        <h2>{t('mine.matters')}</h2>
        <MatterList
          caption={t('mine.matters')}
          rows={list.data?.matters}
          total={list.data?.matters.length}
          error={list.error}
          onRetry={() => void list.refetch()}
          empty={t('mine.empty')}
          office={false}
        />
      </section>
    </article>
  );
}
