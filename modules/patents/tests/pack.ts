import { packAt } from '#kernel/testing/pack';

/** Nantong's own pack, for its addresses. */
export const nantong = () => packAt('cities', 'nantong');
