import type { FiguresSearch } from '../search.ts';

/** What the page asks of the server; the same when its code is still loading and when it is there. */
export function figuresQuery({ on, known, region, industry }: FiguresSearch) {
  return { on, known, region, industry };
}
