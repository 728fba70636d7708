import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { type ClassScheme, type ClassView, getClass, searchClasses } from '../../contract/classes.ts';
import { useText } from '../text.ts';
import css from './schemes.module.css';

/** A place with its titles. */
interface Named {
  symbol: string;
  titleZh: string | null;
  titleEn: string | null;
}

/** Most places that a search of the scheme lists. */
const MOST_FOUND = 100;

function useTitleOf(): (one: Named) => string {
  const lang = useLang();
  const t = useText();
  return ({ titleZh, titleEn }) =>
    (lang === 'zh' ? (titleZh ?? titleEn) : (titleEn ?? titleZh)) ?? t('scheme.noTitle');
}

function ToPlace({ scheme, symbol }: { scheme: ClassScheme; symbol: string }) {
  return (
    <Link
      to="/patents/classes"
      search={{ scheme: scheme === 'ipc' ? undefined : scheme, symbol } as never}
      preload={false}
    >
      {symbol}
    </Link>
  );
}

/** Places as a list that leads further down; `children` says how many lie under each. */
export function PlaceList({
  scheme,
  places,
  label,
}: {
  scheme: ClassScheme;
  places: readonly (Named & { children?: number })[];
  label: string;
}) {
  const t = useText();
  const titleOf = useTitleOf();
  return (
    <ul className={css.places} aria-label={label}>
      {places.map((one) => (
        <li key={one.symbol}>
          <ToPlace scheme={scheme} symbol={one.symbol} />
          <span className={css.placeTitle}>{titleOf(one)}</span>
          {one.children !== undefined && one.children > 0 && (
            <span className={css.below}>{t('scheme.below', { count: one.children })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Places that a typed symbol or words lead to. */
export function FoundPlaces({ scheme, q }: { scheme: ClassScheme; q: string }) {
  const t = useText();
  const { data, error, refetch } = useQuery(
    queryOf(searchClasses, { query: { q, scheme, limit: MOST_FOUND } }),
  );
  if (error) return <ErrorPanel error={error} what={t('scheme.title')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const found = data.classes.length;
  return (
    <section aria-labelledby="found">
      <h2 id="found" className={css.heading}>
        {t('scheme.found', { q })}
      </h2>
      <p role="status" className={css.muted}>
        {found === 0
          ? t('scheme.foundNone')
          : t(found === MOST_FOUND ? 'scheme.foundMost' : 'scheme.foundCount', {
              count: found,
              total: formatNumber(found),
            })}
      </p>
      <PlaceList scheme={scheme} places={data.classes} label={t('scheme.found', { q })} />
    </section>
  );
}

/** One place: where it stands, what lies under it, what it was before or became, and its technology fields. */
export function Place({ scheme, symbol }: { scheme: ClassScheme; symbol: string }) {
  const t = useText();
  const titleOf = useTitleOf();
  const { data, error, refetch } = useQuery(queryOf(getClass, { params: { scheme, symbol } }));
  if (error?.status === 404)
    return (
      <p role="status" className={css.empty}>
        {t('scheme.noPlace', { symbol, scheme: scheme.toUpperCase() })}
      </p>
    );
  if (error) return <ErrorPanel error={error} what={symbol} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} />;
  const both = data.titleZh !== null && data.titleEn !== null;
  return (
    <section aria-labelledby="place">
      <nav aria-label={t('scheme.path')}>
        <ol className={css.path}>
          <li>
            <Link
              to="/patents/classes"
              search={{ scheme: scheme === 'ipc' ? undefined : scheme } as never}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {scheme.toUpperCase()}
            </Link>
          </li>
          {data.path.map((one) => (
            <li key={one.symbol}>
              <ToPlace scheme={scheme} symbol={one.symbol} /> {titleOf(one)}
            </li>
          ))}
        </ol>
      </nav>
      <h2 id="place" className={css.place}>
        {data.symbol} {titleOf(data)}
      </h2>
      {both && <p className={css.muted}>{titleOf(data) === data.titleZh ? data.titleEn : data.titleZh}</p>}
      <p className={css.facts}>
        <span>{t(`scheme.level.${data.level}`)}</span>
        {data.dots !== null && <span>{t('scheme.dots', { count: data.dots })}</span>}
        {data.version !== '' && <span>{t('class.version', { version: data.version })}</span>}
        <Link to="/patents" search={{ q: `${scheme.toUpperCase()}=${data.symbol}` } as never} preload={false}>
          {t('scheme.search')}
        </Link>
      </p>
      {data.version !== '' && data.version < data.currentVersion && (
        <p className={css.gone}>{t('scheme.gone', { version: data.currentVersion })}</p>
      )}
      {!data.depthKnown && <p className={css.note}>{t('scheme.flat')}</p>}
      {data.children.length > 0 && (
        <>
          <h3 className={css.part}>{t('scheme.children', { count: data.children.length })}</h3>
          <PlaceList scheme={scheme} places={data.children} label={t('scheme.childrenLabel')} />
        </>
      )}
      <Concordance scheme={scheme} view={data} />
      {data.fields.length > 0 && (
        <>
          <h3 className={css.part}>{t('scheme.fields')}</h3>
          <ul className={css.places}>
            {data.fields.map((one) => (
              <li key={one.field}>
                <span className={css.number}>{one.field}</span>
                <span className={css.placeTitle}>{one.title}</span>
                <span className={css.below}>{one.sector}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Concordance({ scheme, view }: { scheme: ClassScheme; view: ClassView }) {
  const t = useText();
  if (view.concordance.length === 0) return null;
  return (
    <>
      <h3 className={css.part}>{t('scheme.concordance')}</h3>
      <ul className={css.places}>
        {view.concordance.map((one) => (
          <li key={`${one.relation} ${one.symbol} ${one.via} ${one.since}`}>
            <ToPlace scheme={scheme} symbol={one.symbol} />
            <span className={css.placeTitle}>
              {t(`scheme.${one.relation}`, { via: one.via })}
              {one.since !== null && t('scheme.since', { since: one.since })}
            </span>
            {one.match === 'part' && <span className={css.below}>{t('scheme.part')}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
