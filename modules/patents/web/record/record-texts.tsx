import { useState } from 'react';
import { formatNumber } from '#shell/format';
import type { PatentRecord } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './record.module.css';

const SHOWN_CLAIMS = 20;

/** Abstract, claims, description, and columns of the source that have no place of their own. */
export function RecordTexts({ record }: { record: PatentRecord }) {
  const t = useText();
  const { abstract, description } = record;
  const extra = Object.entries(record.extra).filter(([, value]) => value !== '');
  return (
    <>
      <section className={css.section} aria-labelledby="abstract">
        <h2 id="abstract">{t('record.abstract')}</h2>
        {abstract === '' ? <p className={css.none}>{t('record.noAbstract')}</p> : <Prose text={abstract} />}
      </section>
      <Claims record={record} />
      <section className={css.section} aria-labelledby="description">
        <h2 id="description">{t('record.description')}</h2>
        {description === '' ? (
          <p className={css.none}>{t('record.noDescription')}</p>
        ) : (
          <details>
            <summary>{t('record.openDescription', { length: formatNumber(description.length) })}</summary>
            <Prose text={description} />
          </details>
        )}
      </section>
      {extra.length > 0 && (
        <section className={css.section} aria-labelledby="extra">
          <h2 id="extra">{t('record.extra')}</h2>
          <details>
            <summary>{t('record.openExtra', { count: extra.length })}</summary>
            <dl className={css.extra}>
              {extra.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </section>
      )}
    </>
  );
}

function Claims({ record }: { record: PatentRecord }) {
  const t = useText();
  const { claims, mainClaimOnly } = record;
  const [all, setAll] = useState(false);
  const shown = all ? claims : claims.slice(0, SHOWN_CLAIMS);
  return (
    <section className={css.section} aria-labelledby="claims">
      <h2 id="claims">
        {t(mainClaimOnly ? 'record.mainClaim' : 'record.claims')}
        {claims.length > 1 && (
          <span className={css.count}>{t('record.claimCount', { count: claims.length })}</span>
        )}
      </h2>
      {claims.length === 0 ? (
        <p className={css.none}>{t('record.noClaims')}</p>
      ) : mainClaimOnly ? (
        <Prose text={withoutNumber(claims[0]!.text, 1)} />
      ) : (
        <ol className={css.claims}>
          {shown.map((claim) => (
            <li key={claim.number} value={claim.number}>
              <Prose text={withoutNumber(claim.text, claim.number)} />
            </li>
          ))}
        </ol>
      )}
      {mainClaimOnly && <p className={css.note}>{t('record.mainClaimNote')}</p>}
      {shown.length < claims.length && (
        <button type="button" className={css.more} onClick={() => setAll(true)}>
          {t('record.allClaims', { count: claims.length })}
        </button>
      )}
    </section>
  );
}

/** The list brings the number itself. */
function withoutNumber(claim: string, n: number): string {
  return claim.replace(new RegExp(`^\\s*${n}\\s*[.．、]\\s*(?!\\d)`), '');
}

function Prose({ text }: { text: string }) {
  return <p className={css.prose}>{text}</p>;
}
