import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, SelectField, TextField } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { useLang } from '#shell/i18n';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listPublications } from '../../contract.ts';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { PublicationsSearch } from '../search.ts';
import { useText } from '../text.ts';

const SIZE = 20;

/** Decisions and rulings that are public now. */
export function PublicationListPage() {
  const t = useText();
  const lang = useLang();
  const [{ q, item, page = 1 }, setSearch] = usePageSearch(PublicationsSearch);
  const list = useQuery({
    ...queryOf(listPublications, {
      query: { q: q ?? '', page, pageSize: SIZE, ...(item !== undefined && { item }) },
    }),
    placeholderData: (before) => before,
  });
  const { publications = [], total = 0, items = [] } = list.data ?? {};
  return (
    <article>
      <PageHeader
        title={t('publications.title')}
        subtitle={t('publications.subtitle')}
        scope={
          <FieldRow label={t('publications.which')}>
            <SelectField
              label={t('item')}
              value={item}
              all={t('desk.anyItem')}
              choices={items.map(({ id, title, count }) => ({ value: id, label: `${title[lang]} ${count}` }))}
              onChange={(next) => setSearch({ item: next, page: undefined })}
            />
            <TextField
              label={t('publications.find')}
              value={q ?? ''}
              search
              size={20}
              maxLength={100}
              onChange={(next) => setSearch({ q: next || undefined, page: undefined })}
            />
          </FieldRow>
        }
      />
      {list.error && !list.data ? (
        <ErrorPanel error={list.error} what={t('publications.title')} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton rows={8} />
      ) : publications.length === 0 ? (
        <p className={css.empty}>{t(q || item ? 'publications.nothing' : 'publications.empty')}</p>
      ) : (
        <div aria-busy={list.isPlaceholderData}>
          <p className={css.muted}>{t('publications.count', { count: total })}</p>
          <table className={`${css.steps} ${css.publications}`}>
            <Heads
              columns={[
                'publication.name',
                'item',
                'publication.office',
                'publication.on',
                'publication.until',
              ]}
            />
            <tbody>
              {publications.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link to="/publications/$id" params={{ id: one.id }}>
                      {one.title}
                    </Link>
                  </th>
                  <td data-label={t('item')}>{one.item.title[lang]}</td>
                  <td data-label={t('publication.office')}>{one.office[lang]}</td>
                  <td className={css.day} data-label={t('publication.on')}>
                    {one.on}
                  </td>
                  <td className={css.day} data-label={t('publication.until')}>
                    {one.until ?? t('publication.noEnd')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Pager page={page} size={SIZE} total={total} />
        </div>
      )}
    </article>
  );
}
