import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages that work on whole registers. */
export const useWorkText = textHook<typeof zh>('register-work');
