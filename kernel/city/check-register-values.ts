import { checkIpc } from '#kernel/identifiers/ipc';
import { checkUscc } from '#kernel/identifiers/uscc';
import { didYouMean, type Path } from './faults.ts';
import type { RegisterCheck } from './register-check.ts';
import type { FieldKind, KnownField } from './register-fields.ts';
import { type Bilingual, type FieldTest, isCalendarDate, THE_DAY, type Where } from './schema.ts';

type Scalar = string | number | boolean;

/** Sorts of field whose values have an order. */
const ORDERED: readonly FieldKind[] = ['integer', 'number', 'money', 'year', 'date', 'computed'];

/** Years that a register can hold. */
const YEARS = { min: 1900, max: 2200 };

/** Checks what a condition asks of the fields of `of`, which need not be the register whose file holds it. */
export function checkWhere(
  check: RegisterCheck,
  where: Where | undefined,
  path: Path,
  of: RegisterCheck = check,
): void {
  for (const [key, test] of Object.entries(where ?? {})) {
    const place = [...path, key];
    const field = check.field(key, place, { among: of.fields, on: 'key' });
    if (field) checkTest(check, field, test, place);
  }
}

function checkTest(check: RegisterCheck, field: KnownField, test: FieldTest, path: Path): void {
  const equal = (value: Scalar, place: Path) => {
    if (field.kind === 'rows') unfit(check, field, value, place, { zh: 'exists', en: 'exists' });
    else checkValue(check, field.item ?? field, value, place, { day: true });
  };
  if (Array.isArray(test)) for (const [i, value] of test.entries()) equal(value, [...path, i]);
  else if (typeof test !== 'object') equal(test, path);
  else {
    if (Object.keys(test).length === 0) check.add(path, 'register-test-empty', { id: field.key });
    for (const [i, value] of (test.not ?? []).entries()) equal(value, [...path, 'not', i]);
    for (const operator of ['gte', 'lte', 'gt', 'lt'] as const) {
      const bound = test[operator];
      if (bound === undefined) continue;
      const place = [...path, operator];
      if (!ORDERED.includes(field.kind))
        check.add(place, 'register-operator-unfit', { operator, id: field.key }, 'key');
      else checkValue(check, field, bound, place, { day: true });
    }
  }
}

/**
 * Checks one value of a field as it would be stored. `day`: may it be `@day`? `bounds`: must it keep to the field's own
 * bounds?
 */
export function checkValue(
  check: RegisterCheck,
  field: KnownField,
  value: Scalar,
  path: Path,
  options: { day?: boolean; bounds?: boolean } = {},
): void {
  if (options.day && value === THE_DAY && field.kind === 'date') return;
  const { def, kind } = field;
  if (kind === 'choice' && def?.type === 'string' && typeof value === 'string') {
    const choices = def.oneOf?.map((choice) => choice.const) ?? [];
    if (choices.includes(value)) return;
    const hint = didYouMean(value, choices);
    check.add(path, 'register-unknown-choice', {
      id: field.key,
      value,
      allowed: choices.join(', '),
      ...hint,
    });
    return;
  }
  const regions = check.draft.known.regions;
  if (kind === 'region' && typeof value === 'string') {
    if (regions && !regions.has(value))
      check.add(path, 'unknown-region', { id: value, ...didYouMean(value, regions) });
    return;
  }
  const need = formOf(kind, value) ?? (options.bounds ? boundOf(field, value) : null);
  if (need) unfit(check, field, value, path, need);
}

function unfit(check: RegisterCheck, field: KnownField, value: Scalar, path: Path, need: Bilingual): void {
  check.add(path, 'register-value-unfit', {
    id: field.key,
    value: String(value),
    needZh: need.zh,
    needEn: need.en,
  });
}

/** What a value should have been to be of this sort, or null where it is. */
function formOf(kind: FieldKind, value: Scalar): Bilingual | null {
  switch (kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { zh: 'true 或 false', en: 'true or false' };
    case 'integer':
      return Number.isSafeInteger(value) ? null : { zh: '整数', en: 'a whole number' };
    case 'money':
      return Number.isSafeInteger(value) ? null : { zh: '以分为单位的整数', en: 'a whole number of fen' };
    case 'year':
      return Number.isInteger(value) && Number(value) >= YEARS.min && Number(value) <= YEARS.max
        ? null
        : {
            zh: `${YEARS.min} 至 ${YEARS.max} 年，不加引号`,
            en: `a year from ${YEARS.min} to ${YEARS.max} without quotes`,
          };
    case 'number':
    case 'computed':
      return Number.isFinite(value) ? null : { zh: '数字', en: 'a number' };
    case 'date':
      return typeof value === 'string' && isCalendarDate(value)
        ? null
        : { zh: '存在的日期 YYYY-MM-DD', en: 'an existing day YYYY-MM-DD' };
    case 'rows':
    case 'values':
      return { zh: '列表，这里写不了', en: 'a list, which cannot stand here' };
    default:
      return typeof value === 'string' && value.trim() !== ''
        ? numbered(kind, value)
        : { zh: '加引号的文字', en: 'a text in quotes' };
  }
}

/** Codes are checked as far as their form goes, and must be written as they are stored. */
function numbered(kind: FieldKind, value: string): Bilingual | null {
  const checker = kind === 'uscc' ? checkUscc : kind === 'ipc' ? checkIpc : null;
  if (!checker) return null;
  const { normalized, reason } = checker(value);
  if (reason) return { zh: `有效的编号（${reason.zh}）`, en: `a valid code (${reason.en})` };
  return normalized === value ? null : { zh: String(normalized), en: String(normalized) };
}

function boundOf({ def }: KnownField, value: Scalar): Bilingual | null {
  if (def?.type === 'string' && typeof value === 'string' && !def.oneOf) {
    const length = [...value].length;
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = def;
    if (length < minLength) return { zh: `至少 ${minLength} 个字`, en: `at least ${minLength} characters` };
    if (length > maxLength) return { zh: `至多 ${maxLength} 个字`, en: `at most ${maxLength} characters` };
    if (def.pattern !== undefined && !matches(def.pattern, value))
      return def['x-pattern-says'] ?? { zh: def.pattern, en: def.pattern };
  }
  if ((def?.type === 'integer' || def?.type === 'number') && typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = def;
    if (value < minimum) return { zh: `≥ ${minimum}`, en: `≥ ${minimum}` };
    if (value > maximum) return { zh: `≤ ${maximum}`, en: `≤ ${maximum}` };
  }
  return null;
}

/** A pattern that does not compile is reported where it stands and matches everything here. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
