import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DirectoryGroup, DirectoryName } from '#shell/components/directory.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { listPortals } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** The sub-portals of counties and parks. */
export function PortalsPage() {
  const t = useText();
  const lang = useLang();
  const list = useQuery(queryOf(listPortals, {}));
  const portals = list.data?.portals;
  return (
    <article>
      <PageHeader
        before={<Link to="/services">{t('back')}</Link>}
        title={t('portals.title')}
        subtitle={t('portals.subtitle')}
      />
      {list.error ? (
        <ErrorPanel error={list.error} what={t('portals.title')} onRetry={() => void list.refetch()} />
      ) : !portals ? (
        <Skeleton rows={8} />
      ) : portals.length === 0 ? (
        <p className={css.empty}>{t('portals.empty')}</p>
      ) : (
        <DirectoryGroup
          title={t('portals.all')}
          className={css.portals}
          columns={[
            { title: t('portal') },
            { title: t('portals.office') },
            { title: t('portals.items') },
            { title: t('portals.differ') },
          ]}
        >
          {portals.map(({ id, title, note, office, items, differ, except }) => (
            <tr key={id}>
              <DirectoryName purpose={note?.[lang] ?? ''}>
                <Link to="/portals/$portal" params={{ portal: id }}>
                  {title[lang]}
                </Link>
              </DirectoryName>
              <td data-label={t('portals.office')}>{office[lang]}</td>
              <td data-label={t('portals.items')}>
                {t('count', { count: items })}
                {except > 0 && <span className={css.purpose}>{t('portals.except', { count: except })}</span>}
              </td>
              <td data-label={t('portals.differ')}>
                {differ > 0 ? t('count', { count: differ }) : t('portals.none')}
              </td>
            </tr>
          ))}
        </DirectoryGroup>
      )}
    </article>
  );
}
