import { Conditions, type ConditionType } from '#kernel/conditions';
import type { FieldView } from '#kernel/fields/view';
import { type FormValues, pruned, toData } from '#shell/components/record-form/values';
import type { Form } from '../text.ts';

function typeOf({ type }: FieldView): ConditionType {
  if (type === 'boolean') return 'bool';
  if (type === 'values' || type === 'rows') return 'list';
  return ['integer', 'number', 'money', 'year'].includes(type) ? 'double' : 'string';
}

/** What is asked under the answers given, and which materials must be there: the same conditions that the server asks. */
export function askedOf(form: Form, values: FormValues) {
  const conditions = new Conditions(form.fields.map((field) => [field.key, typeOf(field)]));
  const free = form.fields.filter(({ key }) => form.asks[key] === undefined);
  const answers = toData(free, pruned(values)).data;
  const holds = (condition: string) => conditions.holds(condition, answers);
  const fields = form.fields.filter(({ key }) => {
    const condition = form.asks[key];
    return condition === undefined || holds(condition);
  });
  const materials = form.materials.map((material) => ({
    ...material,
    required: material.if === null ? material.required : holds(material.if),
  }));
  return { fields, materials };
}
