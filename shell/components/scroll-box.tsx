import type { ReactNode } from 'react';
import css from './components.module.css';

/** Holds a table that may be wider than the page; it scrolls by itself and the arrow keys reach it. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a form.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus, keyboards could not scroll what is cut off.
    <div className={css.scrollBox} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
