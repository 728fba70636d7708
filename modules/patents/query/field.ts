import type { Dialect } from './ast.ts';

/**
 * The fields that can be searched, shown, counted, sorted by and exported. One entry here is all that a field needs: the
 * parsers of all dialects, help, completion, the form, facets, sorting and export read this list.
 */

/** What values of a field are, and so how they are typed and compared. */
export type FieldKind = 'text' | 'name' | 'number' | 'class' | 'date' | 'count' | 'value';

/** A listed value of a field with the words under which it can be typed. */
export interface FieldValue {
  id: string;
  zh: string;
  en: string;
  /** Further words, lower case. */
  words?: readonly string[];
}

/** One field. */
export interface Field {
  /** Code, upper case: also its name in the platform's own language. */
  id: string;
  kind: FieldKind;
  zh: string;
  en: string;
  /** Names in the dialects, best first, which is also the one that is printed. `zc` takes all Chinese names too. */
  names: Partial<Record<Dialect, readonly string[]>>;
  /** Chinese names, best first; read in `zc` and `cnipr`. */
  zhNames: readonly string[];
  /** Fields that it stands for together. */
  parts?: readonly string[];
  /** Column of the corpus that holds its values, or the form that is searched. */
  column?: string;
  /** Only the first paragraph of the column. */
  first?: true;
  /** The column has no index: it is scanned. */
  scanned?: true;
  /** Natural persons stand here: strangers search organisations only, through the other column, or not at all. */
  personal?: { column: string | null };
  values?: readonly FieldValue[];
  /** Prefix of the number's keys in the corpus. */
  keys?: readonly ('p' | 'a' | 'r' | 'f' | 'c')[];
  /** Prefix of a class's keys in the corpus. */
  classes?: 'i' | 'm' | 'c' | 'l';
  /** Offered as a facet under this name. */
  facet?: string;
  /** One line of help with an example. */
  help: { zh: string; en: string };
}
