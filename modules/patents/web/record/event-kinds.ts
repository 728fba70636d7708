import type { LegalEventJson } from '../../contract/record.ts';

/** Kinds of events that have a word of their own. */
export const EVENT_KINDS = [
  'publication',
  'examination',
  'grant',
  'fee',
  'lapse-fee',
  'expiry',
  'surrender',
  'withdrawn',
  'refused',
  'restored',
  'lapse',
  'partly-invalid',
  'invalid',
  'pledge',
  'pledge-end',
  'licence',
  'licence-end',
  'seizure',
  'seizure-end',
  'transfer',
  'change',
  'opposition',
  'other',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Kinds that say who may do what with the right: transfers, licences, pledges, seizures. */
const DEALINGS: ReadonlySet<string> = new Set([
  'transfer',
  'licence',
  'licence-end',
  'pledge',
  'pledge-end',
  'seizure',
  'seizure-end',
]);

/** The kind of an event, `other` for one that has no word yet. */
export function kindOf(event: LegalEventJson): EventKind {
  return EVENT_KINDS.find((kind) => kind === event.kind) ?? 'other';
}

/** Events with which the right changed hands or was burdened. */
export function dealingsOf(events: readonly LegalEventJson[]): LegalEventJson[] {
  return events.filter((event) => DEALINGS.has(event.kind));
}

/** Latest first; what has no day stands last. Equal days keep their order. */
export function latestFirst(events: readonly LegalEventJson[]): LegalEventJson[] {
  return [...events].sort((a, b) =>
    (a.date ?? '') < (b.date ?? '') ? 1 : (a.date ?? '') > (b.date ?? '') ? -1 : 0,
  );
}
