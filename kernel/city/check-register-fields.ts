import { didYouMean, type Path } from './faults.ts';
import { type RecordCheck, type RegisterCheck, registerIds } from './register-check.ts';
import type { KnownField } from './register-fields.ts';
import type { RecordField } from './schema.ts';
import type { RecordSchema } from './schema-fields.ts';

/** Keys under which every JavaScript object already has something: a record must not look filled in where it is empty. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Checks the schema of a register: every field by itself, and their keys among each other. */
export function checkRegisterFields(check: RegisterCheck): void {
  const { schema, computed = [] } = check.value;
  const living = new Set(Object.keys(schema.properties));
  checkRecordFields(check, schema, ['schema'], [...living, ...computed.map(({ id }) => id)]);
  check.unique(
    computed.map(({ id }) => id),
    'duplicate-id',
    (i) => ['computed', i, 'id'],
  );
  for (const [i, { id }] of computed.entries()) {
    if (living.has(id)) check.add(['computed', i, 'id'], 'register-computed-taken', { id });
    if (RESERVED.has(id)) check.add(['computed', i, 'id'], 'register-key-reserved', { id });
  }
}

/**
 * Checks the schema of a record: every field by itself, and their keys among each other. `taken` are keys that no former name
 * may be; `path` is where the schema stands.
 */
export function checkRecordFields(
  check: RecordCheck,
  schema: RecordSchema,
  path: Path,
  taken: readonly string[] = Object.keys(schema.properties),
): void {
  const fields = [...check.fields.values()].filter((field) => field.def !== null);
  for (const field of fields) checkField(check, field);
  checkRequired(check, schema.required, [...path, 'required'], check.fields);
  checkFormer(check, fields, new Set(taken));
}

function checkRequired(
  check: RecordCheck,
  required: readonly string[],
  path: Path,
  among: ReadonlyMap<string, KnownField>,
): void {
  check.unique(required, 'register-field-twice', (i) => [...path, i]);
  for (const [i, key] of required.entries()) {
    const field = check.field(key, [...path, i], { among });
    if (field?.kind === 'computed') check.add([...path, i], 'register-computed-required', { id: key });
  }
}

/** No earlier key may be in use by another field: what was stored under it would be read as two things. */
function checkFormer(check: RecordCheck, fields: readonly KnownField[], taken: Set<string>): void {
  for (const { def, path } of fields) {
    for (const [i, key] of (def?.['x-formerly'] ?? []).entries()) {
      if (taken.has(key)) check.add([...path, 'x-formerly', i], 'register-former-key', { id: key });
      taken.add(key);
    }
  }
}

function checkField(check: RecordCheck, field: KnownField): void {
  const { def, path } = field;
  if (!def) return;
  if (RESERVED.has(field.key)) check.add(path, 'register-key-reserved', { id: field.key }, 'key');
  if (def.type === 'string') checkText(check, def, path);
  else if (def.type === 'array') {
    checkLimits(check, path, ['minItems', def.minItems], ['maxItems', def.maxItems]);
    if (field.item) checkField(check, field.item);
    const columns = [...field.columns.values()];
    for (const column of columns) checkField(check, column);
    checkFormer(check, columns, new Set(field.columns.keys()));
    if (def.items.type === 'object')
      checkRequired(check, def.items.required ?? [], [...path, 'items', 'required'], field.columns);
  } else if (def.type !== 'boolean') checkNumber(check, def, path);
}

function checkText(check: RecordCheck, def: Extract<RecordField, { type: 'string' }>, path: Path): void {
  checkLimits(check, path, ['minLength', def.minLength], ['maxLength', def.maxLength]);
  if (def.oneOf) {
    check.unique(
      def.oneOf.map((choice) => choice.const),
      'duplicate-id',
      (i) => [...path, 'oneOf', i, 'const'],
    );
    const idle = (['format', 'pattern', 'minLength', 'maxLength'] as const).filter((key) => def[key]);
    for (const key of idle) check.add([...path, key], 'register-choice-limited', { key }, 'key');
  }
  if (def.pattern !== undefined) {
    try {
      new RegExp(def.pattern, 'u');
    } catch (error) {
      check.add([...path, 'pattern'], 'register-pattern-broken', {
        pattern: def.pattern,
        reason: error instanceof Error ? error.message.replace(/^.*?\/u?: /, '') : '',
      });
    }
    if (!def['x-pattern-says']) check.add([...path, 'pattern'], 'register-pattern-silent', {}, 'key');
  }
  const register = def['x-register'];
  const refers = def.format === 'reference' && !def.oneOf;
  if (register === undefined) {
    if (refers) check.add([...path, 'format'], 'register-reference-open');
    return;
  }
  const place = [...path, 'x-register'];
  const ids = registerIds(check.draft);
  if (!refers) check.add(place, 'register-reference-idle', {}, 'key');
  else if (!ids.has(register))
    check.add(place, 'register-unknown-register', { id: register, ...didYouMean(register, ids) });
}

function checkNumber(
  check: RecordCheck,
  def: Extract<RecordField, { type: 'integer' | 'number' }>,
  path: Path,
): void {
  checkLimits(check, path, ['minimum', def.minimum], ['maximum', def.maximum]);
  const unit = def['x-money'];
  if (def.format === 'money') {
    if (def.type !== 'integer') check.add([...path, 'type'], 'register-money-form');
    if (unit === undefined) check.add([...path, 'format'], 'register-money-form');
  } else if (unit !== undefined) check.add([...path, 'x-money'], 'register-money-form', {}, 'key');
  if (def.format === 'year' && def.type !== 'integer') check.add([...path, 'type'], 'register-year-form');
}

function checkLimits(
  check: RecordCheck,
  path: Path,
  [low, min]: [string, number | undefined],
  [high, max]: [string, number | undefined],
): void {
  if (min !== undefined && max !== undefined && min > max)
    check.add([...path, low], 'register-limits-reversed', { low, min, high, max });
}
