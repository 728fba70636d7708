import type { CityPack } from '#kernel/city/schema';
import { type Answers, Conditions, conditionType } from '#kernel/conditions';
import { type RecordModel, recordModel } from '#kernel/fields/model';
import { type ReadContext, type RecordReading, readRecord } from '#kernel/fields/read';
import { openingOf } from './standing.ts';

type Item = CityPack['items'][number];

/** What is asked of whoever opens a matter: the form of an item with its conditions. */
export class Form {
  readonly model: RecordModel;
  /** The step with which a matter is opened. */
  readonly opening: string;
  /** Fields whose answers lie in the vault. Definitions on record may be older than this and the next key. */
  readonly secret: readonly string[];
  /** Other items of which a matter is opened with the same answers. */
  readonly also: Item['form']['also'];
  readonly #conditions: Conditions;

  constructor(private readonly item: Item) {
    this.opening = openingOf(item).id;
    const { schema } = item.form;
    this.model = recordModel(schema);
    this.secret = item.form.secret ?? [];
    this.also = item.form.also ?? [];
    this.#conditions = new Conditions(
      Object.entries(schema.properties).map(([key, { type }]) => [key, conditionType(type)]),
    );
  }

  /**
   * Reads what was answered. What is not asked under the answers given is left out: a page may still hold what was typed
   * before another answer made it pointless.
   */
  read(given: Answers, ctx: ReadContext): RecordReading {
    const free = this.#read(given, ctx, (key) => !this.#asks(key));
    return this.#read(given, ctx, (key) => {
      const condition = this.#asks(key);
      return !condition || this.#conditions.holds(condition, free.data);
    });
  }

  /** Materials that belong to a step, and whether they must be there under the answers. */
  materials(action: string, answers: Answers): { material: Item['materials'][number]; required: boolean }[] {
    return this.item.materials
      .filter(({ at, byForm }) => !byForm && (at ?? this.opening) === action)
      .map((material) => {
        const { necessity, if: condition } = material;
        const required = condition ? this.#conditions.holds(condition, answers) : necessity === 'required';
        return { material, required };
      });
  }

  /** Does a condition over the form's fields hold? */
  holds(condition: string, answers: Answers): boolean {
    return this.#conditions.holds(condition, answers);
  }

  /** Of which other items a matter is opened with these answers. */
  alsoOpens(answers: Answers): string[] {
    return this.also.flatMap(({ item, if: condition }) =>
      this.#conditions.holds(condition, answers) ? [item] : [],
    );
  }

  /** Answers apart: those that lie open, and those for the vault; null where nothing is to be sealed. */
  parted(answers: Answers): { open: Answers; secret: Answers | null } {
    const hidden = (key: string) => this.secret.includes(key);
    const of = (keep: boolean) =>
      Object.fromEntries(Object.entries(answers).filter(([key]) => hidden(key) === keep)) as Answers;
    const secret = of(true);
    return { open: of(false), secret: Object.keys(secret).length > 0 ? secret : null };
  }

  #asks(key: string): string | undefined {
    return this.item.form.asks[key];
  }

  #read(given: Answers, ctx: ReadContext, takes: (key: string) => boolean): RecordReading {
    const fields = this.model.fields.filter(({ key }) => takes(key));
    const hidden = new Set(this.model.fields.filter(({ key }) => !takes(key)).map(({ key }) => key));
    const model = { ...this.model, fields, byKey: new Map(fields.map((field) => [field.key, field])) };
    return readRecord(
      model,
      Object.fromEntries(Object.entries(given).filter(([key]) => !hidden.has(key))),
      ctx,
    );
  }
}
