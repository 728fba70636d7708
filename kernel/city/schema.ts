/**
 * The city pack: everything that is particular to one city, as data. This file is the pack's shape; `load.ts` reads and
 * checks a folder, `lookup.ts` answers questions, README.md explains it to people who write one.
 */

import type { Indicator } from './schema-indicator.ts';
import type { ServiceItem } from './schema-item.ts';
import type { LimitsFile } from './schema-limits.ts';
import type {
  BoundaryCollection,
  BoundaryLayer,
  Department,
  PopulationRow,
  Region,
} from './schema-places.ts';
import type { Portal } from './schema-portal.ts';
import type { Register } from './schema-register.ts';
import type { RewardRule } from './schema-reward.ts';
import type { CalendarFile, City, DemoAccount, LightRule, Plan, ReportingFile } from './schema-rules.ts';

export * from './schema-basics.ts';
export * from './schema-fields.ts';
export * from './schema-indicator.ts';
export * from './schema-item.ts';
export * from './schema-item-guide.ts';
export * from './schema-limits.ts';
export * from './schema-places.ts';
export * from './schema-portal.ts';
export * from './schema-register.ts';
export * from './schema-reward.ts';
export * from './schema-rules.ts';

/** Readonly all the way down. */
export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** A layer together with its polygons. */
export type LoadedBoundaryLayer = BoundaryLayer & { features: BoundaryCollection };

/** A whole, checked and frozen pack. */
export type CityPack = DeepReadonly<{
  city: City;
  plan: Plan;
  /** In order of `ordinal`. */
  indicators: Indicator[];
  departments: Department[];
  regions: Region[];
  boundaries: LoadedBoundaryLayer[];
  population: PopulationRow[];
  lights: LightRule[];
  calendar: CalendarFile;
  accounts: DemoAccount[];
  reporting: ReportingFile;
  /** Limits that laws set, with the laws; empty lists where the pack has none. */
  limits: LimitsFile;
  /**
   * Service items, each version by itself, in order of group, place within it and first day; empty where the pack has no folder
   * of items.
   */
  items: ServiceItem[];
  /** Rules by which rewards are computed, in the file's order; empty where the pack has none. */
  rewards: RewardRule[];
  /** Sub-portals of counties and parks, in the file's order; empty where the pack has none. */
  portals: Portal[];
  /** In order of group and place within it; empty where the pack has no folder of registers. */
  registers: Register[];
  /** SHA-256 (hex) over the names and contents of all files that were read: two packs with one hash are the same. */
  hash: string;
}>;
