import { Conditions, conditionType } from '#kernel/conditions';
import { checkRecordFields } from './check-register-fields.ts';
import type { Draft } from './draft.ts';
import { didYouMean, type FaultCode, type FaultParams, type Path } from './faults.ts';
import { RecordCheck } from './register-check.ts';
import { recordFields } from './register-fields.ts';
import type { ServiceItem } from './schema-item.ts';
import type { PackText } from './source-text.ts';

const SCHEMA: Path = ['form', 'schema'];

/** Checks what is asked of whoever opens a matter: fields, who it names, and conditions over the answers. */
export function checkItemForm(draft: Draft, text: PackText, { form, materials }: ServiceItem): void {
  const fields = recordFields(form.schema, SCHEMA);
  const add = (path: Path, code: FaultCode, params: FaultParams = {}) =>
    draft.faults.add({ text, path }, code, params);
  checkRecordFields(new RecordCheck(draft, { text }, fields), form.schema, SCHEMA);
  for (const { key, kind, path, columns, item } of fields.values())
    if ([kind, item?.kind, ...[...columns.values()].map((column) => column.kind)].some(isElsewhere))
      add(path, 'item-form-file', { id: key });

  const roles = { name: ['申请人名称', 'name'], subject: ['事由', 'subject'] } as const;
  for (const key of ['name', 'subject'] as const) {
    const id = form[key];
    const field = fields.get(id);
    const fits = field?.def?.type === 'string' && field.kind !== 'long-text';
    const always = field?.required && form.asks[id] === undefined;
    const hidden = key === 'name' && form.secret.includes(id);
    if (!fits || !(always || hidden))
      add(['form', key], 'item-form-name', { id, roleZh: roles[key][0], roleEn: roles[key][1] });
  }

  const conditions = new Conditions(
    Object.entries(form.schema.properties).map(([key, { type }]) => [key, conditionType(type)]),
  );
  const ask = (path: Path, condition: string) => {
    const reason = conditions.fault(condition);
    if (reason !== null) add(path, 'item-condition', { condition, reason });
    // What lies in the vault is not there when a later step asks.
    const secret = reason === null && conditions.fieldsOf(condition).find((key) => form.secret.includes(key));
    if (secret) add(path, 'item-secret', { id: secret });
  };
  for (const [id, condition] of Object.entries(form.asks)) {
    const path: Path = ['form', 'asks', id];
    if (!fields.has(id)) add(path, 'item-asks-unknown', { id, ...didYouMean(id, fields.keys()) });
    ask(path, condition);
    const other = conditions.fieldsOf(condition).find((key) => form.asks[key] !== undefined);
    if (other) add(path, 'item-condition-chain', { id, other });
  }
  for (const [i, id] of form.secret.entries())
    if (!fields.has(id))
      add(['form', 'secret', i], 'item-asks-unknown', { id, ...didYouMean(id, fields.keys()) });
  for (const [i, id] of form.alike.entries()) {
    if (!fields.has(id))
      add(['form', 'alike', i], 'item-asks-unknown', { id, ...didYouMean(id, fields.keys()) });
    if (form.secret.includes(id)) add(['form', 'alike', i], 'item-secret', { id });
  }
  if (form.secret.includes(form.subject)) add(['form', 'subject'], 'item-secret', { id: form.subject });
  for (const [i, { item, if: condition }] of form.also.entries()) {
    ask(['form', 'also', i, 'if'], condition);
    checkAlso(draft, { text, path: ['form', 'also', i, 'item'] }, item, form);
  }
  for (const [i, { if: condition, necessity, title }] of materials.entries()) {
    if (condition === undefined) continue;
    ask(['materials', i, 'if'], condition);
    if (necessity !== 'conditional') add(['materials', i, 'if'], 'item-material-if', { title: title.zh });
  }
}

/** The other item is opened online, and has each of its fields from this form. */
function checkAlso(
  draft: Draft,
  at: Parameters<Draft['faults']['add']>[0],
  id: string,
  form: ServiceItem['form'],
): void {
  const others = draft.items.flatMap(({ value }) => (value?.id === id ? [value] : []));
  if (others.length === 0) draft.faults.add(at, 'item-also-unknown', { id });
  for (const other of others)
    for (const [key, field] of Object.entries(other.form.schema.properties))
      if (form.schema.properties[key]?.type !== field.type)
        draft.faults.add(at, 'item-also-field', { id, key });
}

/** Files are materials, and a reference leads to a register that the applicant may not see. */
function isElsewhere(kind: string | undefined): boolean {
  return kind === 'file' || kind === 'reference';
}
