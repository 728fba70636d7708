import { calendarOf } from '#kernel/city/calendar';
import type { CityPack } from '#kernel/city/schema';
import { canonicalJson, sha256 } from '#kernel/ids';
import type { Records, Trx } from '#kernel/records';
import { Procedure } from '../course/course.ts';
import { Form } from './form.ts';
import { withMatters } from './tables.ts';

type Item = CityPack['items'][number];

/** A definition under which matters run, prepared for work. */
export interface Definition {
  hash: string;
  item: Item;
  procedure: Procedure;
  form: Form;
}

/**
 * Definitions as they were when matters began under them. A matter keeps the definition under which it began, whatever is
 * edited later; calendar and limits are those of today's pack, because the law's own corrections reach running matters.
 */
export class Definitions {
  readonly #known = new Map<string, Definition>();
  readonly #hashes = new WeakMap<Item, string>();
  /** Version of calendar and limits. */
  readonly rules: string;

  constructor(private readonly pack: CityPack) {
    this.rules = sha256(canonicalJson([pack.calendar, pack.limits])).slice(0, 16);
  }

  /** The definition of the pack, kept for the matter that begins under it. */
  async keep(trx: Trx, item: Item, now: Date): Promise<Definition> {
    const hash = this.hashOf(item);
    await withMatters(trx)
      .insertInto('matterDefinition')
      .values({ hash, item: item.id, itemFrom: item.from, definition: JSON.stringify(item), keptAt: now })
      .onConflict((c) => c.column('hash').doNothing())
      .execute();
    return this.#prepare(hash, item);
  }

  /** A definition of the pack, whether a matter began under it or not. */
  prepare(item: Item): Definition {
    return this.#prepare(this.hashOf(item), item);
  }

  /** The definition that was kept under a hash. */
  async of(db: Records, hash: string): Promise<Definition> {
    const known = this.#known.get(hash);
    if (known) return known;
    const { definition } = await withMatters(db)
      .selectFrom('matterDefinition')
      .select('definition')
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
    return this.#prepare(hash, definition as Item);
  }

  /**
   * Throws Error naming the limits that definitions on record count with and the pack no longer has: without them nobody could
   * say when their matters are or were due.
   */
  async check(db: Records): Promise<void> {
    const rows = await withMatters(db).selectFrom('matterDefinition').select('definition').execute();
    const known = new Set(this.pack.limits.limits.map(({ id }) => id));
    const used = new Set(rows.flatMap(({ definition }) => definition.clocks.map(({ limit }) => limit)));
    const gone = [...used].filter((id) => !known.has(id));
    if (gone.length > 0)
      throw new Error(`limits.yaml lacks limits that matters on record count with: ${gone.join(', ')}`);
  }

  /** Hash of a definition of the pack. */
  hashOf(item: Item): string {
    const known = this.#hashes.get(item);
    if (known) return known;
    const hash = sha256(canonicalJson(item));
    this.#hashes.set(item, hash);
    return hash;
  }

  #prepare(hash: string, item: Item): Definition {
    const known = this.#known.get(hash);
    if (known) return known;
    const procedure = new Procedure(item, this.pack.limits, calendarOf(this.pack));
    const made = { hash, item, procedure, form: new Form(item) };
    this.#known.set(hash, made);
    return made;
  }
}
