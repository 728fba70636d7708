import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages behind sign-in: reporting, review, periods, frozen years. */
export const useText = textHook<typeof zh>('plan-office');
