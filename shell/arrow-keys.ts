import { type KeyboardEvent, useCallback } from 'react';

/**
 * Up and down walk the links marked `data-step` inside an element, Home and End go to the first and last one; Enter follows a
 * link as always. Give the result to the element's `onKeyDown`.
 */
export function useArrowKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-step]')].filter((e) =>
      e.checkVisibility(),
    );
    const at = all.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  }, []);
}
