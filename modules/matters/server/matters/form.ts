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
  readonly #conditions: Conditions;

  constructor(private readonly item: Item) {
    this.opening = openingOf(item).id;
    const { schema } = item.form;
    this.model = recordModel(schema);
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
