import { Link } from '@tanstack/react-router';
import css from './data-links.module.css';
import { useText } from './text.ts';

/** Ways from the head of the search to what belongs to it and is no search. */
export function DataLinks() {
  const t = useText();
  return (
    <nav className={css.links} aria-label={t('links.label')}>
      <Link to="/patents/applicants">{t('applicants.title')}</Link>
      <Link to="/patents/numbers">{t('numbers.title')}</Link>
      <Link to="/patents/classes">{t('scheme.title')}</Link>
      <Link to="/patents/completeness">{t('complete.title')}</Link>
      <Link to="/patents/value-rules">{t('rules.title')}</Link>
    </nav>
  );
}
