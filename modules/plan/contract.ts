/** The plan's door: what the city promised, where it stands, who reports, and the frozen years. */
export * from './contract/board.ts';
export * from './contract/cockpit.ts';
export * from './contract/reporting.ts';
export * from './contract/years.ts';
