/** The bell stands on every page, whichever module's texts are loaded: it brings its own. */
export const bellText = {
  zh: { none: '消息', unread: (n: number) => `消息，${n} 条未读` },
  en: { none: 'Messages', unread: (n: number) => `Messages, ${n} unread` },
} as const;
