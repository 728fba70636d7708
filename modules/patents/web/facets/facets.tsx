import { useEffect, useId, useState } from 'react';
import { useArrowKeys } from '#shell/arrow-keys';
import { formatNumber } from '#shell/format';
import { FACETS, type FacetName, type FacetValue, type PatentFacets } from '../../contract/search.ts';
import { useText } from '../text.ts';
import { rememberLabels, useFacetWords } from './facet-words.ts';
import css from './facets.module.css';
import { type Chosen, filterValue, stateOf, toggled } from './filter.ts';

/** How the whole result is made up. Each value can be asked for or excluded; the same again takes it back. */
export function Facets({
  facets,
  chosen,
  shown,
  onChoose,
  onShown,
}: {
  facets: PatentFacets;
  chosen: readonly Chosen[];
  /** Facets that are counted, in this order. */
  shown: readonly FacetName[];
  onChoose: (chosen: Chosen[]) => void;
  onShown: (shown: FacetName[]) => void;
}) {
  const onKeyDown = useArrowKeys();
  useEffect(() => {
    for (const name of FACETS) rememberLabels(name, facets[name]?.values ?? []);
  }, [facets]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys walk the buttons inside, which stay buttons.
    <div className={css.facets} onKeyDown={onKeyDown}>
      {shown.map((name) => {
        const facet = facets[name];
        return facet && facet.values.length > 0 ? (
          <Facet key={name} name={name} {...facet} chosen={chosen} onChoose={onChoose} />
        ) : null;
      })}
      <MoreFacets shown={shown} onShown={onShown} />
    </div>
  );
}

/** Facets that are not counted until somebody wants them. */
function MoreFacets({
  shown,
  onShown,
}: {
  shown: readonly FacetName[];
  onShown: (shown: FacetName[]) => void;
}) {
  const t = useText();
  return (
    <details className={css.choice}>
      <summary>{t('facet.choose')}</summary>
      <ul>
        {FACETS.map((name) => (
          <li key={name}>
            <label>
              <input
                type="checkbox"
                checked={shown.includes(name)}
                onChange={(event) =>
                  onShown(FACETS.filter((f) => (f === name ? event.target.checked : shown.includes(f))))
                }
              />
              {t(`facet.${name}`)}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

const SHOWN = 6;
/** The years are also a picture of time: more of them at once. */
const SHOWN_YEARS = 10;

function Facet({
  name,
  values,
  more,
  chosen,
  onChoose,
}: {
  name: FacetName;
  values: readonly FacetValue[];
  more: boolean;
  chosen: readonly Chosen[];
  onChoose: (chosen: Chosen[]) => void;
}) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const bars = name === 'year' || name === 'filingYear';
  const most = bars ? SHOWN_YEARS : SHOWN;
  const isChosen = (v: FacetValue) => chosen.some((c) => c.facet === name && c.value === (v.value || '-'));
  const shown = open || values.length <= most + 1 ? values : values.filter((v, i) => i < most || isChosen(v));
  const highest = bars ? Math.max(...values.map((v) => v.count)) : 0;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(`facet.${name}`)}</h2>
      <ul className={css.facet} data-bars={bars}>
        {shown.map((value) => (
          <li key={value.value}>
            <FacetLine
              facet={name}
              value={value}
              share={highest === 0 ? null : value.count / highest}
              chosen={chosen}
              onChoose={onChoose}
            />
          </li>
        ))}
      </ul>
      {shown.length < values.length ? (
        <button type="button" className={css.more} onClick={() => setOpen(true)}>
          {t('facet.more', { count: values.length - shown.length })}
        </button>
      ) : (
        more && <p className={css.beyond}>{t('facet.beyond', { count: values.length })}</p>
      )}
    </section>
  );
}

function FacetLine({
  facet,
  value,
  share,
  chosen,
  onChoose,
}: {
  facet: FacetName;
  value: FacetValue;
  share: number | null;
  chosen: readonly Chosen[];
  onChoose: (chosen: Chosen[]) => void;
}) {
  const t = useText();
  const word = useFacetWords();
  const label = word(facet, value.value, value.label);
  const filter = filterValue(facet, value.value);
  const content = (
    <>
      <span className={css.label}>{label}</span>
      {share !== null && (
        <span className={css.bar} aria-hidden="true">
          <span style={{ width: `${Math.max(1, share * 100)}%` }} />
        </span>
      )}
      <span className={css.count}>{formatNumber(value.count)}</span>
    </>
  );
  if (filter === null) return <span className={css.line}>{content}</span>;
  const state = stateOf(chosen, facet, filter);
  const choose = (not: boolean) => onChoose(toggled(chosen, { facet, value: filter, not }));
  return (
    <span className={css.line} data-state={state ?? undefined}>
      <button
        type="button"
        className={`inline ${css.include}`}
        data-step
        aria-pressed={state === 'in'}
        title={t(state === 'in' ? 'facet.remove' : 'facet.include', { label })}
        onClick={() => choose(false)}
      >
        {content}
      </button>
      <button
        type="button"
        className={`inline ${css.exclude}`}
        aria-pressed={state === 'out'}
        aria-label={t(state === 'out' ? 'facet.removeNot' : 'facet.exclude', { label })}
        title={t(state === 'out' ? 'facet.removeNot' : 'facet.exclude', { label })}
        onClick={() => choose(true)}
      >
        <span aria-hidden="true">−</span>
      </button>
    </span>
  );
}
