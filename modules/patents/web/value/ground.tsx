import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import css from './value.module.css';

/** Where something stands, and whether somebody read it there. */
export function Ground({ verified, children }: { verified: boolean; children: ReactNode }) {
  const t = useText();
  return (
    <p className={css.note}>
      {children}
      {!verified && <span className={css.tag}>{t('value.unverified')}</span>}
    </p>
  );
}
