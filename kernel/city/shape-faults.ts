import type * as z from 'zod';
import { didYouMean, type FaultList, type Path, type Place, pathText } from './faults.ts';
import type { PackText } from './source-text.ts';

/** A key that no file may have. */
const PROTO = '__proto__';

/** What the schema's own format names mean to people. */
const FORMATS: Record<string, [string, string]> = {
  'calendar-date': ['存在的日期 YYYY-MM-DD', 'an existing day YYYY-MM-DD'],
  'month-day': ['存在的月日 MM-DD', 'an existing day MM-DD'],
  'due-rule': [
    '期限，如 5WD（工作日）、15D（日）、3M（月）、1Y（年）',
    'a period like 5WD (working days), 15D (days), 3M (months), 1Y (years)',
  ],
  id: ['小写字母、数字，词间用连字符', 'lower-case letters and digits, words joined by hyphens'],
  blank: ['非空的文字', 'text that is not blank'],
  year: ['四位年份', 'a four-digit year'],
  adcode: ['六位代码，首位不为 0', 'six digits not beginning with 0'],
  'field-key': [
    '小写字母开头的驼峰词，只用字母和数字，至多 40 个字符，如 foundedOn',
    'letters and digits beginning with a small letter, at most 40, like foundedOn',
  ],
  'reward-rate': [
    '0 至 100 之间、最多四位小数的百分比，如 5 或 0.5',
    'a percentage from 0 to 100 with at most four decimals, such as 5 or 0.5',
  ],
  'item-mark': ['2 至 12 个汉字，如 通知公开收', '2 to 12 Chinese characters'],
  'register-prefix': ['2 至 5 个大写字母，如 LM', '2 to 5 capital letters, like LM'],
  choice: [
    '小写字母、数字和连字符，以字母或数字开头，至多 60 个字符',
    'lower-case letters, digits and hyphens, at most 60, beginning with a letter or digit',
  ],
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

/** Keys which the schema knows at a path of the data, one list for each form that the value there may have. */
function formsAt(schema: z.core.$ZodType, path: Path, data: unknown): string[][] {
  const def = schema._zod.def as {
    type: string;
    innerType?: z.core.$ZodType;
    element?: z.core.$ZodType;
    valueType?: z.core.$ZodType;
    options?: z.core.$ZodType[];
    discriminator?: string;
    shape?: Record<string, z.core.$ZodType>;
  };
  if (def.innerType) return formsAt(def.innerType, path, data);
  if (def.options) {
    const { discriminator } = def;
    const kind = discriminator === undefined ? undefined : valueAt(data, [discriminator]);
    const meant = def.options.filter((option) =>
      option._zod.propValues?.[discriminator ?? '']?.has(kind as string),
    );
    return (meant.length > 0 ? meant : def.options).flatMap((option) => formsAt(option, path, data));
  }
  const [step, ...rest] = path;
  if (step === undefined) return def.shape ? [Object.keys(def.shape)] : [];
  const inner = def.shape ? def.shape[String(step)] : (def.element ?? def.valueType);
  return inner ? formsAt(inner, rest, valueAt(data, [step])) : [];
}

/**
 * Places with a key `__proto__`. The validator passes it over where keys are free, so a field of that name would be lost
 * without a word.
 */
function placesOfProto(data: unknown, path: Path = [], seen = new Set<unknown>()): Path[] {
  if (data === null || typeof data !== 'object' || seen.has(data)) return [];
  seen.add(data);
  const isList = Array.isArray(data);
  const inner = Object.entries(data).flatMap(([key, value]) =>
    key === PROTO ? [] : placesOfProto(value, [...path, isList ? Number(key) : key], seen),
  );
  return Object.hasOwn(data, PROTO) ? [path, ...inner] : inner;
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
  // Shapes of maps are large and none of their free keys is used.
  const hidden = text.file.endsWith('.geojson') ? [] : placesOfProto(text.data);
  for (const path of hidden) {
    const allowed = formsAt(schema, path, text.data).flat().join(', ') || '…';
    const params = { key: PROTO, allowed, hintZh: '', hintEn: '' };
    faults.add({ text, path: [...path, PROTO], on: 'key' }, 'unknown-key', params);
  }
  const result = schema.safeParse(text.data);
  if (result.success) return hidden.length > 0 ? null : result.data;
  for (const issue of result.error.issues) reportIssue(schema, issue, text, faults);
  return null;
}

function reportIssue(schema: z.ZodType, issue: z.core.$ZodIssue, text: PackText, faults: FaultList): void {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const geometry = path.indexOf('geometry');
  if (geometry >= 0 && text.file.endsWith('.geojson')) {
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
      const forms = formsAt(schema, path, text.data);
      const allowed = [...new Set(forms.flat())];
      const keys = issue.keys.filter((unknown) => unknown !== PROTO);
      const slips = keys.filter((unknown) => !allowed.includes(unknown));
      // A key that only another form of this value has is reported where no slip explains it.
      for (const unknown of slips.length > 0 ? slips : keys) {
        const at: Place = { text, path: [...path, unknown], on: 'key' };
        if (slips.length > 0) {
          const hint = didYouMean(unknown, allowed);
          faults.add(at, 'unknown-key', { key: unknown, allowed: allowed.join(', '), ...hint });
        } else {
          const shown = forms.map((form) => `{ ${form.join(', ')} }`).join(' | ');
          faults.add(at, 'key-of-another-form', { key: unknown, forms: shown });
        }
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
      reportUnion(schema, issue, { text, path }, faults);
      return;
    case 'invalid_key': {
      const format = issue.issues[0]?.message ?? '';
      if (format === 'year') faults.add({ ...place, on: 'key' }, 'bad-year-key', { key });
      else {
        const [formatZh, formatEn] = FORMATS[format] ?? [format, format];
        faults.add({ ...place, on: 'key' }, 'bad-key', { key, formatZh, formatEn });
      }
      return;
    }
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? Number(issue.minimum) : Number(issue.maximum);
      if (issue.origin === 'array')
        faults.add(place, issue.code === 'too_small' ? 'too-few' : 'too-many', { limit });
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

/**
 * A value that may have several forms: where it has the outer form of one of them, what is wrong inside that one is said;
 * otherwise which forms there are.
 */
function reportUnion(
  schema: z.ZodType,
  issue: Extract<z.core.$ZodIssue, { code: 'invalid_union' }>,
  place: { text: PackText; path: Place['path'] },
  faults: FaultList,
): void {
  const { text, path } = place;
  if ('options' in issue && issue.options) {
    const value = show(valueAt(text.data, path));
    const allowed = issue.options.map(String);
    faults.add(place, 'not-one-of', { value, allowed: allowed.join(', '), ...didYouMean(value, allowed) });
    return;
  }
  const isOuter = (inner: z.core.$ZodIssue) => inner.path.length === 0 && inner.code !== 'unrecognized_keys';
  const strange = (inner: z.core.$ZodIssue[]) =>
    inner.reduce((n, one) => n + (one.code === 'unrecognized_keys' ? one.keys.length : 0), 0);
  const [meant] = issue.errors
    .filter((inner) => !inner.some(isOuter))
    .sort((a, b) => strange(a) - strange(b) || a.length - b.length);
  if (meant) {
    for (const inner of meant)
      reportIssue(schema, { ...inner, path: [...issue.path, ...inner.path] }, text, faults);
    return;
  }
  const forms = new Map(outerForms(issue.errors.flat()).map(typeName));
  const expected = { expectedZh: [...forms.keys()].join('、'), expectedEn: [...forms.values()].join(', ') };
  faults.add(place, 'wrong-form', expected);
}

/** The types that a value of several forms may have. */
function outerForms(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'invalid_type') return [issue.expected];
    return issue.code === 'invalid_union' ? outerForms(issue.errors.flat()) : [];
  });
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
