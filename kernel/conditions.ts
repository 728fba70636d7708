import { Environment } from '@marcbachmann/cel-js';

/** What a condition sees of a field: text, yes or no, a number, or a list. */
export type ConditionType = 'string' | 'bool' | 'double' | 'list';

/** Answers by field, as they are stored. */
export type Answers = Readonly<Record<string, unknown>>;

const EMPTY: Record<ConditionType, unknown> = { string: '', bool: false, double: 0, list: [] };

/** What a field of a JSON Schema is to a condition. */
export function conditionType(type: 'string' | 'integer' | 'number' | 'boolean' | 'array'): ConditionType {
  if (type === 'boolean') return 'bool';
  if (type === 'array') return 'list';
  return type === 'string' ? 'string' : 'double';
}

/**
 * Conditions over the answers of a form, written in CEL with the fields' keys as variables: `agent && kind == "firm"`. A
 * field without an answer is an empty text, false, 0 or an empty list. Runs on the server and in the browser.
 */
export class Conditions {
  readonly #environment: Environment;
  readonly #types: ReadonlyMap<string, ConditionType>;

  constructor(fields: Iterable<readonly [key: string, type: ConditionType]>) {
    this.#types = new Map(fields);
    const environment = new Environment({ unlistedVariablesAreDyn: false });
    for (const [key, type] of this.#types) environment.registerVariable(key, type);
    this.#environment = environment;
  }

  /** What is wrong with a condition, in one English line; null where it can be asked. */
  fault(condition: string): string | null {
    const { valid, type, error } = this.#environment.check(condition);
    if (!valid) return error?.message.split('\n')[0] ?? 'not understood';
    return type === 'bool' ? null : `gives ${type}, not true or false`;
  }

  /** Keys of the fields that a condition speaks of. */
  fieldsOf(condition: string): string[] {
    return [...this.#types.keys()].filter((key) => new RegExp(`\\b${key}\\b`).test(condition));
  }

  /** Does it hold? The condition was checked when it was declared. */
  holds(condition: string, answers: Answers): boolean {
    const context = Object.fromEntries(
      [...this.#types].map(([key, type]) => [key, answers[key] ?? EMPTY[type]]),
    );
    return this.#environment.evaluate(condition, context) === true;
  }
}
