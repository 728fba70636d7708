import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { PatentHit } from '../../contract/search.ts';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { useText } from '../text.ts';
import { useTypeWord } from '../words.ts';
import { Extras, HitTitle, Marked, pieceOf, Tick } from './hit-parts.tsx';
import css from './results.module.css';

/** The results of a page as cards side by side, for looking through abstracts. */
export function HitCards({
  hits,
  list,
}: {
  hits: readonly PatentHit[];
  list: RefObject<HTMLElement | null>;
}) {
  const t = useText();
  const typeWord = useTypeWord();
  return (
    <ul ref={list as RefObject<HTMLUListElement | null>} className={css.cards} aria-label={t('hits.label')}>
      {hits.map((hit) => {
        const abstract = pieceOf(hit, 'abstract');
        return (
          <li key={hit.publicationNumber} className={css.card}>
            <p className={css.cardHead}>
              <Tick number={hit.publicationNumber} />
              <span className={css.hitNumber}>{hit.publicationNumber}</span>
              <StatusMark status={hit.legalStatus} />
              {hit.demo && <DemoRecordMark />}
            </p>
            <h2>
              <Link to="/patents/$number" params={{ number: hit.publicationNumber }} data-hit="">
                <HitTitle hit={hit} />
              </Link>
            </h2>
            <p className={css.hitApplicants}>{hit.applicants.join(t('listSemicolon'))}</p>
            <p className={css.hitFacts}>
              <span>{typeWord(hit.type)}</span>
              <span>{hit.publicationDate ?? t('hits.noDate')}</span>
              {hit.ipc[0] && <span>{hit.ipc[0]}</span>}
              <Extras hit={hit} />
            </p>
            {abstract && (
              <p className={css.cardText}>
                <Marked {...abstract} />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
