import type { Platform } from '#kernel/module';
import type { Locate } from './content.ts';
export async function loadDemoPatents(_p: Platform, _l: Locate): Promise<void> {}
