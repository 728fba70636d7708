import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages for departments and regions. */
export const useText = textHook<typeof zh>('parties');
