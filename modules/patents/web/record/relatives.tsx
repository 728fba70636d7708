import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatNumber } from '#shell/format';
import type { CitationJson, PatentRecord } from '../../contract/record.ts';
import { useText } from '../text.ts';
import { useCodeWords } from '../words.ts';
import { OriginNote } from './origin.tsx';
import css from './record.module.css';

/** Rows that are shown before a list is unfolded. */
const SHOWN = 12;

/** Other publications of the application, and members of the family. */
export function Family({ record }: { record: PatentRecord }) {
  const t = useText();
  const codes = useCodeWords();
  const { family, familyId, extendedFamilyId } = record;
  const { shown, more } = useFolded(family);
  return (
    <section className={css.section} aria-labelledby="family">
      <h2 id="family">
        {t('record.familyTitle')}
        {family.length > 0 && (
          <span className={css.count}>{t('family.count', { count: family.length })}</span>
        )}
      </h2>
      {family.length === 0 ? (
        <p className={css.none}>{t('record.noRelated')}</p>
      ) : (
        <ScrollBox label={t('record.familyTitle')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('column.number')}</th>
                <th scope="col">{t('column.country')}</th>
                <th scope="col">{t('column.published')}</th>
                <th scope="col">{t('part.title')}</th>
                <th scope="col">{t('family.relation')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.number}>
                  <td className={css.nowrap}>
                    <NumberLink number={one.number} known={one.known} />
                  </td>
                  <td className={css.nowrap}>{codes.office(one.country)}</td>
                  <td className={css.nowrap}>{one.publicationDate}</td>
                  <td>{one.known ? one.title : <span className={css.none}>{t('family.notHere')}</span>}</td>
                  <td className={css.nowrap}>
                    {t(one.sameApplication ? 'family.sameApplication' : 'family.member')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {more}
      {(familyId !== '' || extendedFamilyId !== '') && (
        <p className={css.note}>
          {familyId !== '' && t('family.simple', { id: familyId })}
          {extendedFamilyId !== '' && t('family.extended', { id: extendedFamilyId })}
        </p>
      )}
      <OriginNote field="familyMembers" />
    </section>
  );
}

/** What it cites, and what cites it. */
export function Citations({ record }: { record: PatentRecord }) {
  const t = useText();
  const { citations, citedBy, citedByTotal } = record;
  const known = citations.filter((c) => c.known).length;
  return (
    <>
      <section className={css.section} aria-labelledby="citations">
        <h2 id="citations">
          {t('record.citations')}
          {citations.length > 0 && (
            <span className={css.count}>
              {t('record.citationsKnown', { count: citations.length, known })}
            </span>
          )}
        </h2>
        {citations.length === 0 ? (
          <p className={css.none}>{t('citations.none')}</p>
        ) : (
          <CitationTable label={t('record.citations')} rows={citations} />
        )}
        <OriginNote field="citations" />
      </section>
      <section className={css.section} aria-labelledby="cited-by">
        <h2 id="cited-by">
          {t('record.citedBy')}
          {citedByTotal > 0 && (
            <span className={css.count}>{t('citations.count', { count: citedByTotal })}</span>
          )}
        </h2>
        {citedByTotal === 0 ? (
          <p className={css.none}>{t('citations.notCited')}</p>
        ) : (
          <>
            <CitationTable label={t('record.citedBy')} rows={citedBy} />
            <p>
              <Link to="/patents" search={{ q: `CT=${record.number}` } as never}>
                {t('citations.search', { total: formatNumber(citedByTotal), count: citedByTotal })}
              </Link>
            </p>
          </>
        )}
      </section>
    </>
  );
}

function CitationTable({ label, rows }: { label: string; rows: readonly CitationJson[] }) {
  const t = useText();
  const { shown, more } = useFolded(rows);
  const categories = rows.some((row) => row.category !== '');
  const origins = rows.some((row) => row.origin !== '');
  return (
    <>
      <ScrollBox label={label}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('citations.document')}</th>
              {categories && <th scope="col">{t('citations.category')}</th>}
              {origins && <th scope="col">{t('citations.origin')}</th>}
              <th scope="col">{t('part.title')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same document may be cited twice.
              <tr key={i}>
                <td className={one.number === '' ? undefined : css.nowrap}>
                  {one.number === '' ? (
                    t('citations.literature')
                  ) : (
                    <NumberLink number={one.number} known={one.known} />
                  )}
                </td>
                {categories && <td title={t('citations.categoryHelp')}>{one.category}</td>}
                {origins && <td className={css.nowrap}>{one.origin}</td>}
                <td>{one.title || one.text || <span className={css.none}>{t('family.notHere')}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {more}
    </>
  );
}

/** A number, a link where the corpus holds it. */
function NumberLink({ number, known }: { number: string; known: boolean }) {
  if (!known) return number;
  return (
    <Link to="/patents/$number" params={{ number }}>
      {number}
    </Link>
  );
}

function useFolded<T>(rows: readonly T[]) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const shown = open || rows.length <= SHOWN + 2 ? rows : rows.slice(0, SHOWN);
  const left = rows.length - shown.length;
  return {
    shown,
    more: left > 0 && (
      <button type="button" className={css.more} onClick={() => setOpen(true)}>
        {t('record.moreRows', { count: left })}
      </button>
    ),
  };
}
