/** The accounts' door: who asks, accounts and tokens, the audit log, the inbox, files, progress of long work. */
export * from './contract/accounts.ts';
export * from './contract/audit.ts';
export * from './contract/files.ts';
export * from './contract/inbox.ts';
export * from './contract/me.ts';
export * from './contract/tokens.ts';
