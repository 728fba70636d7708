import { type RefObject, useEffect, useRef } from 'react';

/** Whether a key belongs to what is being typed or pressed with others. */
function isTyping(event: KeyboardEvent, inside: Element | null): boolean {
  const { target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  const over = [...document.querySelectorAll('[role="dialog"], dialog[open]')];
  if (over.some((dialog) => !inside || !dialog.contains(inside))) return true;
  return (
    target instanceof HTMLElement &&
    (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
  );
}

/**
 * Calls what belongs to a key while the page is looked at and nothing is being typed. `within`: an element of a dialog to which
 * the keys belong; without it keys rest while a dialog is open.
 */
export function useKeys(
  keys: Readonly<Record<string, () => void>>,
  within?: RefObject<Element | null>,
): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const does = latest.current[event.key];
      if (!does || isTyping(event, within?.current ?? null)) return;
      event.preventDefault();
      does();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [within]);
}

/** Brings a row into sight. */
export function showRow(number: string): void {
  document.querySelector(`[data-number="${CSS.escape(number)}"]`)?.scrollIntoView({ block: 'nearest' });
}
