import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatNumber } from '#shell/format';
import { useSession } from '#shell/session';
import { PATENTS_IMPORT } from '../../contract/permissions.ts';
import type { PatentSearch } from '../address.ts';
import { useFacetWords } from '../facets/facet-words.ts';
import { formatFilter, readFilter } from '../facets/filter.ts';
import { asAddress, readQuery } from '../query/read.ts';
import { queryFor, searchRequest } from '../search/search-query.ts';
import { useText } from '../text.ts';
import css from './results.module.css';

const MOST_TRIES = 8;

/** A condition and the change of the address that leaves it out. */
interface Try {
  name: string;
  change: Partial<PatentSearch>;
}

/** Why nothing was found, and what would be found with one condition less. */
export function NothingFound({ search }: { search: PatentSearch }) {
  const t = useText();
  const word = useFacetWords();
  const local = readQuery(search.q ?? '', search.dialect);
  const parts = local.state === 'good' ? local.parts : [];
  const chosen = readFilter(search.filter);
  if (parts.length + chosen.length === 0) return <NothingImported />;
  const tries: Try[] = [
    ...chosen.map((one) => ({
      name: t(one.not ? 'chip.not' : 'chip.is', {
        name: t(`facet.${one.facet}`),
        value: word(one.facet, one.value),
      }),
      change: { filter: formatFilter(chosen.filter((c) => c !== one)), page: undefined },
    })),
    ...parts.map((part) => ({
      name: part.text,
      change: { ...asAddress(part.without), long: undefined, page: undefined },
    })),
  ];
  return (
    <section className={css.nothing} aria-labelledby="nothing">
      <h2 id="nothing">{t('nothing.title')}</h2>
      {tries.length > 1 && <Relaxed tries={tries} search={search} />}
      <h3>{t('nothing.why')}</h3>
      <ul>
        <li>{t('nothing.words')}</li>
        <li>{t('nothing.applicant')}</li>
        <li>{t('nothing.number')}</li>
        <li>{t('nothing.imported')}</li>
      </ul>
      <p>
        <Link to="/patents">{t('nothing.everything')}</Link>
      </p>
    </section>
  );
}

/** Each condition left out in turn, with how much there is then. */
function Relaxed({ tries, search }: { tries: readonly Try[]; search: PatentSearch }) {
  const t = useText();
  const first = tries.slice(0, MOST_TRIES);
  const answers = useQueries({
    queries: first.map(({ change }) =>
      searchRequest({ ...queryFor({ ...search, ...change }, 'none'), page: 1, size: 1 }),
    ),
  });
  if (answers.some((answer) => answer.isLoading)) return null;
  const found = first
    .map((one, i) => ({ ...one, total: answers[i]?.data?.total ?? 0 }))
    .filter((one) => one.total > 0);
  if (found.length === 0) return <p>{t('nothing.noneAlone')}</p>;
  return (
    <>
      <h3>{t('nothing.try')}</h3>
      <ul className={css.tries}>
        {found.map(({ name, change, total }) => (
          <li key={name}>
            <Link to="/patents" search={((before: PatentSearch) => ({ ...before, ...change })) as never}>
              {t('nothing.without', { condition: name })}
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
