import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { searchPatents } from '#modules/patents/contract';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import type { Organisation } from '../contract.ts';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Names under which patents are looked for: the present one, former ones, those of what was merged into it. */
const MOST_NAMES = 6;

/** The query for patents of an applicant, by the name as it stands. */
const applicantQuery = (name: string) => `PA="${name.replaceAll('"', ' ')}"`;

/** Patents whose applicants bear one of the organisation's names, with the way to the search. */
export function Patents({ organisation }: { organisation: Organisation }) {
  const t = useText();
  const former = organisation.formerNames.filter((n) => n.kind === 'former').map((n) => n.name);
  const merged = organisation.merges
    .filter((m) => m.undoneAt === null && m.survivor.id === organisation.id)
    .map((m) => m.loser.name);
  const names = [...new Set([organisation.name, ...former, ...merged])].slice(0, MOST_NAMES);
  return (
    <section className={css.section} aria-labelledby="patents">
      <h2 id="patents">{t('patents.title')}</h2>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('patents.applicant')}</th>
            <th scope="col" className={css.figure}>
              {t('patents.inForce')}
            </th>
            <th scope="col" className={css.figure}>
              {t('patents.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <PatentLine key={name} name={name} />
          ))}
        </tbody>
      </table>
      <p className={css.sub}>{t('patents.note')}</p>
    </section>
  );
}

function PatentLine({ name }: { name: string }) {
  const t = useText();
  const all = useQuery(
    queryOf(searchPatents, { query: { q: applicantQuery(name), size: 1, facets: 'none' } }),
  );
  const inForce = useQuery(
    queryOf(searchPatents, {
      query: { q: applicantQuery(name), filter: 'legalStatus:in-force', size: 1, facets: 'none' },
    }),
  );
  const error = all.error ?? inForce.error;
  if (error && !(all.data && inForce.data))
    return (
      <tr>
        <td colSpan={3}>
          <ErrorPanel
            error={error}
            what={t('patents.title')}
            onRetry={() => {
              void all.refetch();
              void inForce.refetch();
            }}
          />
        </td>
      </tr>
    );
  return (
    <tr>
      <th scope="row">
        <Link to="/patents" search={{ q: applicantQuery(name) } as never}>
          {name}
        </Link>
      </th>
      <td className={css.figure}>{formatNumber(inForce.data?.total)}</td>
      <td className={css.figure}>{formatNumber(all.data?.total)}</td>
    </tr>
  );
}
