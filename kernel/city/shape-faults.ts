import type * as z from 'zod';
import { didYouMean, type FaultList, type Path, type Place, pathText } from './faults.ts';
import type { PackText } from './source-text.ts';

/** What the schema's own format names mean to people. */
const FORMATS: Record<string, [string, string]> = {
  'calendar-date': ['存在的日期 YYYY-MM-DD', 'an existing day YYYY-MM-DD'],
  'month-day': ['存在的月日 MM-DD', 'an existing day MM-DD'],
  id: ['小写字母、数字，词间用连字符', 'lower-case letters and digits, words joined by hyphens'],
  blank: ['非空的文字', 'text that is not blank'],
  year: ['四位年份', 'a four-digit year'],
  adcode: ['六位代码，首位不为 0', 'six digits not beginning with 0'],
  'pack-path': ['数据包内的相对路径，用“/”分隔', 'a relative path inside the pack with “/”'],
  'indicator-no': ["加引号的指标编号，如 '27' 或 G1", "a quoted number like '27', or G1"],
  'measure-id': [
    '用点分隔的度量名，如 patents.inventions-in-force',
    'a dotted name like patents.inventions-in-force',
  ],
  'period-code': ['大写字母开头的代码，如 H1', 'a code like H1'],
  duration: ['时长，如 10WD、15D、3M', 'a length like 10WD, 15D or 3M'],
  timezone: ['时区名，如 Asia/Shanghai', 'a time zone like Asia/Shanghai'],
  url: ['网址', 'an address like https://…'],
};

/** What the validator's type names mean to people. */
const TYPES: Record<string, [string, string]> = {
  string: ['文字', 'text'],
  number: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  object: ['键值对', 'a mapping'],
  record: ['键值对', 'a mapping'],
  array: ['列表', 'a list'],
  null: ['空', 'nothing'],
  missing: ['依格式说明', 'as the format says'],
};

const typeName = (name: string): [string, string] => TYPES[name] ?? [name, name];

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** Keys which the schema knows at a path. */
function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const def = schema._zod.def as {
    type: string;
    innerType?: z.core.$ZodType;
    element?: z.core.$ZodType;
    valueType?: z.core.$ZodType;
    options?: z.core.$ZodType[];
    shape?: Record<string, z.core.$ZodType>;
  };
  if (def.innerType) return keysAt(def.innerType, path);
  if (def.options) return [...new Set(def.options.flatMap((option) => keysAt(option, path)))];
  const [step, ...rest] = path;
  if (step === undefined) return def.shape ? Object.keys(def.shape) : [];
  const inner = def.shape ? def.shape[String(step)] : (def.element ?? def.valueType);
  return inner ? keysAt(inner, rest) : [];
}

const show = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/**
 * Checks a parsed file against its schema and reports each departure where it stands, in words for people.
 * @returns the typed value, or null when anything was wrong.
 */
export function checkShape<S extends z.ZodType>(
  schema: S,
  text: PackText,
  faults: FaultList,
): z.infer<S> | null {
  const result = schema.safeParse(text.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues) reportIssue(schema, issue, text, faults);
  return null;
}

function reportIssue(schema: z.ZodType, issue: z.core.$ZodIssue, text: PackText, faults: FaultList): void {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const geometry = path.indexOf('geometry');
  if (geometry >= 0) {
    reportGeometry({ text, path: path.slice(0, geometry + 1) }, faults);
    return;
  }
  const place: Place = { text, path };
  const value = valueAt(text.data, path);
  const key = String(path[path.length - 1] ?? '');
  if (issue.code !== 'unrecognized_keys' && value === undefined && path.length > 0) {
    reportMissing(issue, place, key, faults);
    return;
  }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = keysAt(schema, path);
      for (const unknown of issue.keys) {
        faults.add({ text, path: [...path, unknown], on: 'key' }, 'unknown-key', {
          key: unknown,
          allowed: allowed.join(', '),
          ...didYouMean(unknown, allowed),
        });
      }
      return;
    }
    case 'invalid_type': {
      const [expectedZh, expectedEn] = typeName(issue.expected);
      const [actualZh, actualEn] = typeName(typeOf(value));
      faults.add(place, 'wrong-type', { expectedZh, expectedEn, actualZh, actualEn });
      return;
    }
    case 'invalid_value':
      faults.add(place, 'not-one-of', {
        value: show(value),
        allowed: issue.values.map(String).join(', '),
        ...didYouMean(show(value), issue.values.map(String)),
      });
      return;
    case 'invalid_union':
      faults.add(place, 'wrong-form');
      return;
    case 'invalid_key':
      faults.add({ ...place, on: 'key' }, 'bad-year-key', { key });
      return;
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? Number(issue.minimum) : Number(issue.maximum);
      if (issue.origin === 'array') faults.add(place, 'too-few', { limit });
      else
        faults.add(place, 'out-of-bounds', {
          value: show(value),
          limit: `${issue.code === 'too_small' ? '≥' : '≤'} ${limit}`,
        });
      return;
    }
    default: {
      const name = 'format' in issue && issue.format === 'url' ? 'url' : issue.message;
      const [formatZh, formatEn] = FORMATS[name] ?? [name, name];
      faults.add(place, 'bad-format', { value: show(value), formatZh, formatEn });
    }
  }
}

/** A broken shape may break in thousands of points: one fault for each feature is enough. */
function reportGeometry(place: Place, faults: FaultList): void {
  const path = pathText(place.path);
  if (faults.faults.some((fault) => fault.file === place.text.file && fault.path === path)) return;
  faults.add(place, 'wrong-geometry');
}

function reportMissing(issue: z.core.$ZodIssue, place: Place, key: string, faults: FaultList): void {
  const parent: Place = { text: place.text, path: place.path };
  if (key === 'source' || key === 'verified') faults.add(parent, 'unsourced', { key });
  else if (key === 'crs') faults.add(parent, 'crs-unnamed');
  else if (key === 'region' && place.path.includes('properties'))
    faults.add(parent, 'feature-without-region');
  else {
    const [expectedZh, expectedEn] = typeName(issue.code === 'invalid_type' ? issue.expected : 'missing');
    faults.add(parent, 'missing-key', { key, expectedZh, expectedEn });
  }
}
