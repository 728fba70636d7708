/** Permission to bring patents in, to pause and cancel imports and to read their reject files. */
export const PATENTS_IMPORT = 'patents.import';
/** Permission to see inventors and other natural persons unmasked; every such opening is logged. */
export const PATENTS_PERSONAL = 'patents.personal';
/** Permission to take names of applicants together and apart. */
export const PATENTS_APPLICANTS = 'patents.applicants';
/** Permission to assess patents, to record sums, and to set the criteria and schemes of value. */
export const PATENTS_VALUE = 'patents.value';
