import { FAULT_TEXTS, type FaultCode, WARNINGS } from './fault-texts.ts';
import type { Bilingual } from './schema.ts';
import { nearest } from './suggest.ts';

export type { FaultCode } from './fault-texts.ts';

/** One thing that is wrong in a pack, with its place and its cure. */
export interface Fault {
  /** File relative to the pack's folder; empty for the folder itself. */
  file: string;
  /** Line, counted from 1. */
  line: number;
  /** Column, counted from 1, where known. */
  column?: number;
  /** Place inside the file, e.g. `indicators[3].targets.2017`; empty for the whole file. */
  path: string;
  /** Stable name of the sort of fault. */
  code: FaultCode;
  /** What is wrong. */
  message: Bilingual;
  /** How to mend it. */
  remedy: Bilingual;
  /** An error keeps the pack from loading, a warning does not. */
  severity: 'error' | 'warning';
}

/** Keys and indexes that lead to a place inside a file. */
export type Path = readonly (string | number)[];

/** Anything that can say where a path stands in its text. */
export interface Located {
  /** File relative to the pack's folder. */
  file: string;
  /** Line and column of the value at `path` or of its key; of the nearest place above when the path does not exist. */
  locate(path: Path, on?: 'key' | 'value'): { line: number; column: number };
}

/** A place to report. */
export interface Place {
  text: Located;
  path: Path;
  /** Point at the key instead of the value. */
  on?: 'key' | 'value';
}

/** Words filled into a fault's text. */
export type FaultParams = Record<string, string | number>;

/** `indicators[3].targets.2017` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

const fill = (template: string, params: FaultParams): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/** Makes a fault out of its code, its place and the words to fill in. */
export function makeFault(
  code: FaultCode,
  at: { file: string; line: number; column?: number; path: string },
  params: FaultParams = {},
): Fault {
  const texts = FAULT_TEXTS[code];
  return {
    ...at,
    code,
    message: { zh: fill(texts.zh, params), en: fill(texts.en, params) },
    remedy: { zh: fill(texts.fixZh, params), en: fill(texts.fixEn, params) },
    severity: WARNINGS.has(code) ? 'warning' : 'error',
  };
}

/** Collects faults while a pack is checked. */
export class FaultList {
  readonly faults: Fault[] = [];

  /** Reports a fault at a place of a text. */
  add(place: Place, code: FaultCode, params: FaultParams = {}): void {
    const { line, column } = place.text.locate(place.path, place.on);
    this.faults.push(
      makeFault(code, { file: place.text.file, line, column, path: pathText(place.path) }, params),
    );
  }

  /** Reports an id that stands for nothing, with the nearest known one as a hint. */
  unknown(place: Place, code: FaultCode, id: string, known: Iterable<string>): void {
    this.add(place, code, { id, ...didYouMean(id, known) });
  }
}

/** The parameters `hintZh` and `hintEn`: "did you mean …" or nothing. */
export function didYouMean(word: string, known: Iterable<string>): { hintZh: string; hintEn: string } {
  const near = nearest(word, known);
  return near === null
    ? { hintZh: '', hintEn: '' }
    : { hintZh: `是否为“${near}”？`, hintEn: `Did you mean “${near}”? ` };
}
