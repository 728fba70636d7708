import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { SelectField } from '#shell/components/fields.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber, NO_FIGURE } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { getPortfolio, type Portfolio, type PortfolioRow } from '../../contract/portfolio.ts';
import { ApplicantsSearch } from '../address.ts';
import { StatusMark } from '../marks.tsx';
import { useText } from '../text.ts';
import { useStatusWord, useTypeWord } from '../words.ts';
import css from './applicants.module.css';

const SIZE = 50;
const SORTS = ['fee', 'expiry', 'grade', 'newest'] as const;

/** What an applicant holds: totals, then a line for each application. */
export function PortfolioSection({ id }: { id: string }) {
  const t = useText();
  const [search] = usePageSearch(ApplicantsSearch);
  const page = search.page ?? 1;
  const [sort, setSort] = useState<(typeof SORTS)[number]>('fee');
  const found = useQuery({
    ...queryOf(getPortfolio, { params: { id }, query: { sort, page, size: SIZE } }),
    placeholderData: keepPreviousData,
  });
  return (
    <section className={css.section} aria-labelledby="portfolio">
      <h2 id="portfolio">{t('portfolio.title')}</h2>
      {found.error && !found.data ? (
        found.error.status === 404 ? (
          <p className={css.empty}>{t('portfolio.none')}</p>
        ) : (
          <ErrorPanel error={found.error} what={t('portfolio.title')} onRetry={() => void found.refetch()} />
        )
      ) : !found.data ? (
        <Skeleton rows={8} />
      ) : (
        <>
          <p className={css.note}>{t('portfolio.note', { day: found.data.asOf })}</p>
          <Totals portfolio={found.data} />
          <div className={css.order}>
            <SelectField
              label={t('portfolio.sort')}
              value={sort}
              choices={SORTS.map((value) => ({ value, label: t(`portfolio.sort.${value}`) }))}
              onChange={(value) => value && setSort(value as typeof sort)}
            />
          </div>
          <ScrollBox label={t('portfolio.title')}>
            <Rows rows={found.data.rows} />
          </ScrollBox>
          <Pager page={page} size={SIZE} total={found.data.total} />
          <Notes portfolio={found.data} />
        </>
      )}
    </section>
  );
}

function Totals({ portfolio }: { portfolio: Portfolio }) {
  const t = useText();
  const typeWord = useTypeWord();
  const statusWord = useStatusWord();
  const unit = (count: number) => t('portfolio.unit', { count: formatNumber(count) });
  const inForce = portfolio.counts
    .filter((c) => c.legalStatus === 'in-force')
    .reduce((sum, c) => sum + c.records, 0);
  const { fees } = portfolio;
  return (
    <>
      <Facts
        layout="strip"
        items={[
          { name: t('portfolio.total'), value: unit(portfolio.total) },
          { name: t('portfolio.inForce'), value: unit(inForce) },
          { name: t('portfolio.highValue'), value: unit(portfolio.highValue) },
          {
            name: t('portfolio.fees'),
            value: (
              <>
                {t('portfolio.yuan', { yuan: formatNumber(fees.yuan) })}
                <span className={css.aside}>
                  {t('portfolio.feesCount', { count: formatNumber(fees.records) })}
                </span>
              </>
            ),
          },
          {
            name: t('portfolio.grace'),
            value: fees.grace > 0 && (
              <>
                {unit(fees.grace)}
                <span className={css.aside}>{t('portfolio.graceNote')}</span>
              </>
            ),
          },
        ]}
      />
      <Facts
        items={[
          {
            name: t('portfolio.byType'),
            value: (
              <Parts
                parts={portfolio.counts.map((c) => [
                  `${typeWord(c.type)} ${statusWord(c.legalStatus)}`,
                  unit(c.records),
                ])}
              />
            ),
          },
          {
            name: t('portfolio.byGrade'),
            value: portfolio.grades.length > 0 && (
              <Parts
                parts={[...portfolio.grades]
                  .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade))
                  .map((g) => [g.grade, unit(g.records)])}
              />
            ),
          },
          {
            name: t('portfolio.byYear'),
            value: portfolio.expiring.length > 0 && (
              <Parts
                parts={portfolio.expiring.map((e) => [
                  t('portfolio.year', { year: String(e.year) }),
                  unit(e.records),
                ])}
              />
            ),
          },
        ]}
      />
    </>
  );
}

/** Usual letters of grades, best first; a scheme's own stand behind them. */
const GRADES = ['S', 'A', 'B', 'C', 'D'];

function Parts({ parts }: { parts: readonly (readonly [string, string])[] }) {
  return (
    <span className={css.parts}>
      {parts.map(([name, value]) => (
        <span key={name}>
          {name} <b>{value}</b>
        </span>
      ))}
    </span>
  );
}

function Rows({ rows }: { rows: readonly PortfolioRow[] }) {
  const t = useText();
  const typeWord = useTypeWord();
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t('portfolio.number')}</th>
          <th scope="col">{t('portfolio.patentTitle')}</th>
          <th scope="col">{t('portfolio.type')}</th>
          <th scope="col">{t('portfolio.status')}</th>
          <th scope="col">{t('portfolio.filed')}</th>
          <th scope="col">{t('portfolio.termEnd')}</th>
          <th scope="col">{t('portfolio.fee')}</th>
          <th scope="col" className={css.figure}>
            {t('portfolio.grade')}
          </th>
          <th scope="col">{t('portfolio.criteria')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.number}>
            <td className={css.number}>
              <Link to="/patents/$number" params={{ number: row.number }}>
                {row.number}
              </Link>
            </td>
            <th scope="row" className={css.title}>
              {row.title}
            </th>
            <td className={css.short}>{typeWord(row.type)}</td>
            <td className={css.short}>
              <StatusMark status={row.legalStatus} />
            </td>
            <td className={css.short}>{row.filingDate ?? NO_FIGURE}</td>
            <td className={css.short}>{row.termEnd ?? NO_FIGURE}</td>
            <td className={css.short}>
              {row.fee ? (
                <>
                  {row.fee.dueOn}
                  <span className={css.aside}>
                    {[
                      t('portfolio.feeYear', { year: row.fee.year }),
                      row.fee.yuan !== null && t('portfolio.yuan', { yuan: formatNumber(row.fee.yuan) }),
                    ]
                      .filter(Boolean)
                      .join(' ')}
                  </span>
                </>
              ) : (
                NO_FIGURE
              )}
              {row.late && (
                <span className={css.warn}>
                  {t('portfolio.late', { year: row.late.year, until: row.late.graceUntil })}
                </span>
              )}
            </td>
            <td className={css.figure}>
              {row.grade ?? NO_FIGURE}
              {row.points !== null && <span className={css.aside}>{formatNumber(row.points, 1)}</span>}
            </td>
            <td className={css.short}>{row.criteria.length > 0 ? '✓' : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Notes({ portfolio }: { portfolio: Portfolio }) {
  const t = useText();
  return (
    <details className={css.ended}>
      <summary>{t('portfolio.sources')}</summary>
      <ul>
        {portfolio.sources.map((source) => (
          <li key={source.text}>
            {source.text}
            {!source.verified && <span className={css.tag}>{t('portfolio.unverified')}</span>}
          </li>
        ))}
        {portfolio.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}
