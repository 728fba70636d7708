import { useEffect, useRef } from 'react';

/** Whether a key belongs to what is being typed or pressed with others. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  if (document.querySelector('[role="dialog"], dialog[open]')) return true;
  return (
    target instanceof HTMLElement &&
    (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
  );
}

/** Calls what belongs to a key while the page is looked at and nothing is being typed. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const does = latest.current[event.key];
      if (!does || isTyping(event)) return;
      event.preventDefault();
      does();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Brings a row into sight. */
export function showRow(number: string): void {
  document.querySelector(`[data-number="${CSS.escape(number)}"]`)?.scrollIntoView({ block: 'nearest' });
}
