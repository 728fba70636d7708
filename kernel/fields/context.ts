import type { CalendarDate } from '#kernel/calendar/date';
import type { CityLookup } from '#kernel/city/lookup';
import type { Text } from '#kernel/text';

/** What a reference that people wrote stands for. */
export type ReferenceAnswer =
  /** Number of the entry. */
  | { no: string }
  /** None, or several of that title. */
  | { problem: 'none' | 'many' };

/** What reading a record needs besides its model. */
export interface ReadContext {
  lookup: CityLookup;
  /** Today in the city. */
  today: CalendarDate;
  /** json: a form or the API; money is whole fen, lists are arrays. cell: a table; money is in the field's unit. */
  source: 'json' | 'cell';
  /**
   * The entry meant by a number or a title in a register. Without it only the form of a number is checked. `title`
   * names the register in a fault; `example` is a number of it.
   */
  reference?: (register: string, text: string) => ReferenceAnswer;
  /** Title of a register, for faults. */
  registerTitle?: (register: string) => Text | null;
  /** Does a kept file of this id exist? Without it only the form is checked. */
  fileExists?: (id: string) => boolean;
  /** Values in stored form that hold for fields which the input does not name: columns a file leaves out, hidden fields. */
  base?: Readonly<Record<string, unknown>>;
}
