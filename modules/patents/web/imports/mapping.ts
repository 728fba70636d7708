import type { ColumnMapping, MappedField } from '../../contract.ts';

/** The fields that a column can feed, in groups, in the order in which they are offered. */
export const FIELD_GROUPS = {
  numbers: ['publicationNumber', 'applicationNumber', 'patentNumber', 'country', 'type'],
  contents: ['title', 'abstract', 'claims', 'mainClaim', 'description'],
  parties: ['applicants', 'address', 'province', 'inventors', 'agency', 'agents'],
  classes: ['ipcMain', 'ipc', 'cpc'],
  dates: ['filingDate', 'publicationDate', 'grantDate', 'legalStatus', 'legalStatusDate'],
  links: ['familyId', 'citations'],
} as const satisfies Record<string, readonly MappedField[]>;

/** Name of a group of fields. */
export type FieldGroup = keyof typeof FIELD_GROUPS;

/** What no import can do without: a number of some kind, and a title. The server asks for the same. */
export function missingOf(mapping: ColumnMapping): ('number' | 'title')[] {
  const mapped = new Set(Object.values(mapping));
  const numbered =
    mapped.has('publicationNumber') || mapped.has('applicationNumber') || mapped.has('patentNumber');
  return [...(numbered ? [] : (['number'] as const)), ...(mapped.has('title') ? [] : (['title'] as const))];
}

/** One column of the file: its head, where it goes, and what stands in it. */
export interface MappingRow {
  head: string;
  field: MappedField | null;
  samples: string[];
}

const SAMPLES = 2;

/** The columns in the order of the file; of heads that stand twice the mapping knows one. Nameless columns are left out. */
export function mappingRows(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  mapping: ColumnMapping,
): MappingRow[] {
  return [...new Set(header)]
    .filter((head) => head !== '')
    .map((head) => {
      const at = header.indexOf(head);
      const filled = rows.map((row) => row[at]?.trim() ?? '').filter((cell) => cell !== '');
      return { head, field: mapping[head] ?? null, samples: [...new Set(filled)].slice(0, SAMPLES) };
    });
}
