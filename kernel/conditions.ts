import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';

/** What a condition sees of a field: text, yes or no, a number, or a list. */
export type ConditionType = 'string' | 'bool' | 'double' | 'list';

/** What a part of a condition is: whole numbers stand in the text and in sizes, never in an answer. */
type Kind = ConditionType | 'int';

/** Answers by field, as they are stored. */
export type Answers = Readonly<Record<string, unknown>>;

const EMPTY: Record<ConditionType, unknown> = { string: '', bool: false, double: 0, list: [] };

/** Questions to a text that have an answer for every text. */
const ASKED_OF_TEXT = ['contains', 'startsWith', 'endsWith'];

/** What a field of a JSON Schema is to a condition. */
export function conditionType(type: 'string' | 'integer' | 'number' | 'boolean' | 'array'): ConditionType {
  if (type === 'boolean') return 'bool';
  if (type === 'array') return 'list';
  return type === 'string' ? 'string' : 'double';
}

/**
 * Conditions over the answers of a form, written in CEL with the fields' keys as variables: `agent && kind == "firm"`. A
 * field without an answer is an empty text, false, 0 or an empty list. Runs on the server and in the browser.
 *
 * Of CEL only what has an answer for all answers is taken, so that nothing can fail once a condition was checked: comparing,
 * `&&`, `||`, `!`, `? :`, `in`, `size`, `contains`, `startsWith`, `endsWith`, and counting with numbers. Left out is what depends
 * on a value: places of a list, what its items are, conversions, patterns, and counting with whole numbers, which can overflow.
 */
export class Conditions {
  readonly #environment: Environment;
  readonly #types: ReadonlyMap<string, ConditionType>;
  /** Keys that mean something else in CEL: `type`, `in`. */
  readonly #words = new Set<string>();
  readonly #parsed = new Map<string, ParseResult>();

  constructor(fields: Iterable<readonly [key: string, type: ConditionType]>) {
    this.#types = new Map(fields);
    const environment = new Environment({ unlistedVariablesAreDyn: false });
    for (const [key, type] of this.#types) {
      try {
        environment.registerVariable(key, type);
      } catch {
        this.#words.add(key);
      }
    }
    // Numbers of a form are doubles, and people write 3 for 3.0.
    environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
    for (const [op, count] of Object.entries(COUNTING)) {
      environment.registerOperator(`double ${op} int: double`, (a: number, b: bigint) => count(a, Number(b)));
      environment.registerOperator(`int ${op} double: double`, (a: bigint, b: number) => count(Number(a), b));
    }
    this.#environment = environment;
  }

  /** What is wrong with a condition, in one English line; null where it can be asked. */
  fault(condition: string): string | null {
    try {
      const kind = this.#kindOf(this.#parse(condition).ast);
      const { valid, error } = this.#environment.check(condition);
      if (!valid) throw error;
      return kind === 'bool' ? null : `gives ${kind}, not true or false`;
    } catch (error) {
      return (error as Error).message.split('\n')[0] || 'not understood';
    }
  }

  /** Keys of the fields that a condition speaks of; none where it is not understood. */
  fieldsOf(condition: string): string[] {
    const named = new Set<string>();
    try {
      namesIn(this.#parse(condition).ast, named);
    } catch {
      return [];
    }
    return [...this.#types.keys()].filter((key) => named.has(key));
  }

  /** Does it hold? The condition was checked when it was declared. What is not of its field's type counts as no answer. */
  holds(condition: string, answers: Answers): boolean {
    const context = Object.fromEntries(
      [...this.#types].map(([key, type]) => [key, fits(type, answers[key]) ? answers[key] : EMPTY[type]]),
    );
    return this.#parse(condition)(context) === true;
  }

  #parse(condition: string): ParseResult {
    const parsed = this.#parsed.get(condition) ?? this.#environment.parse(condition);
    this.#parsed.set(condition, parsed);
    return parsed;
  }

  /** What a part of a condition is. Throws Error naming what cannot be asked. */
  #kindOf(node: ASTNode): Kind {
    const kindsOf = (nodes: readonly ASTNode[]) => nodes.map((one) => this.#kindOf(one));
    switch (node.op) {
      case 'value':
        return kindOfValue(node.args);
      case 'id': {
        if (this.#words.has(node.args))
          throw new Error(`${node.args} is a word of CEL itself, so no condition can speak of this field`);
        const type = this.#types.get(node.args);
        if (!type) throw new Error(`Unknown variable: ${node.args}`);
        return type;
      }
      case '!_':
      case '&&':
      case '||': {
        const kinds = kindsOf(Array.isArray(node.args) ? node.args : [node.args]);
        if (kinds.some((kind) => kind !== 'bool')) throw notFor(node.op, kinds);
        return 'bool';
      }
      case '-_': {
        const kind = this.#kindOf(node.args);
        if (!isNumber(kind)) throw notFor('-', [kind]);
        return kind;
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        const [a, b] = kindsOf(node.args) as [Kind, Kind];
        const equal = node.op === '==' || node.op === '!=';
        const fit = (a === b && (a === 'string' || (equal && a === 'bool'))) || (isNumber(a) && isNumber(b));
        if (!fit) throw notFor(node.op, [a, b]);
        return 'bool';
      }
      case '+':
      case '-':
      case '*':
      case '/': {
        const [a, b] = kindsOf(node.args) as [Kind, Kind];
        if (node.op === '+' && a === 'string' && b === 'string') return 'string';
        if (a === 'int' && b === 'int')
          throw new Error(`${node.op} is not asked of two whole numbers: write one of them as 1.0`);
        if (!isNumber(a) || !isNumber(b)) throw notFor(node.op, [a, b]);
        return 'double';
      }
      case '?:': {
        const [condition, then, otherwise] = kindsOf(node.args) as [Kind, Kind, Kind];
        if (condition !== 'bool' || then !== otherwise) throw notFor(node.op, [condition, then, otherwise]);
        return then;
      }
      case 'in': {
        const [one, list] = node.args;
        const kinds = [this.#kindOf(one), ...(list.op === 'list' ? kindsOf(list.args) : [])];
        if (kinds.includes('list') || new Set(kinds).size > 1) throw notFor('in', kinds);
        if (list.op !== 'list' && this.#kindOf(list) !== 'list') throw notFor('in', [this.#kindOf(list)]);
        return 'bool';
      }
      case 'call':
      case 'rcall': {
        const [name, ...given] = node.args;
        if (name !== 'size' && !(node.op === 'rcall' && ASKED_OF_TEXT.includes(name)))
          throw new Error(`${name} is not used in conditions`);
        const kinds = kindsOf(given.flat());
        if (name === 'size' && ['string', 'list'].includes(kinds.join())) return 'int';
        if (name !== 'size' && kinds.join() === 'string,string') return 'bool';
        throw notFor(name, kinds);
      }
      default:
        throw new Error(`${node.op} is not used in conditions`);
    }
  }
}

const COUNTING: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const isNumber = (kind: Kind) => kind === 'double' || kind === 'int';

function notFor(what: string, kinds: readonly Kind[]): Error {
  return new Error(`${what} is not asked of ${kinds.join(' and ') || 'nothing'}`);
}

function kindOfValue(value: unknown): Kind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'bigint') return 'int';
  throw new Error(
    value === null ? 'null is not used: an empty answer is "", false, 0 or []' : 'not a value of a form',
  );
}

function fits(type: ConditionType, value: unknown): boolean {
  if (type === 'list') return Array.isArray(value);
  return typeof value === (type === 'bool' ? 'boolean' : type === 'double' ? 'number' : 'string');
}

/** Collects the names of variables; texts and names of functions are none. */
function namesIn(node: ASTNode, names: Set<string>): void {
  if (node.op === 'id') names.add(node.args);
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (part !== null && typeof part === 'object' && 'op' in part) namesIn(part as ASTNode, names);
  };
  visit(node.args);
}
