export * from './contract/batches.ts';
export * from './contract/declarations.ts';
export * from './contract/duplicates.ts';
export * from './contract/entries.ts';
export * from './contract/figures.ts';
export * from './contract/permissions.ts';
