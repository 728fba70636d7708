import type { Text } from '#kernel/text';

/** A backup that cannot be made or restored: why, and that nothing was changed. */
export class BackupError extends Error {
  constructor(
    readonly text: Text,
    options?: ErrorOptions,
  ) {
    super(text.en, options);
    this.name = 'BackupError';
  }
}
