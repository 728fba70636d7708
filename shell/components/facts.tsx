import type { ReactNode } from 'react';
import css from './facts.module.css';

/** Pairs of name and value, e.g. the head of a record. A pair without a value is left out. */
export function Facts({
  items,
  layout = 'rows',
}: {
  items: readonly { name: string; value: ReactNode }[];
  /** `rows`: one below the other; `strip`: side by side as a line of figures. */
  layout?: 'rows' | 'strip';
}) {
  return (
    <dl className={css[layout]}>
      {items
        .filter((i) => i.value !== null && i.value !== undefined && i.value !== false)
        .map((i) => (
          <div key={i.name}>
            <dt>{i.name}</dt>
            <dd>{i.value}</dd>
          </div>
        ))}
    </dl>
  );
}
