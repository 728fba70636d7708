import { useState } from 'react';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import type { PatentRecord } from '../../contract/record.ts';
import { useText } from '../text.ts';
import { useCodeWords } from '../words.ts';
import { ClaimTree } from './claim-tree.tsx';
import { withoutNumber } from './claims.ts';
import { OriginNote } from './origin.tsx';
import css from './record.module.css';

/** Letters of a description that are shown before it is unfolded. */
const BEGINNING = 1500;

/** The abstract, in each language that there is. */
export function Abstract({ record }: { record: PatentRecord }) {
  const t = useText();
  const codes = useCodeWords();
  const all = [
    ...(record.abstract === '' ? [] : [{ lang: record.lang, text: record.abstract }]),
    ...record.abstracts.filter((one) => one.text !== record.abstract && one.text !== ''),
  ];
  const [chosen, setChosen] = useState(0);
  const shown = all[chosen] ?? all[0];
  return (
    <section className={css.section} aria-labelledby="abstract">
      <h2 id="abstract">{t('record.abstract')}</h2>
      {all.length > 1 && (
        <p className="no-print">
          <ToggleGroup>
            {all.map((one, i) => (
              <Toggle key={one.lang} pressed={i === chosen} onChange={() => setChosen(i)}>
                {one.lang === '' ? t('record.otherLanguage') : codes.language(one.lang)}
              </Toggle>
            ))}
          </ToggleGroup>
        </p>
      )}
      {shown ? (
        <p className={css.prose} lang={shown.lang || undefined}>
          {shown.text}
        </p>
      ) : (
        <p className={css.none}>{t('record.noAbstract')}</p>
      )}
      <OriginNote field="abstract" />
    </section>
  );
}

/** The claims as a tree, or the main claim alone where no more is known. */
export function Claims({ record }: { record: PatentRecord }) {
  const t = useText();
  const { claims, mainClaimOnly } = record;
  const independent = claims.filter((claim) => claim.dependsOn.length === 0).length;
  return (
    <section className={css.section} aria-labelledby="claims">
      <h2 id="claims">
        {t(mainClaimOnly ? 'record.mainClaim' : 'record.claims')}
        {claims.length > 1 && (
          <span className={css.count}>{t('record.claimCount', { count: claims.length, independent })}</span>
        )}
      </h2>
      {claims.length === 0 ? (
        <p className={css.none}>{t('record.noClaims')}</p>
      ) : mainClaimOnly ? (
        <p className={css.prose}>{withoutNumber(claims[0]!.text, 1)}</p>
      ) : (
        <ClaimTree claims={claims} />
      )}
      {mainClaimOnly && <p className={css.note}>{t('record.mainClaimNote')}</p>}
      <OriginNote field="claims" />
    </section>
  );
}

/** The description: its beginning, and all of it on wish. */
export function Description({ record }: { record: PatentRecord }) {
  const t = useText();
  const { description } = record;
  const [open, setOpen] = useState(description.length <= BEGINNING * 1.5);
  // Cut where a paragraph ends, so that no sentence is torn.
  const end = description.indexOf('\n', BEGINNING);
  const beginning =
    end < 0 || end > BEGINNING * 2 ? description.slice(0, BEGINNING) : description.slice(0, end);
  return (
    <section className={css.section} aria-labelledby="description">
      <h2 id="description">
        {t('record.description')}
        {description !== '' && (
          <span className={css.count}>
            {t('record.letters', { length: formatNumber(description.length) })}
          </span>
        )}
      </h2>
      {description === '' ? (
        <p className={css.none}>{t('record.noDescription')}</p>
      ) : (
        <>
          {(open ? description : beginning)
            .split(/\n+/)
            .filter((paragraph) => paragraph.trim() !== '')
            .map((paragraph, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs stand in the order of the text.
              <p key={i} className={css.prose}>
                {paragraph}
              </p>
            ))}
          {!open && (
            <button type="button" className={css.more} onClick={() => setOpen(true)}>
              {t('record.openDescription')}
            </button>
          )}
        </>
      )}
      <OriginNote field="description" />
    </section>
  );
}

/** Columns of the source that have no place of their own. */
export function Extra({ record }: { record: PatentRecord }) {
  const t = useText();
  const extra = Object.entries(record.extra).filter(([, value]) => value !== '');
  if (extra.length === 0) return null;
  return (
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
  );
}
