import { type ReactNode, useId } from 'react';
import css from './directory.module.css';
import { TextField } from './fields.tsx';

/** A box to find in a directory, and how much is found. */
export function DirectoryFind({
  label,
  value,
  found,
  onChange,
}: {
  label: string;
  value: string | undefined;
  /** How much is found, in words. */
  found: string;
  onChange: (words: string | undefined) => void;
}) {
  return (
    <div className={css.find}>
      <TextField
        search
        label={label}
        size={32}
        value={value ?? ''}
        onChange={(words) => onChange(words || undefined)}
      />
      <span role="status" className={css.found}>
        {found}
      </span>
    </div>
  );
}

/**
 * A group of a directory: heading and table, which becomes cards in a narrow window; there each cell is named by its
 * `data-label`. The heads of the columns are seen on the first group only.
 */
export function DirectoryGroup({
  title,
  columns,
  className = '',
  children,
}: {
  title: ReactNode;
  columns: readonly { title: string; figure?: boolean }[];
  /** Widths of the columns. */
  className?: string | undefined;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={css.group} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <table className={`${css.table} ${className}`} aria-labelledby={id}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" data-figure={column.figure}>
                <span>{column.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Name and purpose of an entry, at the head of its line. */
export function DirectoryName({ children, purpose }: { children: ReactNode; purpose: string }) {
  return (
    <th scope="row">
      <span className={css.name}>{children}</span>
      <span className={css.purpose}>{purpose}</span>
    </th>
  );
}
