import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the webhooks' page. */
export const useText = textHook<typeof zh>('webhooks');
