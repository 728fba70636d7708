import { LegalStatus, PatentType } from '../contract.ts';
import { useText } from './text.ts';

/** Words for a patent's type: 发明, 实用新型, … */
export function useTypeWord(): (type: PatentType) => string {
  const t = useText();
  return (type) => t(`type.${type}`);
}

/** Words for a legal status: 有效, 在审, … */
export function useStatusWord(): (status: LegalStatus) => string {
  const t = useText();
  return (status) => t(`status.${status}`);
}

/** All types and states in the order in which they are offered. */
export const TYPES = PatentType.options;
export const STATUSES = LegalStatus.options;

/** A type or state that a facet names; null for one that this page does not know. */
export function asType(value: string): PatentType | null {
  return PatentType.safeParse(value).data ?? null;
}

/** The same for a legal status. */
export function asStatus(value: string): LegalStatus | null {
  return LegalStatus.safeParse(value).data ?? null;
}
