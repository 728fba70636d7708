/** Why a store could not be opened: `in_use` by another server, `not_running` for a client, else a fault of the set-up. */
export type StoreErrorCode =
  | 'in_use'
  | 'not_running'
  | 'version'
  | 'folder'
  | 'platform'
  | 'failed'
  | 'migration';

/** A store that cannot be used. The message says what is wrong, with which folder or file, and how to mend it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** How the stores report what they do. */
export type StoreLog = (level: 'info' | 'warn' | 'error', msg: string, extra?: object) => void;

/** The text of anything thrown. */
export function reason(e: unknown): string {
  if (e instanceof AggregateError && !e.message) return e.errors.map(reason).join('; ');
  return e instanceof Error ? e.message : String(e);
}
