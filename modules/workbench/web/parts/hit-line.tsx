import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PatentHit } from '#modules/patents/contract';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** A publication in two lines: number and title, then who, when and its status; `children` stand behind those. */
export function HitLine({
  number,
  hit,
  children,
}: {
  number: string;
  hit: PatentHit | null;
  children?: ReactNode;
}) {
  const t = useText();
  return (
    <>
      <span className={css.itemHead}>
        <Link to="/patents/$number" params={{ number }}>
          {number}
        </Link>
        {hit && <span className={css.itemTitle}>{hit.title || t('noTitle')}</span>}
      </span>
      <span className={css.itemFacts}>
        {hit ? (
          <>
            {hit.applicants.length > 0 && <span>{hit.applicants.join('; ')}</span>}
            {hit.publicationDate && <span>{hit.publicationDate}</span>}
            <span>{t(`status.${hit.legalStatus}`)}</span>
            {hit.demo && <span>{t('demo')}</span>}
          </>
        ) : (
          <span>{t('notInCorpus')}</span>
        )}
        {children}
      </span>
    </>
  );
}
