/** The firms' door: applying, deciding, a firm's own people, and what is used. */
export * from './contract/applications.ts';
export * from './contract/firms.ts';
export * from './contract/own.ts';
export * from './contract/shared.ts';
