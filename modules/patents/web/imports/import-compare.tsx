import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, SelectField } from '#shell/components/fields.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment, formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { compareImport, listImports, type PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

const DIFFERENCES = ['onlyThis', 'different', 'onlyOther', 'same'] as const;
/** Loads of a source that are offered. */
const MOST = 200;

/** What a load has that another one of its source has not, and the other way round. */
export function ImportCompare({ one }: { one: PatentImport }) {
  const t = useText();
  const [chosen, setChosen] = useState<string>();
  const others = (
    useQuery(queryOf(listImports, { query: { source: one.source.key, limit: MOST } })).data?.imports ?? []
  ).filter((other) => other.id !== one.id && (other.state === 'done' || other.state === 'cancelled'));
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...queryOf(compareImport, { params: { id: one.id }, query: { with: chosen } }),
    placeholderData: (before) => before,
  });
  return (
    <section className={css.section} aria-labelledby="compare">
      <h2 id="compare">{t('compare.title')}</h2>
      {others.length > 0 && (
        <div className={css.filters}>
          <FieldRow label={t('compare.title')}>
            <SelectField
              label={t('compare.with')}
              value={chosen ?? data?.with ?? undefined}
              choices={[
                ...(data && data.with === null ? [{ value: '', label: t('compare.choose') }] : []),
                ...others.map((other) => ({
                  value: other.id,
                  label: [
                    other.label || other.file,
                    formatMoment(other.createdAt),
                    other.withdrawnAt && t('import.withdrawn'),
                  ]
                    .filter(Boolean)
                    .join(' · '),
                })),
              ]}
              onChange={setChosen}
            />
          </FieldRow>
        </div>
      )}
      {error ? (
        <ErrorPanel error={error} what={t('compare.title')} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : data.with === null ? (
        <p className={css.muted}>{t(others.length > 0 ? 'compare.noneBefore' : 'compare.none')}</p>
      ) : (
        <div className={css.scroll} aria-busy={isPlaceholderData}>
          <table className={`${css.effects} ${css.compare}`}>
            <caption className="visually-hidden">{t('compare.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('compare.difference')}</th>
                <th scope="col">{t('compare.records')}</th>
                <th scope="col">{t('compare.examples')}</th>
              </tr>
            </thead>
            <tbody>
              {DIFFERENCES.map((name) => (
                <tr key={name}>
                  <th scope="row">
                    {t(`compare.${name}`)}
                    <span className={css.note}>{t(`compare.${name}Note`)}</span>
                  </th>
                  <td>{formatNumber(data[name])}</td>
                  <td>{name !== 'same' && <Examples numbers={data.examples[name]} total={data[name]} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Examples({ numbers, total }: { numbers: readonly string[]; total: number }) {
  const t = useText();
  if (numbers.length === 0) return null;
  return (
    <span className={css.examples}>
      {numbers.map((number) => (
        <Link key={number} to="/patents/$number" params={{ number }} preload={false}>
          {number}
        </Link>
      ))}
      {total > numbers.length && (
        <span className={css.muted}>{t('compare.first', { count: numbers.length })}</span>
      )}
    </span>
  );
}
