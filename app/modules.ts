import type { Module } from '#kernel/module';
import { parties } from '#modules/parties/server/index';
import { plan } from '#modules/plan/server/index';
import { reference } from '#modules/reference/server/index';

/** Every module of the platform, in the order in which they are loaded. The only list of them on the server. */
export const modules: readonly Module[] = [reference, parties, plan];
