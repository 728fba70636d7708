import type { Text } from '#kernel/text';

/** Words of the header's line; apart from the module's texts, which are not loaded on other modules' pages. */
export const LEFT: Text = { zh: '还剩', en: 'left:' };
