import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { type SimilarHit, similarPatents } from '../../contract/similar.ts';
import { StatusMark } from '../marks.tsx';
import { useNear } from '../near.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

/** Similar patents that are asked for. */
const MOST = 10;

/** The records most like this one, and what they share with it. Asked for only when the reader comes near. */
export function Similar({ number }: { number: string }) {
  const t = useText();
  const [place, near] = useNear<HTMLElement>();
  const answer = useQuery({
    ...queryOf(similarPatents, { params: { number }, query: { limit: MOST } }),
    enabled: near,
    staleTime: 600_000,
  });
  return (
    <section ref={place} className={css.section} aria-labelledby="similar">
      <h2 id="similar">{t('record.similar')}</h2>
      {answer.error ? (
        <ErrorPanel error={answer.error} what={t('record.similar')} onRetry={() => void answer.refetch()} />
      ) : !answer.data ? (
        <Skeleton rows={4} />
      ) : answer.data.similar.length === 0 ? (
        <p className={css.none}>{t('similar.none')}</p>
      ) : (
        <>
          <ol className={css.similar}>
            {answer.data.similar.map((one) => (
              <SimilarLine key={one.hit.publicationNumber} one={one} />
            ))}
          </ol>
          <p className={css.note}>{answer.data.note}</p>
        </>
      )}
    </section>
  );
}

function SimilarLine({ one }: { one: SimilarHit }) {
  const t = useText();
  const { hit, why } = one;
  return (
    <li>
      <p className={css.similarHead}>
        <Link to="/patents/$number" params={{ number: hit.publicationNumber }}>
          {hit.title || t('hits.noTitle')}
        </Link>
        <span className={css.none}>{hit.publicationNumber}</span>
        <span className={css.none}>{hit.publicationDate}</span>
        <StatusMark status={hit.legalStatus} />
      </p>
      <p className={css.note}>
        {hit.applicants.join(t('listSemicolon'))}
        {hit.applicants.length > 0 && t('listSemicolon')}
        {t('similar.why', {
          terms: why
            .slice(0, 8)
            .map(({ term, from }) => (from === null ? term : `${from} → ${term}`))
            .join(t('listComma')),
        })}
      </p>
    </li>
  );
}
