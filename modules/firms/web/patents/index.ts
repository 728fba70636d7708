import { lazyPart } from '#shell/fillings.tsx';

/** What firms put into the places of the patents' pages; it is in the first script, its parts are fetched where they stand. */
export const firmsOnPatents = {
  Quota: lazyPart('firms', async () => (await import('./quota.tsx')).Quota),
};
