/** Texts of the plan's pages, in Chinese. */
export const zh = {
  'board.title': '计划看板',
} as const;
