import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useShellText } from '../../i18n.ts';
import type { InputControl } from './control.ts';
import css from './record-form.module.css';

/** One thing that may be chosen. */
export interface Suggestion {
  value: string;
  /** What is shown in the list. */
  label: ReactNode;
}

/** A text with a list of what may be meant: arrow keys walk it, Enter takes one, Escape closes it. */
export function Suggest({
  control,
  value,
  suggestions,
  asking = false,
  free,
  onType,
  onPick,
  onLeave,
}: {
  control: InputControl;
  value: string;
  suggestions: readonly Suggestion[];
  /** The answer is on its way. */
  asking?: boolean;
  /** Any text will do: nothing is said where nothing is known. */
  free?: boolean;
  onType: (text: string) => void;
  onPick: (value: string) => void;
  onLeave?: () => void;
}) {
  const t = useShellText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const shown = open && (suggestions.length > 0 || !asking);
  const listed = shown && suggestions.length > 0;
  const box = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState<{ top: number; left: number; width: number } | null>(null);
  // A small table clips what hangs out of it; the list therefore stands in the window, under its field.
  useLayoutEffect(() => {
    if (!listed) return;
    const follow = () => {
      const at = box.current?.getBoundingClientRect();
      if (at) setPlace({ top: at.bottom, left: at.left, width: Math.max(at.width, 280) });
    };
    follow();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    return () => {
      window.removeEventListener('scroll', follow, { capture: true });
      window.removeEventListener('resize', follow);
    };
  }, [listed]);
  const current = shown ? suggestions[at] : undefined;

  function pick(suggestion: Suggestion) {
    onPick(suggestion.value);
    setOpen(false);
    setAt(-1);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) {
        setOpen(true);
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = at + step;
      setAt(next < 0 ? suggestions.length - 1 : next >= suggestions.length ? 0 : next);
    }
    if (event.key === 'Enter' && current) {
      event.preventDefault();
      pick(current);
    }
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
      setAt(-1);
    }
  }
  return (
    <span className={css.suggest}>
      <input
        {...control}
        ref={box}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={current ? `${id}-${at}` : undefined}
        className={css.input}
        value={value}
        onChange={(event) => {
          onType(event.target.value);
          setOpen(true);
          setAt(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          setAt(-1);
          onLeave?.();
        }}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggest.list')}
        hidden={!listed}
        style={place ?? undefined}
      >
        {suggestions.map((s, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the text field, as in every combobox.
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field.
          <div
            key={s.value}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            // The field must not lose the focus before the press counts.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(s)}
          >
            {s.label}
          </div>
        ))}
      </div>
      {shown && !free && suggestions.length === 0 && value.trim() !== '' && (
        <span className={css.noSuggestion} role="status">
          {t('suggest.none')}
        </span>
      )}
    </span>
  );
}
