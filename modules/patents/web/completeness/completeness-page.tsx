import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FieldRow, SelectField, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { download } from '#shell/csv';
import { formatNumber, formatShare } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import { completeness, MOST_YEAR_ROWS } from '../../contract/loads.ts';
import { CompletenessSearch } from '../address.ts';
import { useText } from '../text.ts';
import { useCodeWords } from '../words.ts';
import css from './completeness.module.css';
import { type Completeness, type Matrix, matrixOf, SHARES, sharesBy, sharesCsv } from './shape.ts';

/** How complete the corpus is: records by office, year and kind, and the share of them that has each field. */
export function CompletenessPage() {
  const t = useText();
  const [search, setSearch] = usePageSearch(CompletenessSearch);
  const { office } = useCodeWords();
  const all = useQuery(queryOf(completeness, { query: {} }));
  // A corpus of many offices is cut in one answer; an office alone never is.
  const cut = (all.data?.years.length ?? 0) >= MOST_YEAR_ROWS;
  const own = useQuery({
    ...queryOf(completeness, { query: { country: search.country } }),
    enabled: cut && search.country !== undefined,
  });
  const error = all.error ?? own.error;
  const data = all.data;
  const source = search.country !== undefined && cut ? own.data : data;
  const years = source?.years.filter((row) => !search.country || row.country === search.country);
  return (
    <article>
      <PageHeader
        title={t('complete.title')}
        subtitle={data ? t('complete.asOf', { asOf: data.asOf, total: formatNumber(data.total) }) : undefined}
        before={
          <Link to="/patents" activeOptions={{ exact: true }}>
            {t('search.title')}
          </Link>
        }
      />
      {error ? (
        <ErrorPanel error={error} what={t('complete.title')} onRetry={() => void all.refetch()} />
      ) : !data ? (
        <Skeleton rows={12} />
      ) : data.total === 0 ? (
        <p className={css.empty}>{t('complete.empty')}</p>
      ) : (
        <>
          <Offices data={data} country={search.country} />
          <section className={css.section} aria-labelledby="years">
            <h2 id="years">
              {search.country
                ? t('complete.yearsOf', { office: office(search.country) })
                : t('complete.years')}
            </h2>
            <div className={`${css.tools} no-print`}>
              <FieldRow label={t('complete.choose')}>
                <SelectField
                  label={t('facet.country')}
                  value={search.country}
                  all={t('complete.allOffices')}
                  choices={data.offices.map(({ country }) => ({ value: country, label: office(country) }))}
                  onChange={(country) => setSearch({ country })}
                />
              </FieldRow>
              <ToggleGroup>
                {(['counts', 'year', 'kind'] as const).map((view) => (
                  <Toggle
                    key={view}
                    pressed={(search.view ?? 'counts') === view}
                    onChange={() => setSearch({ view: view === 'counts' ? undefined : view })}
                  >
                    {t(`complete.view.${view}`)}
                  </Toggle>
                ))}
              </ToggleGroup>
              {years && <YearsCsv years={years} asOf={data.asOf} />}
            </div>
            {!years ? (
              <Skeleton rows={8} />
            ) : search.view === undefined ? (
              <Counts
                matrix={matrixOf(years, search.country ? 'kind' : 'country')}
                country={search.country}
              />
            ) : (
              <Shares
                head={t(search.view === 'year' ? 'facet.year' : 'complete.kind')}
                caption={t(`complete.view.${search.view}`)}
                rows={sharesBy(years, search.view)}
                word={(name) => (name === '0' || name === '' ? t('facet.noDate') : name)}
              />
            )}
            {cut && !search.country && <p className={css.note}>{t('complete.cut')}</p>}
          </section>
        </>
      )}
    </article>
  );
}

function Offices({ data, country }: { data: Completeness; country: string | undefined }) {
  const t = useText();
  const { office } = useCodeWords();
  const heads = [t('facet.country'), t('complete.records'), t('complete.first'), t('complete.last')];
  const save = () =>
    download(
      `${t('complete.title')} ${t('complete.offices')} ${data.asOf}.csv`,
      sharesCsv(
        [...heads, ...SHARES.map((field) => t('complete.percent', { field: t(`complete.${field}`) }))],
        data.offices.map((row) => ({
          ...row,
          cells: [row.country, row.records, row.firstDay, row.lastDay],
        })),
      ),
    );
  return (
    <section className={css.section} aria-labelledby="offices">
      <div className={css.head}>
        <h2 id="offices">{t('complete.offices')}</h2>
        <button type="button" className={`${css.csv} no-print`} onClick={save}>
          {t('complete.csvOffices')}
        </button>
      </div>
      <ScrollBox label={t('complete.offices')}>
        <table className={css.table}>
          <caption className="visually-hidden">{t('complete.offices')}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {SHARES.map((field) => (
                <th key={field} scope="col">
                  {t(`complete.${field}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.offices.map((row) => (
              <tr key={row.country} data-current={row.country === country}>
                <th scope="row">
                  <Link
                    to="."
                    search={(before: object) => ({ ...before, country: row.country }) as never}
                    resetScroll={false}
                  >
                    {office(row.country)}
                  </Link>{' '}
                  <span className={css.code}>{row.country}</span>
                </th>
                <td>{formatNumber(row.records)}</td>
                <td>{row.firstDay ?? '—'}</td>
                <td>{row.lastDay ?? '—'}</td>
                {SHARES.map((field) => (
                  <Share key={field} value={row[field]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={css.note}>{t('complete.how')}</p>
    </section>
  );
}

/** Nothing at all stands back; every other share is read as a figure. */
function Share({ value }: { value: number }) {
  return <td className={value === 0 ? css.none : undefined}>{formatShare(value)}</td>;
}

function Counts({ matrix, country }: { matrix: Matrix; country: string | undefined }) {
  const t = useText();
  const { office } = useCodeWords();
  const names = matrix.columns.map((name) => (country ? name || t('facet.notGiven') : office(name)));
  const heads = matrix.rest ? [...names, t('complete.rest')] : names;
  return (
    <ScrollBox label={t('complete.view.counts')}>
      <table className={css.table}>
        <caption className="visually-hidden">{t('complete.view.counts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('facet.year')}</th>
            <th scope="col">{t('complete.sum')}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row) => (
            <tr key={row.year}>
              <th scope="row">{row.year === 0 ? t('facet.noDate') : row.year}</th>
              <td>
                {row.year === 0 ? (
                  formatNumber(row.total)
                ) : (
                  <Link
                    to="/patents"
                    search={
                      {
                        filter: country ? `year:${row.year}|country:${country}` : `year:${row.year}`,
                      } as never
                    }
                    preload={false}
                    aria-label={t('complete.open', { year: row.year, total: formatNumber(row.total) })}
                  >
                    {formatNumber(row.total)}
                  </Link>
                )}
              </td>
              {row.cells.map((count, at) => (
                <td key={heads[at]} className={count === 0 ? css.none : undefined}>
                  {formatNumber(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('complete.sum')}</th>
            <td>{formatNumber(matrix.total)}</td>
            {matrix.totals.map((count, at) => (
              <td key={heads[at]}>{formatNumber(count)}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}

function Shares({
  head,
  caption,
  rows,
  word,
}: {
  head: string;
  caption: string;
  rows: ReturnType<typeof sharesBy>;
  word: (name: string) => string;
}) {
  const t = useText();
  return (
    <ScrollBox label={caption}>
      <table className={css.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{t('complete.records')}</th>
            {SHARES.map((field) => (
              <th key={field} scope="col">
                {t(`complete.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{word(row.name)}</th>
              <td>{formatNumber(row.records)}</td>
              {SHARES.map((field) => (
                <Share key={field} value={row[field]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function YearsCsv({ years, asOf }: { years: Completeness['years']; asOf: string }) {
  const t = useText();
  const heads = [t('facet.country'), t('facet.year'), t('complete.kind'), t('complete.records')];
  return (
    <button
      type="button"
      className={css.csv}
      onClick={() =>
        download(
          `${t('complete.title')} ${asOf}.csv`,
          sharesCsv(
            [...heads, ...SHARES.map((field) => t('complete.percent', { field: t(`complete.${field}`) }))],
            years.map((row) => ({
              ...row,
              cells: [row.country, row.year || null, row.kind, row.records],
            })),
          ),
        )
      }
    >
      {t('complete.csv')}
    </button>
  );
}
