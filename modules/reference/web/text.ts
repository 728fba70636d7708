import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages that everybody looks things up on. */
export const useText = textHook<typeof zh>('reference');
