import type { Platform } from '#kernel/module';
import type { Actor } from '#kernel/policy/policy';
import type { Access } from '../access.ts';
import type { RegisterModel } from '../fields/model.ts';

/** What a write stands on; the same for all intents of one call. */
export interface Writing {
  platform: Platform;
  model: RegisterModel;
  actor: Actor;
  access: Access;
  requestId: string | null;
  /** Current version of the register's schema (`schemaState`). */
  schemaVersion: number;
  /** The import or bulk change that does it. */
  batch?: string;
  /** The moment from which it is known, where it is not now: the demonstration tells a past. */
  recordedAt?: Date;
}
