import { Session } from 'chdb';

/** What one request wants of its session. */
export interface Wishes {
  database: string;
  settings: ReadonlyMap<string, string>;
  /** Query parameters in the escaped form of the HTTP interface. */
  params: ReadonlyMap<string, string>;
  /** Mark under which {@link Sessions.kill} finds the running query. */
  mark: string;
}

/** A connection to the engine with what has been set on it. One query at a time. */
interface Slot {
  session: Session;
  database: string;
  settings: Map<string, string>;
  /** Parameters ever set here: the engine keeps them, so a request that forgot one must not get an old value. */
  params: Set<string>;
}

/** A ClickHouse exception in the wording of the server, so that clients read code and name from it. */
export function serverError(code: number, name: string, message: string): Error {
  return new Error(`Code: ${code}. DB::Exception: ${message}. (${name})`);
}

const literal = (s: string) => `'${s.replaceAll(/[\\'\0\n\r\t\b\f]/g, (c) => escapes[c] ?? c)}'`;
const escapes: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/**
 * The engine runs one query per connection, so there are several on the same folder, plus one for cancelling. Settings
 * and parameters are set by `SET`, which the engine keeps apart per connection and accepts before any statement; binding
 * through the library would let only one parameterised query run at a time in the whole process.
 */
export class Sessions {
  readonly #path: string;
  readonly #args: readonly string[];
  readonly #max: number;
  readonly #control: Session;
  readonly #free: Slot[] = [];
  readonly #queue: { give: (slot: Slot | undefined) => void; dropped: () => boolean }[] = [];
  #open = 0;

  constructor(path: string, max: number, args: readonly string[]) {
    this.#path = path;
    this.#max = max;
    this.#args = args;
    this.#control = new Session(path, { connectionArgs: args });
  }

  /**
   * Runs `work` on a prepared session; waits while all are busy. `keep` false throws the session away afterwards.
   * `dropped` tells that the asker has gone, before its turn came.
   */
  async use<T>(
    wishes: Wishes,
    text: string,
    keep: boolean,
    dropped: () => boolean,
    work: (s: Session) => Promise<T>,
  ) {
    const slot = await this.#take(dropped);
    if (!slot) return undefined;
    let sound = false;
    try {
      await this.#prepare(slot, wishes, text);
      sound = keep;
      return await work(slot.session);
    } catch (e) {
      // A statement that failed stays registered, with what it holds, until its session does something else.
      await slot.session.queryAsync("set log_comment = ''").catch(() => {
        sound = false;
      });
      throw e;
    } finally {
      if (sound) this.#give(slot);
      else this.#discard(slot);
    }
  }

  /** Asks the engine to end the query with this mark; it stops at its next block. */
  async kill(mark: string): Promise<void> {
    await this.#control.queryAsync(`kill query where Settings['log_comment'] = ${literal(mark)} async`);
  }

  close(): void {
    for (const slot of this.#free) slot.session.close();
    this.#control.close();
  }

  async #take(dropped: () => boolean): Promise<Slot | undefined> {
    const slot = this.#free.pop() ?? (this.#open < this.#max ? this.#create() : undefined);
    if (slot) return slot;
    return new Promise((give) => this.#queue.push({ give, dropped }));
  }

  #create(): Slot {
    const session = new Session(this.#path, { connectionArgs: this.#args });
    this.#open++;
    return { session, database: 'default', settings: new Map(), params: new Set() };
  }

  #give(slot: Slot): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (next.dropped()) next.give(undefined);
      else {
        next.give(slot);
        return;
      }
    }
    this.#free.push(slot);
  }

  #discard(slot: Slot): void {
    slot.session.close();
    this.#open--;
    if (this.#queue.length > 0) this.#give(this.#create());
  }

  async #prepare(slot: Slot, wishes: Wishes, text: string): Promise<void> {
    for (const name of slot.params) {
      if (!wishes.params.has(name) && new RegExp(`\\{\\s*${name}\\s*:`).test(text)) {
        throw serverError(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution \`${name}\` is not set`);
      }
    }
    if (slot.database !== wishes.database) {
      await slot.session.queryAsync(`use \`${wishes.database.replaceAll(/[\\`]/g, '\\$&')}\``);
      slot.database = wishes.database;
    }
    const changes = [`log_comment = ${literal(wishes.mark)}`];
    for (const name of slot.settings.keys())
      if (!wishes.settings.has(name)) changes.push(`${name} = DEFAULT`);
    for (const [name, value] of wishes.settings) {
      if (slot.settings.get(name) !== value) changes.push(`${name} = ${literal(value)}`);
    }
    for (const [name, value] of wishes.params) {
      changes.push(`param_${name} = ${literal(value)}`);
      slot.params.add(name);
    }
    await slot.session.queryAsync(`set ${changes.join(', ')}`);
    slot.settings = new Map(wishes.settings);
  }
}
