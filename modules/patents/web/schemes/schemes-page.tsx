import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { ClassScheme, listClassSchemes } from '../../contract/classes.ts';
import { SchemesSearch } from '../address.ts';
import { useText } from '../text.ts';
import { LoadScheme } from './load-scheme.tsx';
import { FoundPlaces, Place, PlaceList } from './place.tsx';
import { SchemeFiles } from './scheme-files.tsx';
import css from './schemes.module.css';

/** The classification schemes: to be browsed and searched, which editions are loaded, and a way to load another file. */
export function SchemesPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(SchemesSearch);
  const scheme = search.scheme ?? 'ipc';
  const loaded = useQuery(queryOf(listClassSchemes, {}));
  const data = loaded.data;
  return (
    <article>
      <PageHeader
        title={t('scheme.title')}
        subtitle={t('scheme.subtitle')}
        before={
          <Link to="/patents" activeOptions={{ exact: true }}>
            {t('search.title')}
          </Link>
        }
      />
      <div className={`${css.tools} no-print`}>
        <ToggleGroup>
          {ClassScheme.options.map((one) => (
            <Toggle
              key={one}
              pressed={one === scheme}
              onChange={() =>
                setSearch({ scheme: one === 'cpc' ? one : undefined, symbol: undefined }, { push: true })
              }
            >
              {one.toUpperCase()}
            </Toggle>
          ))}
        </ToggleGroup>
        <SearchBox q={search.q} onSearch={(q) => setSearch({ q, symbol: undefined }, { push: true })} />
        {data?.current[scheme] && (
          <span className={css.muted}>{t('scheme.current', { version: data.current[scheme] })}</span>
        )}
      </div>
      {loaded.error ? (
        <ErrorPanel error={loaded.error} what={t('scheme.title')} onRetry={() => void loaded.refetch()} />
      ) : !data ? (
        <Skeleton rows={10} />
      ) : (
        <>
          {data.sections[scheme].length === 0 ? (
            <p className={css.empty}>
              {t(data.abilities.load ? 'scheme.noneLoad' : 'scheme.none', { scheme: scheme.toUpperCase() })}
            </p>
          ) : search.symbol ? (
            <Place scheme={scheme} symbol={search.symbol} />
          ) : search.q ? (
            <FoundPlaces scheme={scheme} q={search.q} />
          ) : (
            <section aria-labelledby="sections">
              <h2 id="sections" className={css.heading}>
                {t('scheme.sections')}
              </h2>
              <PlaceList scheme={scheme} places={data.sections[scheme]} label={t('scheme.sections')} />
            </section>
          )}
          <SchemeFiles files={data.files} />
          {data.abilities.load && <LoadScheme />}
        </>
      )}
    </article>
  );
}

function SearchBox({ q, onSearch }: { q: string | undefined; onSearch: (q: string | undefined) => void }) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(q ?? '');
  useEffect(() => setTyped(q ?? ''), [q]);
  return (
    <form
      className={css.search}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim() || undefined);
      }}
    >
      <label htmlFor={id}>{t('scheme.find')}</label>
      <input
        id={id}
        type="search"
        className={css.input}
        autoComplete="off"
        maxLength={200}
        placeholder={t('scheme.example')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button htmlType="submit">{t('scheme.go')}</Button>
    </form>
  );
}
