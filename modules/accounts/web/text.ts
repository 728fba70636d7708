import { textHook } from '#shell/i18n';
import type { zh } from './locales/zh.ts';

/** Texts of the pages for accounts, the audit log and the inbox. */
export const useText = textHook<typeof zh>('accounts');
