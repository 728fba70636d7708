import { Facts } from '#shell/components/facts.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import type { PatentRecord } from '../../contract/record.ts';
import type { PatentHit } from '../../contract/search.ts';
import { DemoRecordMark, StatusMark } from '../marks.tsx';
import { ClaimTree } from '../record/claim-tree.tsx';
import { useRegions } from '../regions.ts';
import { HitTitle, Marked, pieceOf } from '../results/hit-parts.tsx';
import { useText } from '../text.ts';
import { useTypeWord } from '../words.ts';
import css from './review.module.css';

/** A record for reading: what decides about it first, its claims beside it. The list's answer stands until the record comes. */
export function ReviewRecord({ hit, record }: { hit: PatentHit; record: PatentRecord | undefined }) {
  const t = useText();
  const typeWord = useTypeWord();
  const regions = useRegions();
  const abstract = pieceOf(hit, 'abstract');
  const semicolon = t('listSemicolon');
  const same = record?.number === hit.publicationNumber ? record : undefined;
  return (
    <article className={css.record}>
      <p className={css.number}>
        <strong>{hit.publicationNumber}</strong>
        <StatusMark status={hit.legalStatus} />
        {hit.demo && <DemoRecordMark />}
        <a href={`/patents/${encodeURIComponent(hit.publicationNumber)}`} target="_blank" rel="noreferrer">
          {t('review.open')}
        </a>
      </p>
      <h1>
        <HitTitle hit={hit} />
      </h1>
      <div className={css.columns}>
        <div>
          <Facts
            items={[
              { name: t('record.applicants'), value: hit.applicants.join(semicolon) || null },
              { name: t('record.inventors'), value: same?.inventors.join(semicolon) || null },
              {
                name: t('column.type'),
                value: `${typeWord(hit.type)} · ${t(hit.granted ? 'granted' : 'published')}`,
              },
              { name: t('record.filed'), value: hit.filingDate },
              { name: t('record.published'), value: hit.publicationDate },
              { name: 'IPC', value: hit.ipc.join(t('listComma')) || null },
              { name: 'CPC', value: hit.cpc.join(t('listComma')) || null },
              { name: t('record.region'), value: hit.region && regions.nameOf(hit.region) },
            ]}
          />
          <h2>{t('record.abstract')}</h2>
          {same && same.abstract.length > (abstract?.text.length ?? 0) ? (
            <p className={css.text}>{same.abstract}</p>
          ) : (
            <p className={css.text}>{abstract ? <Marked {...abstract} /> : t('record.noAbstract')}</p>
          )}
          {hit.highlights
            .filter((piece) => piece.part === 'claims' || piece.part === 'description')
            .map((piece) => (
              <p key={piece.part} className={css.text}>
                <span className={css.part}>{t(`part.${piece.part}`)}</span>
                <Marked text={piece.text} marks={piece.marks} />
              </p>
            ))}
        </div>
        <div>
          <h2>{t('record.claims')}</h2>
          {!same ? (
            <Skeleton rows={6} />
          ) : same.claims.length === 0 ? (
            <p className={css.muted}>{t('record.noClaims')}</p>
          ) : (
            <ClaimTree claims={same.claims} />
          )}
        </div>
      </div>
    </article>
  );
}
