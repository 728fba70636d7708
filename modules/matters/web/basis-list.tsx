import { useLang } from '#shell/i18n';
import css from './matters.module.css';
import { type Basis, useText } from './text.ts';

/** Laws and articles; what nobody verified is marked. */
export function BasisList({ basis }: { basis: readonly Basis[] }) {
  const t = useText();
  const lang = useLang();
  if (basis.length === 0) return null;
  return (
    <ul className={css.basis}>
      {basis.map(({ law, article, verified }) => (
        <li key={`${law.en} ${article}`}>
          {lang === 'zh' ? `《${law.zh}》${article}` : `${law.en} ${article}`}
          {!verified && <span className={css.unverified}>{t('unverifiedMark')}</span>}
        </li>
      ))}
    </ul>
  );
}
