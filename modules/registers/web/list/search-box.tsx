import { type FormEvent, useEffect, useRef, useState } from 'react';
import { TextField } from '#shell/components/fields.tsx';
import { useText } from '../text.ts';
import css from './list.module.css';

/** Words by which the list is searched; asked when typing rests, or at once with Enter. */
export function SearchBox({
  q,
  onChange,
}: {
  q: string | undefined;
  onChange: (q: string | undefined) => void;
}) {
  const t = useText();
  const [typed, setTyped] = useState(q ?? '');
  const asked = useRef(q ?? '');
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // Changed from outside: a chip taken away, "back", a saved view.
    if ((q ?? '') !== asked.current) setTyped(q ?? '');
    asked.current = q ?? '';
  }, [q]);
  useEffect(() => () => clearTimeout(wait.current), []);

  function ask(text: string) {
    clearTimeout(wait.current);
    if (text.trim() === asked.current) return;
    asked.current = text.trim();
    onChange(text.trim() || undefined);
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    ask(typed);
  }
  return (
    <search className={css.search}>
      <form onSubmit={onSubmit}>
        <TextField
          search
          label={t('list.search')}
          size={40}
          placeholder={t('list.searchHint')}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            clearTimeout(wait.current);
            wait.current = setTimeout(() => ask(text), 300);
          }}
        />
      </form>
    </search>
  );
}
