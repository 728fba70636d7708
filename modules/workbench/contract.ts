/** The door of the workbench: history, saved queries, collections, tags, classification trees, watches, feeds, webhooks. */
export * from './contract/checks.ts';
export * from './contract/collections.ts';
export * from './contract/feeds.ts';
export * from './contract/history.ts';
export * from './contract/objects.ts';
export * from './contract/queries.ts';
export * from './contract/review.ts';
export * from './contract/shared.ts';
export * from './contract/tags.ts';
export * from './contract/trees.ts';
export * from './contract/watches.ts';
export * from './contract/webhooks.ts';
