import type { Text } from '#kernel/text';
import type { MappedField } from '../../contract.ts';

/** One value of a source with the column head, JSON field or XML path it stood under. Items of a list are not cut further. */
export interface RawValue {
  head: string;
  text: string;
  item?: true;
}

/** A text in a language (ISO 639-1, lower case; '' where the source does not say). */
export interface RawText {
  lang: string;
  text: string;
}

/** A cited document. `number` as the source spells it, or '' for literature, of which `text` holds the reference. */
export interface RawCitation {
  number: string;
  text: string;
  /** Category of the search report as given: `X`, `Y`, `A`, `XY` …; '' where none. */
  category: string;
  /** Who cited: `examiner`, `applicant`, `opponent`, `other`, or '' where the source does not say. */
  origin: string;
  /** Day of the cited publication as the source spells it; '' where none. */
  date: string;
}

/** A priority claim as the source spells it. */
export interface RawPriority {
  number: string;
  country: string;
  date: string;
}

/** A legal event as the source spells it: raw code and text are kept for ever, whatever they are mapped to. */
export interface RawEvent {
  /** Day on which it was published or took effect. */
  date: string;
  /** Office that published it (WIPO ST.3), '' where it is the record's own. */
  office: string;
  /** The office's code: INPADOC `PGFP`, CNIPA `C06`; '' where the source has words only. */
  code: string;
  text: string;
  /** Details under the source's own names: 变更前权利人, 质权人, 合同备案号 … */
  detail: Record<string, string>;
}

/** Members of a family as the source spells them. */
export interface RawFamily {
  /** Identity of the simple family as the source has it; '' where it has members only. */
  simple: string;
  /** Identity of the extended (INPADOC) family; '' where none. */
  extended: string;
  /** Publication numbers of the members, in the order of the source. */
  members: string[];
}

/** One record of a source, before anything was read into it. */
export interface RawRecord {
  values: Map<MappedField, RawValue[]>;
  /** Columns without a place of their own. */
  extra: Record<string, string>;
  /** Titles with their language, the record's own (under `values`) among them where its language is known. */
  titles?: RawText[];
  /** Abstracts with their language, the record's own among them. */
  abstracts?: RawText[];
  citations?: RawCitation[];
  priorities?: RawPriority[];
  events?: RawEvent[];
  family?: RawFamily;
  /** The source speaks only of a part (claims, legal events, family): it adds to a known record and may lack a title. */
  partial?: true;
  /** The source writes dates with the day first: `29.12.2005`. */
  dayFirst?: true;
}

/** What is wrong with one value of a row, and how to mend it. */
export interface RowFault {
  field: string;
  value: string;
  reason: Text;
}

/**
 * One record as it comes: its number in the source (row of a sheet, line of a file, running number of a document in an
 * XML file or archive, from 1), and either its values or what is wrong with all of it.
 */
export interface SourceRow {
  row: number;
  raw: RawRecord | null;
  faults: RowFault[];
}

/** Records of a file after a given one, in bounded memory. `share` says how much of the file was read, 0 to 1. */
export interface RowSource extends AsyncIterable<SourceRow> {
  readonly share: number;
}
