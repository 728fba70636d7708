import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber } from '#shell/format';
import type { PatentFacets } from '../../contract.ts';
import type { PatentSearch } from '../address.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { asStatus, asType, useStatusWord, useTypeWord } from '../words.ts';
import { narrowToYear, yearOfSpan } from './days.ts';
import css from './search.module.css';

/** One value of a facet as it is shown. */
interface Value {
  key: string;
  label: string;
  count: number;
  /** The address that includes it, or leaves it out again when it is chosen; null where it cannot be searched by. */
  to: Partial<PatentSearch> | null;
  chosen: boolean;
}

/** How the whole result is made up. Choosing a value narrows the search to it; choosing it again widens it. */
export function Facets({ facets, search }: { facets: PatentFacets; search: PatentSearch }) {
  const t = useText();
  const regions = useRegions();
  const typeWord = useTypeWord();
  const statusWord = useStatusWord();
  const year = yearOfSpan(search);
  const one = (
    name: 'type' | 'status' | 'region' | 'applicant' | 'ipc',
    value: string,
    count: number,
    label: string,
  ): Value => {
    const chosen = search[name] === value;
    return { key: value, label, count, chosen, to: { [name]: chosen ? undefined : value } };
  };
  const groups: { title: string; values: Value[]; bars?: boolean }[] = [
    {
      title: t('facet.year'),
      bars: true,
      values: facets.year.map(({ value, count }) => {
        const chosen = value !== '' && year === value;
        const span = chosen ? { from: undefined, to: undefined } : narrowToYear(search, value);
        return {
          key: value,
          label: value || t('facet.noDate'),
          count,
          chosen,
          to: value === '' ? null : span,
        };
      }),
    },
    {
      title: t('facet.type'),
      values: facets.type.map(({ value, count }) => {
        const type = asType(value);
        return one('type', value, count, type ? typeWord(type) : value);
      }),
    },
    {
      title: t('facet.status'),
      values: facets.legalStatus.map(({ value, count }) => {
        const status = asStatus(value);
        return one('status', value, count, status ? statusWord(status) : value);
      }),
    },
    {
      title: t('facet.region'),
      values: facets.region.map(({ value, count }) =>
        value === ''
          ? { key: '', label: t('region.none'), count, chosen: false, to: null }
          : one('region', value, count, regions.nameOf(value)),
      ),
    },
    {
      title: t('facet.applicant'),
      values: facets.applicant.map((f) => one('applicant', f.value, f.count, f.value)),
    },
    { title: t('facet.ipc'), values: facets.ipc.map((f) => one('ipc', f.value, f.count, f.value)) },
  ];
  return (
    <div className={css.facets}>
      {groups
        .filter((group) => group.values.length > 0)
        .map((group) => (
          <FacetGroup key={group.title} {...group} />
        ))}
    </div>
  );
}

const SHOWN = 6;
/** The years are also a picture of time: more of them at once. */
const SHOWN_YEARS = 12;

function FacetGroup({ title, values, bars }: { title: string; values: readonly Value[]; bars?: boolean }) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const most = bars ? SHOWN_YEARS : SHOWN;
  const shown = open || values.length <= most + 1 ? values : values.slice(0, most);
  const highest = bars ? Math.max(...values.map((v) => v.count)) : 0;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className={css.facet} data-bars={bars}>
        {shown.map((value) => (
          <li key={value.key}>
            <FacetLine value={value} share={highest === 0 ? null : value.count / highest} />
          </li>
        ))}
      </ul>
      {shown.length < values.length && (
        <button type="button" className={css.more} aria-expanded={false} onClick={() => setOpen(true)}>
          {t('facet.more', { count: values.length - shown.length })}
        </button>
      )}
    </section>
  );
}

function FacetLine({ value, share }: { value: Value; share: number | null }) {
  const t = useText();
  const content = (
    <>
      <span className={css.facetLabel}>
        {value.chosen && <span aria-hidden="true">✕ </span>}
        {value.label}
      </span>
      {share !== null && (
        <span className={css.bar} aria-hidden="true">
          <span style={{ width: `${Math.max(1, share * 100)}%` }} />
        </span>
      )}
      <span className={css.facetCount}>{formatNumber(value.count)}</span>
    </>
  );
  const { to } = value;
  if (!to) return <span className={css.facetLine}>{content}</span>;
  return (
    <Link
      to="/patents"
      search={((before: PatentSearch) => ({ ...before, page: undefined, ...to })) as never}
      resetScroll={false}
      className={css.facetLine}
      data-chosen={value.chosen}
      aria-current={value.chosen || undefined}
      title={t(value.chosen ? 'facet.remove' : 'facet.include', { label: value.label })}
    >
      {content}
    </Link>
  );
}
