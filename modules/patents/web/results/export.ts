import { urlOf } from '#kernel/http/contract';
import {
  EXPORT_FIELDS,
  type ExportField,
  type ExportFormat,
  exportPatents,
  USUAL_EXPORT,
} from '../../contract/export.ts';
import type { PatentQuery } from '../../contract/search.ts';

/** What is to be in a file. */
export interface ExportChoice {
  format: ExportFormat;
  fields: readonly ExportField[];
  /** Heading of a report. */
  title: string;
}

/** Formats that are tables, whose columns can be chosen. */
export const TABLES: ReadonlySet<ExportFormat> = new Set(['csv', 'xlsx', 'json']);

/** Longest address of a download; a longer query travels in the body. */
const LONGEST_ADDRESS = 6000;

/** The request of an export: of a result, or of the named publications alone. */
export function exportRequest(query: PatentQuery, choice: ExportChoice, numbers?: readonly string[]) {
  const usual = choice.fields.join() === USUAL_EXPORT.join();
  return {
    ...(numbers
      ? { numbers: numbers.join(' ') }
      : { q: query.q, dialect: query.dialect, filter: query.filter }),
    sort: query.sort === 'oldest' || query.sort === 'filed' ? query.sort : ('newest' as const),
    format: choice.format,
    fields: TABLES.has(choice.format) && !usual ? orderedFields(choice.fields).join(',') : undefined,
    title: choice.format === 'docx' && choice.title.trim() !== '' ? choice.title.trim() : undefined,
  };
}

/** Fields in the order in which they are offered. */
export function orderedFields(fields: readonly ExportField[]): ExportField[] {
  return EXPORT_FIELDS.filter((field) => fields.includes(field));
}

/** The address of a download, or null where the query is too long for one. */
export function exportAddress(request: ReturnType<typeof exportRequest>): string | null {
  const url = urlOf(exportPatents, { query: request });
  return url.length > LONGEST_ADDRESS ? null : url;
}

/** The name that the server gave a file. */
export function nameOf(disposition: string | null): string {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? 'patents';
}
