/** The counter's door: the catalogue of services, the course of a matter, the matters themselves, and the desk. */
export * from './contract/calendar.ts';
export * from './contract/catalog.ts';
export * from './contract/course.ts';
export * from './contract/desk.ts';
export * from './contract/drafts.ts';
export * from './contract/letter.ts';
export * from './contract/matters.ts';
export * from './contract/messages.ts';
export * from './contract/names.ts';
export * from './contract/number.ts';
export * from './contract/parties.ts';
export * from './contract/portals.ts';
export * from './contract/publications.ts';
export * from './contract/rating.ts';
export * from './contract/seats.ts';
export * from './contract/templates.ts';
export * from './contract/verify.ts';
