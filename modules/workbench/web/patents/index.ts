import { lazyPart } from '#shell/fillings.tsx';

/**
 * What the workbench puts into the places of the patents' pages. It is in the first script of every visitor: parts are fetched
 * when a page with such a place is opened.
 */
export const onPatents = {
  Selection: lazyPart('workbench', async () => (await import('./selection.tsx')).Selection),
  Result: lazyPart('workbench', async () => (await import('./result.tsx')).Result),
  Record: lazyPart('workbench', async () => (await import('./record.tsx')).Record),
  Decisions: lazyPart('workbench', async () => (await import('./decisions.tsx')).Decisions),
};
