import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { PageWait, Skeleton } from '#shell/components/skeleton.tsx';
import { useMedia } from '#shell/media';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { listEntries, type RegisterView } from '../../contract.ts';
import { NotHere } from '../not-here.tsx';
import shared from '../registers.module.css';
import { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import { useRegister } from '../use-register.ts';
import { Chips } from './chips.tsx';
import { Entries } from './entries.tsx';
import { Facets } from './facets.tsx';
import css from './list.module.css';
import { listQuery } from './list-query.ts';
import { Moment } from './moment.tsx';
import { isNarrowed } from './narrowing.ts';
import { SearchBox } from './search-box.tsx';
import { Tools } from './tools.tsx';
import { Views } from './views.tsx';

/** The entries of a register: narrowed, sorted, of any day, as known on any day. All of it stands in the address. */
export function ListPage() {
  const t = useText();
  const { register: id } = useParams({ strict: false }) as { register: string };
  const register = useRegister(id);
  if (register.error)
    return (
      <>
        <PageHeader title={t('list.register')} before={<Link to="/registers">{t('directory.title')}</Link>} />
        {register.error.status === 404 ? (
          <NotHere register={id} />
        ) : (
          <ErrorPanel
            error={register.error}
            what={t('list.register')}
            onRetry={() => void register.refetch()}
          />
        )}
      </>
    );
  if (!register.data) return <PageWait />;
  return <List key={id} register={register.data} />;
}

function List({ register }: { register: RegisterView }) {
  const t = useText();
  const [search, change] = usePageSearch(ListSearch);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const folded = useMedia('screen and (max-width: 1180px)');
  const list = useQuery({
    ...queryOf(listEntries, { params: { register: register.id }, query: listQuery(search) }),
    staleTime: 5_000,
    placeholderData: (before) => before,
  });
  const page = list.data;
  // What is narrowed to nothing must still be possible to widen.
  const facets = page?.facets.filter((f) => f.values.length > 0) ?? [];
  return (
    <article>
      <PageHeader
        title={register.title}
        before={<Link to="/registers">{t('directory.title')}</Link>}
        subtitle={
          <>
            {register.purpose}
            <span className={shared.sub}>
              {t('list.keeper', { keeper: register.keeper })}
              {!register.public && <span className={shared.internal}>{t('directory.internal')}</span>}
            </span>
          </>
        }
        actions={<Tools register={register} search={search} />}
      />
      {(search.on || search.known) && (
        <Notice tone="attention">
          <p>
            {search.on && t('moment.isOn', { on: search.on })}
            {search.known && t('moment.isKnown', { known: search.known })}{' '}
            <button
              type="button"
              className={shared.plain}
              onClick={() => change({ on: undefined, known: undefined, page: undefined })}
            >
              {t('moment.now')}
            </button>
          </p>
        </Notice>
      )}
      <div className={`${css.top} no-print`}>
        <SearchBox q={search.q} onChange={(q) => change({ q, page: undefined })} />
        <Moment search={search} onChange={change} />
        <Views register={register.id} search={search} />
      </div>
      <div className={css.columns} data-side={facets.length > 0 && !folded}>
        {facets.length > 0 && (
          <aside className={`${css.side} no-print`} aria-label={t('facet.label')}>
            {folded ? (
              <details>
                <summary>{t('facet.label')}</summary>
                <Facets facets={facets} search={search} columns />
              </details>
            ) : (
              <Facets facets={facets} search={search} />
            )}
          </aside>
        )}
        <div className={css.results}>
          <Chips register={register} facets={page?.facets ?? []} search={search} onChange={change} />
          {!page && !list.error ? (
            <Skeleton rows={10} />
          ) : (
            <Entries
              register={register}
              list={page}
              error={list.error}
              loading={list.isPlaceholderData}
              search={search}
              narrowed={isNarrowed(search)}
              selected={selected}
              onSelect={setSelected}
              onChange={change}
              onRetry={() => void list.refetch()}
            />
          )}
        </div>
      </div>
    </article>
  );
}
