import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ruleText } from '#kernel/calendar/rule-text';
import { DirectoryFind, DirectoryGroup, DirectoryName } from '#shell/components/directory.tsx';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { catalogItems, listPortals } from '../../contract.ts';
import css from '../matters.module.css';
import { CityCatalogue, DiffersIn, LeftOut } from '../portals/portal-parts.tsx';
import { CatalogSearch } from '../search.ts';
import { type Summary, useText } from '../text.ts';

/** Every service in force, by group: of the whole city, or of the portal that the address names. */
export function CatalogPage() {
  const t = useText();
  const lang = useLang();
  const [search, setSearch] = usePageSearch(CatalogSearch);
  const { portal } = useParams({ strict: false }) as { portal?: string };
  const list = useQuery(queryOf(catalogItems, { query: portal === undefined ? {} : { portal } }));
  const others = useQuery(queryOf(listPortals, {}, { interactive: false }));
  const here = list.data?.portal ?? null;
  const all = list.data?.items ?? [];
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter((item) => {
    const text = [item.title, item.summary, item.keeper.name]
      .map((one) => one[lang])
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = [...new Set(found.map((item) => item.group))];
  return (
    <article>
      <PageHeader
        {...(portal !== undefined && { before: <Link to="/portals">{t('portals.title')}</Link> })}
        title={here ? t('portal.title', { portal: here.title[lang] }) : t('title')}
        subtitle={t('subtitle')}
        actions={
          <span className={css.actions}>
            {portal !== undefined && <CityCatalogue />}
            {portal === undefined && (others.data?.portals.length ?? 0) > 0 && (
              <Link to="/portals">{t('portals.title')}</Link>
            )}
            <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>
          </span>
        }
      />
      {here?.note && <Notice tone="attention" title={here.note[lang]} />}
      {list.error ? (
        <ErrorPanel error={list.error} what={t('title')} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton rows={10} />
      ) : all.length === 0 && !here?.id ? (
        <p className={css.empty}>{t('empty')}</p>
      ) : (
        <>
          <DirectoryFind
            label={t('find')}
            value={search.q}
            found={t('count', { count: found.length })}
            onChange={(q) => setSearch({ q })}
          />
          {found.length === 0 && <p className={css.empty}>{t(all.length === 0 ? 'empty' : 'nothing')}</p>}
          {groups.map((group) => (
            <Group
              key={group}
              group={group}
              items={found.filter((item) => item.group === group)}
              portal={portal}
            />
          ))}
          <LeftOut list={list.data.except} />
        </>
      )}
    </article>
  );
}

function Group({
  group,
  items,
  portal,
}: {
  group: string;
  items: readonly Summary[];
  portal: string | undefined;
}) {
  const t = useText();
  const lang = useLang();
  return (
    <DirectoryGroup
      title={t(`group.${group as 'dispute'}`)}
      columns={(['item', 'keeper', 'duration', 'materials', 'fee'] as const).map((column) => ({
        title: t(column),
      }))}
      className={css.catalog}
    >
      {items.map((item) => (
        <tr key={item.id}>
          <DirectoryName purpose={item.summary[lang]}>
            <Link to="/services/$id" params={{ id: item.id }} search={{ portal } as never}>
              {item.title[lang]}
            </Link>
          </DirectoryName>
          <td data-label={t('keeper')}>
            {item.keeper.name[lang]}
            <DiffersIn item={item} />
          </td>
          <td data-label={t('duration')}>
            {item.duration ? ruleText(item.duration.limit.rule)[lang] : t('noLimit')}
          </td>
          <td data-label={t('materials')}>
            {item.materials > 0 ? t('materialCount', { count: item.materials }) : t('noMaterial')}
          </td>
          <td data-label={t('fee')}>
            {t(item.charged === null ? 'feeUnknown' : item.charged ? 'charged' : 'free')}
          </td>
        </tr>
      ))}
    </DirectoryGroup>
  );
}
