import { type Translate as TranslateOf, textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the patents' pages. */
export const useText = textHook<typeof zh>('patents');

/** What {@link useText} gives. */
export type Translate = TranslateOf<typeof zh>;
