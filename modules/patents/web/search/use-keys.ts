import { type RefObject, useCallback, useEffect } from 'react';

/** Where keys belong to what is typed. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/**
 * Keys of a list of results: `/` leads to the search box, `j` and `k` to the next and previous result, the arrows too once
 * a result has the focus; Enter follows the link as always. Gives a function that leads to the first result.
 */
export function useResultKeys(
  box: RefObject<{ focus: () => void } | null>,
  list: RefObject<HTMLElement | null>,
): () => void {
  const step = useCallback(
    (by: 1 | -1): boolean => {
      const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
      const at = links.indexOf(document.activeElement as HTMLElement);
      const next = at < 0 ? links[0] : links[at + by];
      next?.focus({ preventScroll: true });
      next?.closest('li, tr')?.scrollIntoView({ block: 'nearest' });
      return next !== undefined;
    },
    [list],
  );
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || isTyping(event.target))
        return;
      if (document.querySelector('[role="dialog"]')) return;
      const inList = list.current?.contains(document.activeElement) ?? false;
      if (event.key === '/') {
        box.current?.focus();
      } else if (event.key === 'j' || (inList && event.key === 'ArrowDown')) step(1);
      else if (event.key === 'k' || (inList && event.key === 'ArrowUp')) {
        // Above the first result stands the box.
        if (!step(-1)) box.current?.focus();
      } else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box, list, step]);
  return useCallback(() => void step(1), [step]);
}
