import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the firms' pages. */
export const useText = textHook<typeof zh>('firms');
