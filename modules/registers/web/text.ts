import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages of the registers. */
export const useText = textHook<typeof zh>('registers');
