import * as z from 'zod';
import { Bilingual, CalendarDate, Id, sourced, Text } from './schema-basics.ts';
import { DueRuleText } from './schema-limits.ts';

/** In what a portal may differ from the city. Conditions, materials, fees and procedure are those of the item everywhere. */
export const PORTAL_DIFFERENCES = ['keeper', 'place', 'hours', 'promised', 'note'] as const;

/** What is different at one portal in one item, and where that stands. */
export const PortalOverride = z.strictObject({
  /** Id of a service item; it holds for each of its versions. */
  item: Id,
  /** The office that takes and decides it here. */
  keeper: z.strictObject({ department: Id, level: z.enum(['city', 'county']) }).optional(),
  /** Where and when to come. */
  place: Bilingual.optional(),
  hours: Bilingual.optional(),
  /** A shorter time than law gives and the city promises. */
  promised: DueRuleText.optional(),
  /** What else a person must know here. */
  note: Bilingual.optional(),
  /** First and last day on which a matter begins under it. */
  from: CalendarDate.nullable().default(null),
  to: CalendarDate.nullable().default(null),
  ...sourced,
  /** Where in the source it stands. */
  article: Text.optional(),
});
export type PortalOverride = z.infer<typeof PortalOverride>;

/** The sub-portal of a county or park: the city's items, but for what is left out and what differs. */
export const Portal = z.strictObject({
  /** Its address: `/portals/ID`. */
  id: Id,
  title: Bilingual,
  /** The county or park. */
  region: Id,
  /** The body behind it. */
  office: Id,
  /** What a person must know of all items here, such as what nobody verified yet. */
  note: Bilingual.optional(),
  /** Items of the city that are not to be had here, and why. */
  except: z.array(z.strictObject({ item: Id, reason: Bilingual })).default([]),
  overrides: z.array(PortalOverride).default([]),
});
export type Portal = z.infer<typeof Portal>;

/** portals.yaml */
export const PortalsFile = z.strictObject({ portals: z.array(Portal) });
