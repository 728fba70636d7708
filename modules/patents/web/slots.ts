import { type ComponentType, createContext } from 'react';
import type { PatentQuery } from '../contract/search.ts';

/** What somebody decided of a publication while reading through a result. */
export interface ReviewMark {
  /** Kept, dismissed, or neither. */
  kept: boolean | null;
  /** 1 to 5; 0 = none. */
  rating: number;
  tags: readonly string[];
}

/** Where decisions of a review go. The buttons for them are shown only when somebody provides this. */
export interface ReviewActions {
  /** What was decided of a publication so far. */
  markOf: (number: string) => ReviewMark;
  mark: (number: string, change: Partial<ReviewMark>) => void;
  /** Tags that are offered. */
  tags: readonly string[];
}

/** Places on the search page that other parts may fill. */
export interface PatentSlots {
  /** In the bar of the selection: what can be done with the ticked publications. */
  Selection?: ComponentType<{ numbers: readonly string[] }>;
  /** Beside the totals: what can be done with the whole result (save, watch, export). */
  Result?: ComponentType<{ query: PatentQuery; total: number }>;
  /** In the head of a record. */
  Record?: ComponentType<{ number: string }>;
  review?: ReviewActions;
}

/** Filled by whoever has something to put there; empty otherwise. */
export const PatentSlots = createContext<PatentSlots>({});
