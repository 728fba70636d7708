/** Permission to keep the registers of the own department, or all of them. */
export const REGISTERS_KEEP = 'registers.keep';
/** Permission to propose or keep entries of the own region, where a register lets counties do so. */
export const REGISTERS_COUNTY = 'registers.county';
/** Permission to see unpublished entries and internal fields of all registers. */
export const REGISTERS_READ = 'registers.read';
