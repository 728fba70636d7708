/** The door of the patents module: search, records, imports. */
export * from './contract/imports.ts';
export * from './contract/permissions.ts';
export * from './contract/search.ts';
