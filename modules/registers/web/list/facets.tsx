import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useArrowKeys } from '#shell/arrow-keys';
import { formatNumber } from '#shell/format';
import type { EntryState, FacetView } from '../../contract.ts';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import { stateShapes } from '../words.ts';
import css from './list.module.css';
import { chosenOf, toggled } from './narrowing.ts';

const SHOWN = 7;

/** How the list is made up. Choosing a value narrows it; choosing it again widens it; several values of one facet add up. */
export function Facets({
  facets,
  search,
  columns,
}: {
  facets: readonly FacetView[];
  search: ListSearch;
  /** Side by side instead of one below the other. */
  columns?: boolean;
}) {
  const onKeyDown = useArrowKeys();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys walk the links inside, which stay links.
    <div className={css.facets} data-columns={columns ?? false} onKeyDown={onKeyDown}>
      {facets.map((facet) => (
        <Facet key={facet.field} facet={facet} search={search} />
      ))}
    </div>
  );
}

function Facet({ facet, search }: { facet: FacetView; search: ListSearch }) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const chosen = chosenOf(search, facet.field);
  const all = facet.values;
  const shown = open || all.length <= SHOWN + 1 ? all : all.filter((v, i) => i < SHOWN || v.chosen);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{facet.label}</h2>
      <ul className={css.facet}>
        {shown.map((value) => {
          const on = chosen.includes(value.value);
          const label = value.label || t('facet.none');
          return (
            <li key={value.value}>
              <Link
                to="."
                search={
                  ((before: object) => ({ ...before, ...toggled(search, facet.field, value.value) })) as never
                }
                replace
                resetScroll={false}
                data-step
                className={css.facetLine}
                data-chosen={on}
                title={t(on ? 'facet.remove' : 'facet.include', { label })}
              >
                <span className={css.facetLabel}>
                  {on && <span className="visually-hidden">{t('facet.chosen')}</span>}
                  {on && <span aria-hidden="true">✕ </span>}
                  {facet.field === 'state' && !on && (
                    <span aria-hidden="true" className={css.shape}>
                      {stateShapes[value.value as EntryState]}{' '}
                    </span>
                  )}
                  {label}
                </span>
                <span className={css.facetCount}>{formatNumber(value.count)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {shown.length < all.length ? (
        <button type="button" className={css.more} onClick={() => setOpen(true)}>
          {t('facet.more', { count: all.length - shown.length })}
        </button>
      ) : (
        facet.more > 0 && (
          <p className={css.beyond}>{t('facet.beyond', { count: formatNumber(facet.more) })}</p>
        )
      )}
    </section>
  );
}
