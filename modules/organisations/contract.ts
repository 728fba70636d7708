/** Permission to see all organisations, with addresses, merges and history. */
export const ORGANISATIONS_READ = 'organisations.read';
/** Permission to rename, correct and merge organisations. */
export const ORGANISATIONS_MANAGE = 'organisations.manage';
