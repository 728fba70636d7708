import type { ReportBody, ReportForm } from '#modules/plan/contract';

/** A file of evidence that the server already holds. */
export interface EvidenceFile {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
}

/**
 * What stands in the form, exactly as typed: a half-typed number is kept as it is and is never lost on the way to a number
 * and back.
 */
export interface FormEntry {
  value: string;
  /** Ends of a range; only `min` filled means one number. */
  min: string;
  max: string;
  /** By part id. */
  parts: Record<string, string>;
  stage: string | null;
  weight: string;
  explanation: string;
  files: EvidenceFile[];
}

/** A field of the form that something can be wrong with; parts are `part-<id>`. */
export type FieldName =
  | 'value'
  | 'min'
  | 'max'
  | 'stage'
  | 'weight'
  | 'explanation'
  | 'files'
  | `part-${string}`;

/** One thing wrong with one field. `code` is worded by the page; `message` is the server's own wording, for codes it does not know. */
export interface FieldIssue {
  field: FieldName;
  code: string;
  params?: Record<string, unknown>;
  message?: string;
}

type Asked = Pick<ReportForm, 'asks' | 'parts'>;

/** Reads a number as people type it: full-width digits, thousands separators, a minus of any kind. Null when it is none. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[−–]/g, '-').replace(/\s/g, '');
  if (!/^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(plain)) return null;
  const n = Number(plain.replaceAll(',', ''));
  return Number.isFinite(n) ? n : null;
}

const textOf = (n: number | null | undefined): string => (n === null || n === undefined ? '' : String(n));

/** An empty form. */
export function emptyEntry(asked: Asked): FormEntry {
  return {
    value: '',
    min: '',
    max: '',
    parts: Object.fromEntries(asked.parts.map((p) => [p.id, ''])),
    stage: null,
    weight: '',
    explanation: '',
    files: [],
  };
}

/** The form for what the server holds: a draft, or a report that came back. Files without a name fall away. */
export function entryOf(asked: Asked, body: ReportBody, files: readonly EvidenceFile[]): FormEntry {
  return {
    value: asked.asks.includes('range') ? '' : textOf(body.value),
    min: asked.asks.includes('range') ? textOf(body.range?.min ?? body.value) : '',
    max: asked.asks.includes('range') ? textOf(body.range?.max) : '',
    parts: Object.fromEntries(asked.parts.map((p) => [p.id, textOf(body.parts?.[p.id])])),
    stage: body.stage,
    weight: textOf(body.weight),
    explanation: body.explanation,
    files: body.files.flatMap((id) => {
      const file = files.find((f) => f.id === id);
      return file ? [{ id, name: file.name, size: file.size }] : [];
    }),
  };
}

/** What the form says, in the server's terms. What cannot be read as a number is left out. */
export function bodyOf(asked: Asked, entry: FormEntry): ReportBody {
  const asks = new Set(asked.asks);
  const min = readNumber(entry.min);
  const max = readNumber(entry.max);
  const weight = readNumber(entry.weight);
  const ranged = asks.has('range') && min !== null && max !== null;
  return {
    value: asks.has('value') ? readNumber(entry.value) : asks.has('range') && !ranged ? min : null,
    range: ranged ? { min, max } : null,
    parts: asks.has('parts')
      ? Object.fromEntries(asked.parts.map((p) => [p.id, readNumber(entry.parts[p.id] ?? '')]))
      : null,
    stage: asks.has('stage') ? entry.stage : null,
    weight: asks.has('weight') && weight !== null && weight > 0 ? weight : null,
    explanation: entry.explanation.slice(0, 5000),
    files: entry.files.map((f) => f.id).slice(0, 20),
  };
}

/** Do both say the same, letter by letter? */
export function sameEntry(a: FormEntry, b: FormEntry): boolean {
  return canonical(a) === canonical(b);
}

/** Is everything that was typed in the body as well? Then the server's copy is enough. */
export function isLossless(asked: Asked, entry: FormEntry): boolean {
  return sameEntry(entryOf(asked, bodyOf(asked, entry), entry.files), tidied(asked, entry));
}

/** Nothing typed, chosen or attached. */
export function isEmpty(entry: FormEntry): boolean {
  const typed = [
    entry.value,
    entry.min,
    entry.max,
    entry.weight,
    entry.explanation,
    ...Object.values(entry.parts),
  ];
  return typed.every((s) => s.trim() === '') && entry.stage === null && entry.files.length === 0;
}

/** Fields of two entries that differ, in the order of the form. */
export function differingFields(asked: Asked, a: FormEntry, b: FormEntry): FieldName[] {
  const fields: FieldName[] = [...fieldsOf(asked), 'explanation', 'files'];
  return fields.filter((f) => JSON.stringify(fieldText(a, f)) !== JSON.stringify(fieldText(b, f)));
}

/** What a field holds, for showing and comparing. */
export function fieldText(entry: FormEntry, field: FieldName): string | string[] | null {
  if (field === 'files') return entry.files.map((f) => f.name);
  if (field === 'stage') return entry.stage;
  if (field.startsWith('part-')) return entry.parts[field.slice(5)] ?? '';
  return entry[field as 'value' | 'min' | 'max' | 'weight' | 'explanation'];
}

/** The fields in which a number or stage is asked for, in the order of the form. */
export function fieldsOf(asked: Asked): FieldName[] {
  return asked.asks.flatMap((ask): FieldName[] => {
    if (ask === 'range') return ['min', 'max'];
    if (ask === 'parts') return asked.parts.map((p): FieldName => `part-${p.id}`);
    return [ask];
  });
}

/** What can be said before asking the server: something is missing, or is no number. The rules themselves are the server's. */
export function entryIssues(asked: Asked, entry: FormEntry): FieldIssue[] {
  return fieldsOf(asked).flatMap((field): FieldIssue[] => {
    const text = fieldText(entry, field);
    if (text === null) return [{ field, code: 'required' }];
    if (typeof text !== 'string' || field === 'stage') return [];
    if (text.trim() === '') return field === 'max' ? [] : [{ field, code: 'required' }];
    return readNumber(text) === null ? [{ field, code: 'number' }] : [];
  });
}

/** Places the server's issues at the form's fields; what belongs to no field is left to the page's error panel. */
export function placeIssues(
  asked: Asked,
  issues: readonly { path: string; code: string; message: string; params?: Record<string, unknown> }[],
): FieldIssue[] {
  const known = new Set<string>([...fieldsOf(asked), 'explanation', 'files']);
  return issues.flatMap((issue) => {
    const field = fieldAt(issue.path, known);
    return field
      ? [{ field, code: issue.code, message: issue.message, ...(issue.params && { params: issue.params }) }]
      : [];
  });
}

function fieldAt(path: string, known: ReadonlySet<string>): FieldName | null {
  const [head, next] = path.replace(/^(\/body){0,2}\//, '').split('/');
  const name =
    head === 'parts'
      ? `part-${next}`
      : head === 'range'
        ? (next ?? 'min')
        : head === 'value' && known.has('min')
          ? 'min'
          : head;
  return name && known.has(name) ? (name as FieldName) : null;
}

/** Order of keys and numbers in their plain form do not make a difference. */
function tidied(asked: Asked, entry: FormEntry): FormEntry {
  const plain = (text: string) => {
    const n = readNumber(text);
    return n === null ? text : String(n);
  };
  return {
    ...entry,
    value: plain(entry.value),
    min: plain(entry.min),
    max: plain(entry.max),
    weight: plain(entry.weight),
    parts: Object.fromEntries(asked.parts.map((p) => [p.id, plain(entry.parts[p.id] ?? '')])),
  };
}

function canonical(entry: FormEntry): string {
  return JSON.stringify([
    entry.value,
    entry.min,
    entry.max,
    Object.entries(entry.parts).sort(([a], [b]) => (a < b ? -1 : 1)),
    entry.stage,
    entry.weight,
    entry.explanation,
    entry.files.map((f) => f.id),
  ]);
}
