import type { Translation } from '#shell/module';
import type { zh } from './zh.ts';

/** Texts of the plan's pages, in English. */
export const en: Translation<typeof zh> = {
  'board.title': 'Plan board',
};
