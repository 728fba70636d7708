import { Conditions, conditionType } from '#kernel/conditions';
import type { Draft } from './draft.ts';
import type { FaultCode, FaultParams, Path } from './faults.ts';
import { fieldsOf, type KnownField, recordFields } from './register-fields.ts';
import type { ServiceItem } from './schema-item.ts';
import type { PackText } from './source-text.ts';

/** Sorts of single lines of text, of which one can be taken for another. */
const LINES = new Set(['text', 'organisation', 'person']);

/** Checks which entries of registers follow from an item: that they are whole, and of the sort that each field holds. */
export function checkItemRegisters(draft: Draft, text: PackText, item: ServiceItem): void {
  const form = recordFields(item.form.schema, ['form', 'schema']);
  const conditions = new Conditions(
    Object.entries(item.form.schema.properties).map(([key, { type }]) => [key, conditionType(type)]),
  );
  for (const [i, feed] of (item.registers ?? []).entries()) {
    const at = (...path: Path): Path => ['registers', i, ...path];
    const add = (path: Path, code: FaultCode, params: FaultParams = {}) =>
      draft.faults.add({ text, path }, code, params);
    const known = (path: Path, code: FaultCode, id: string, ids: ReadonlySet<string>) => {
      if (!ids.has(id)) draft.faults.unknown({ text, path }, code, id, ids);
      return ids.has(id);
    };
    if (known(at('step'), 'item-unknown-action', feed.step, new Set(item.actions.map(({ id }) => id)))) {
      const by = item.actions.find(({ id }) => id === feed.step)!.by;
      const side = item.roles.find(({ id }) => id === by)?.side;
      if (side !== undefined && side !== 'office' && side !== 'head')
        add(at('step'), 'item-register-step', { step: feed.step });
    }
    const reason = feed.if === undefined ? null : conditions.fault(feed.if);
    if (feed.if !== undefined && reason !== null)
      add(at('if'), 'item-condition', { condition: feed.if, reason });
    const ids = new Set(draft.registers.map(({ id }) => id));
    if (!known(at('register'), 'item-unknown-register', feed.register, ids)) continue;
    const register = draft.registers.find(({ id }) => id === feed.register)!.value;
    if (!register) continue;
    const fields = fieldsOf(register);
    for (const [key, source] of Object.entries(feed.entry)) {
      const path = at('entry', key);
      const field = fields.get(key);
      if (!field || !known(path, 'item-register-field', key, new Set(fields.keys()))) {
        if (!field) known(path, 'item-register-field', key, new Set(fields.keys()));
        continue;
      }
      const from = 'from' in source ? form.get(source.from) : undefined;
      if ('from' in source && (!from || item.form.secret.includes(source.from)))
        known(
          path,
          'item-asks-unknown',
          source.from,
          new Set([...form.keys()].filter((one) => !item.form.secret.includes(one))),
        );
      else if (!fits(field, source, from, feed.if !== undefined))
        add(path, 'item-register-sort', { id: key });
    }
    for (const field of fields.values())
      if (field.required && !isGiven(field.key))
        draft.faults.add({ text, path: at('entry'), on: 'key' }, 'item-register-missing', { id: field.key });

    /** Is there always something for a field: a value, the day, or an answer that everybody gives of whom the entry speaks? */
    function isGiven(key: string): boolean {
      const source = feed.entry[key];
      if (!source) return false;
      if (!('from' in source)) return true;
      const asked = item.form.asks[source.from];
      return form.get(source.from)?.required === true && (asked === undefined || asked === feed.if);
    }
  }
}

function fits(
  field: KnownField,
  source: { from: string } | { value: unknown } | { day: true },
  from: KnownField | undefined,
  narrowed: boolean,
): boolean {
  if ('day' in source) return field.kind === 'date';
  if ('from' in source) {
    if (!from) return false;
    if (LINES.has(field.kind) && LINES.has(from.kind)) return true;
    // A condition may leave out what the other list does not have.
    return field.kind === from.kind && (field.kind !== 'choice' || narrowed || within(from, field));
  }
  if (field.kind === 'choice')
    return typeof source.value === 'string' && consts(field).includes(source.value);
  if (field.kind === 'boolean') return typeof source.value === 'boolean';
  return LINES.has(field.kind) && typeof source.value === 'string';
}

const consts = ({ def }: KnownField): string[] =>
  def && 'oneOf' in def && def.oneOf ? def.oneOf.map((one) => String(one.const)) : [];

const within = (from: KnownField, to: KnownField): boolean =>
  consts(from).every((one) => consts(to).includes(one));
