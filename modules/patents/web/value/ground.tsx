import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import css from './value.module.css';

/** By which dated rules something was said, where they stand, whether somebody read them there, and the way to all versions. */
export function Ground({
  verified,
  show,
  children,
}: {
  verified: boolean;
  /** Which part of the page of the rules: schemes, or criteria without it. */
  show?: 'scheme';
  children: ReactNode;
}) {
  const t = useText();
  return (
    <p className={css.note}>
      {children}
      {!verified && <span className={css.tag}>{t('value.unverified')}</span>}{' '}
      <Link to="/patents/value-rules" search={{ show } as never} className={css.versions}>
        {t('value.versions')}
      </Link>
    </p>
  );
}
