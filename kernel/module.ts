import type { Auth } from '#kernel/auth/auth';
import type { CityPack } from '#kernel/city/schema';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Events, Subscription } from '#kernel/events';
import type { Files } from '#kernel/files/files';
import type { SentMessage } from '#kernel/http/messages';
import type { Route } from '#kernel/http/route';
import type { JobDef, Jobs } from '#kernel/jobs/jobs';
import type { Log } from '#kernel/log';
import type { Measure, Measures } from '#kernel/measures/measures';
import type { PermissionDef, Policy, RoleDef } from '#kernel/policy/policy';
import type { Records, Trx } from '#kernel/records';
import type { Signer } from '#kernel/signing';
import type { Stores } from '#kernel/stores/index';
import type { Text } from '#kernel/text';
import type { Vault } from '#kernel/vault';

/**
 * What every module stands on, handed to {@link Module.setup}. `jobs` and `measures` are complete only after all modules
 * were set up: use them when work is done, not while setting up.
 */
export interface Platform {
  readonly version: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Stores;
  readonly records: Records;
  readonly files: Files;
  readonly policy: Policy;
  readonly auth: Auth;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly measures: Measures;
  readonly signer: Signer;
  readonly vault: Vault;
  /** The city pack as loaded from disk. Departments and regions as edited since then: `#modules/parties/server/index`. */
  readonly pack: CityPack;
}

/**
 * The platform with the record store as one open transaction sees it, for reading other modules' records inside it. A
 * transaction that asked the store itself would wait for a second connection, and many of them together for ever.
 */
export function inTrx(platform: Platform, trx: Trx): Platform {
  return Object.create(platform, { records: { value: trx, enumerable: true } }) as Platform;
}

/** The platform as it is at the time of another clock: for a demonstration that records what happened before today. */
export function withClock(platform: Platform, clock: Clock): Platform {
  return Object.create(platform, { clock: { value: clock, enumerable: true } }) as Platform;
}

/** Demonstration data of a module. An interrupted `make` is called once more and ends with the same result. */
export interface Demonstration {
  /** Modules whose demonstration it reads; those without are made at the same time. */
  after?: readonly string[];
  make(): Promise<void>;
}

/** What a module contributes once it stands on a platform. */
export interface ModuleParts {
  routes?: readonly Route[];
  jobs?: readonly JobDef<never>[];
  measures?: readonly Measure[];
  subscriptions?: readonly Subscription<never>[];
  /** What it sends to other systems, for the description of the interface; asked after all modules were set up. */
  messages?(): readonly SentMessage[];
  /** Brings the module's tables in line with the city pack; runs at every start before anything is served. Repeatable. */
  load?(): Promise<void>;
  /** Generates the module's demonstration data; runs once on an empty data folder. */
  demo?: Demonstration;
}

/** A capability that a person recognises. Listed once in `app/modules.ts`. */
export interface Module {
  name: string;
  title: Text;
  /** Names of the modules whose services its own server uses; a platform without one of them is not composed. */
  needs?: readonly string[];
  /** Folder of `NNNN_name.sql` (records) and `NNNN_name.corpus.sql` files, relative to the checkout. */
  migrations?: string;
  roles?: readonly RoleDef[];
  permissions?: readonly PermissionDef[];
  setup(platform: Platform): ModuleParts;
}
