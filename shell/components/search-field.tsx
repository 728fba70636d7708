import { useEffect, useId, useState } from 'react';
import css from './fields.module.css';

/** A labelled text among filters; passed on once typing pauses, or at once with Enter. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  const pass = () => {
    const text = typed.trim() || undefined;
    if (text !== value) onChange(text);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: waits for typing alone; a filter changed meanwhile is read when it passes.
  useEffect(() => {
    const timer = setTimeout(pass, 400);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <span className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') pass();
        }}
      />
    </span>
  );
}
