import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { PatentHit } from '../../contract/search.ts';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { useTypeWord } from '../words.ts';
import { Extras, HitTitle, Marked, Tick } from './hit-parts.tsx';
import css from './results.module.css';

/** The results of a page one below the other; each title is a link and marked for the keys. */
export function HitList({
  hits,
  first,
  list,
}: {
  hits: readonly PatentHit[];
  /** Place of the first one in the whole result. */
  first: number;
  list: RefObject<HTMLElement | null>;
}) {
  const t = useText();
  return (
    <ol
      ref={list as RefObject<HTMLOListElement | null>}
      className={css.hits}
      start={first}
      aria-label={t('hits.label')}
    >
      {hits.map((hit) => (
        <Hit key={hit.publicationNumber} hit={hit} />
      ))}
    </ol>
  );
}

function Hit({ hit }: { hit: PatentHit }) {
  const t = useText();
  const regions = useRegions();
  const typeWord = useTypeWord();
  return (
    <li className={css.hit}>
      <Tick number={hit.publicationNumber} />
      <div className={css.hitSide}>
        <span className={css.hitNumber}>{hit.publicationNumber}</span>
        <span>{hit.publicationDate ?? t('hits.noDate')}</span>
        <StatusMark status={hit.legalStatus} />
      </div>
      <div className={css.hitMain}>
        <h2>
          <Link to="/patents/$number" params={{ number: hit.publicationNumber }} data-hit="">
            <HitTitle hit={hit} />
          </Link>
          {hit.demo && <DemoRecordMark />}
        </h2>
        {hit.applicants.length > 0 && (
          <p className={css.hitApplicants}>{hit.applicants.join(t('listSemicolon'))}</p>
        )}
        <p className={css.hitFacts}>
          <span>
            {typeWord(hit.type)} · {t(hit.granted ? 'granted' : 'published')}
          </span>
          {hit.filingDate && <span>{t('hits.filed', { date: hit.filingDate })}</span>}
          {hit.ipc.length > 0 && (
            <span>
              IPC {hit.ipc.slice(0, 4).join(t('listComma'))}
              {hit.ipc.length > 4 && t('hits.moreClasses', { count: hit.ipc.length })}
            </span>
          )}
          <span>{hit.region ? regions.nameOf(hit.region) : t('region.none')}</span>
          <Extras hit={hit} />
        </p>
        {hit.highlights
          .filter((piece) => piece.part !== 'title')
          .map((piece) => (
            <p key={piece.part} className={css.snippet}>
              <span className={css.part}>{t(`part.${piece.part}`)}</span>
              <Marked text={piece.text} marks={piece.marks} />
            </p>
          ))}
      </div>
    </li>
  );
}
