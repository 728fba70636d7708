import { checkUscc } from '#kernel/identifiers/uscc';
import type { Organisation, OrganisationRow } from '../contract.ts';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** A code in figures of one width, or the word for none. */
export function Code({ code }: { code: string | null }) {
  const t = useText();
  return code ? <span className={css.code}>{code}</span> : <span className={css.none}>{t('code.none')}</span>;
}

/** A code taken apart: registrar, kind, region of registration, the organisation's own code and both check characters. */
export function CodeParts({ organisation }: { organisation: Pick<Organisation, 'code' | 'codeRegion'> }) {
  const t = useText();
  const { code, codeRegion } = organisation;
  if (!code) return <p className={css.sub}>{t('code.noneNote')}</p>;
  if (!checkUscc(code).valid) return null;
  const parts = [
    { text: code.slice(0, 1), name: t('code.department') },
    { text: code.slice(1, 2), name: t('code.category') },
    {
      text: code.slice(2, 8),
      name: codeRegion ? t('code.regionOf', { name: codeRegion.name }) : t('code.region'),
    },
    { text: code.slice(8, 17), name: t('code.body') },
    { text: code.slice(17), name: t('code.check') },
  ];
  return (
    <div>
      <ol className={css.parts} aria-label={t('code.parts')}>
        {parts.map((part) => (
          <li key={part.name}>
            <span className={css.code}>{part.text}</span>
            <span className={css.sub}>{part.name}</span>
          </li>
        ))}
      </ol>
      <p className={css.sub}>{t('code.valid')}</p>
    </div>
  );
}

/** A stretch of days, both ends included; nothing where neither is known. */
export function Spell({ from, to }: { from: string | null; to: string | null }) {
  const t = useText();
  if (from && to) return <>{t('days.both', { from, to })}</>;
  if (from) return <>{t('days.from', { from })}</>;
  return <>{to && t('days.to', { to })}</>;
}

/** Former names in a line below the name. */
export function FormerNames({ names }: { names: OrganisationRow['formerNames'] }) {
  const t = useText();
  const former = names.filter((n) => n.kind === 'former');
  if (former.length === 0) return null;
  return (
    <span className={css.sub}>
      {t('formerly', { names: former.map((n) => n.name).join(t('listComma')) })}
    </span>
  );
}
