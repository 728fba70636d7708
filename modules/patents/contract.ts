/** The door of the patents module: search, records, imports. */
export * from './contract/applicants.ts';
export * from './contract/classes.ts';
export * from './contract/export.ts';
export * from './contract/imports.ts';
export * from './contract/loads.ts';
export * from './contract/permissions.ts';
export * from './contract/portfolio.ts';
export * from './contract/record.ts';
export * from './contract/search.ts';
export * from './contract/similar.ts';
export * from './contract/value.ts';
export * from './contract/values.ts';
