import { packAt } from '#kernel/testing/pack';

/** The pack of the first city. */
export const nantong = () => packAt('cities', 'nantong');

/** The small fictitious city. */
export const yunzhou = () => packAt('kernel', 'testing', 'cities', 'yunzhou');
