import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the organisations' pages. */
export const useText = textHook<typeof zh>('organisations');
