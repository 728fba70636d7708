import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { PATENTS_IMPORT, type PatentPage, searchPatents } from '../../contract.ts';
import type { PatentSearch } from '../address.ts';
import { useText } from '../text.ts';
import { conditionsOf, without } from './relax.ts';
import css from './search.module.css';
import { useConditionWords } from './searched.tsx';

const MOST_TRIES = 8;

/** Why nothing was found, and what would be found with one condition less. */
export function NothingFound({ page, search }: { page: PatentPage; search: PatentSearch }) {
  const t = useText();
  const conditions = conditionsOf(page.searched);
  if (conditions.length === 0) return <NothingImported />;
  return (
    <section className={css.nothing} aria-labelledby="nothing">
      <h2 id="nothing">{t('nothing.title')}</h2>
      {conditions.length > 1 && <Relaxed page={page} search={search} />}
      <h3>{t('nothing.why')}</h3>
      <ul>
        {page.searched.numbers.length > 0 && <li>{t('nothing.number')}</li>}
        {page.searched.words.length > 1 && <li>{t('nothing.allWords')}</li>}
        {page.searched.words.length > 0 && <li>{t('nothing.words')}</li>}
        {page.searched.applicant !== null && <li>{t('nothing.applicant')}</li>}
        {page.searched.ipc !== null && <li>{t('nothing.ipc')}</li>}
        {(page.searched.from ?? page.searched.to) !== null && <li>{t('nothing.dates')}</li>}
        {page.searched.region !== null && <li>{t('nothing.region')}</li>}
        <li>{t('nothing.imported')}</li>
      </ul>
      <p>
        <Link to="/patents">{t('nothing.everything')}</Link>
      </p>
    </section>
  );
}

/** Each condition left out in turn, with how much there is then. */
function Relaxed({ page, search }: { page: PatentPage; search: PatentSearch }) {
  const t = useText();
  const words = useConditionWords(page.searched);
  const tries = conditionsOf(page.searched)
    .slice(0, MOST_TRIES)
    .map((condition) => ({ condition, change: without(condition, page.searched) }));
  const answers = useQueries({
    queries: tries.map(({ change }) =>
      queryOf(searchPatents, { query: { ...search, ...change, page: 1, size: 1 } }),
    ),
  });
  const found = tries
    .map((one, i) => ({ ...one, total: answers[i]?.data?.total ?? 0 }))
    .filter((one) => one.total > 0);
  if (answers.some((answer) => answer.isLoading)) return null;
  if (found.length === 0) return <p>{t('nothing.noneAlone')}</p>;
  return (
    <>
      <h3>{t('nothing.try')}</h3>
      <ul className={css.tries}>
        {found.map(({ condition, change, total }) => (
          <li key={`${condition.kind} ${condition.text}`}>
            <Link to="/patents" search={((before: PatentSearch) => ({ ...before, ...change })) as never}>
              {t('nothing.without', { condition: words(condition) })}
            </Link>
            <span className={css.muted}>
              {t('nothing.then', { count: total, total: formatNumber(total) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function NothingImported() {
  const t = useText();
  const session = useSession();
  return (
    <section className={css.nothing} aria-labelledby="nothing">
      <h2 id="nothing">{t('nothing.emptyTitle')}</h2>
      <p>{t('nothing.empty')}</p>
      {session.may(PATENTS_IMPORT) && (
        <p>
          <Link to="/patents/imports">{t('nothing.import')}</Link>
        </p>
      )}
    </section>
  );
}

/** The page asked for lies behind the last one. */
export function BehindTheEnd({ pages }: { pages: number }) {
  const t = useText();
  return (
    <section className={css.nothing}>
      <p>{t('nothing.behind', { pages: formatNumber(pages) })}</p>
      <p>
        <Link
          to="/patents"
          search={((before: PatentSearch) => ({ ...before, page: pages === 1 ? undefined : pages })) as never}
        >
          {t('nothing.lastPage')}
        </Link>
      </p>
    </section>
  );
}
