import { type ComponentType, createContext } from 'react';
import type { PatentQuery } from '../contract/search.ts';

/** Places on the patents' pages that other parts may fill. */
export interface PatentSlots {
  /** In the bar of the selection: what can be done with the ticked publications. */
  Selection?: ComponentType<{ numbers: readonly string[] }>;
  /** Under the totals: what can be done with the whole result (save, watch, collect). `total` counts publications. */
  Result?: ComponentType<{ query: PatentQuery; total: number }>;
  /** Under the head of a record. */
  Record?: ComponentType<{ number: string }>;
  /**
   * In the head of reading one record after another, as long as somebody reads: what is decided of the record, with keys of
   * its own. `number` is undefined while a page is fetched, `following` where the next one is not known.
   */
  Decisions?: ComponentType<{
    number: string | undefined;
    following: string | undefined;
    onNext: () => void;
  }>;
  /** Before something that may be counted is done: what is left of it for who asks. `count`: how many it would take. */
  Quota?: ComponentType<{ feature: 'export' | 'batch'; count: number }>;
}

/** Filled by whoever has something to put there; empty otherwise. */
export const PatentSlots = createContext<PatentSlots>({});
