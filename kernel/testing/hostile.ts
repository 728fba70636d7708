import * as z from 'zod';
import type { Endpoint } from '#kernel/http/contract';
import fc from './property.ts';

/** The parts of JSON Schema that the contracts use. */
interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** A request as it goes out: address with query, and body text. */
export interface HostileRequest {
  url: string;
  payload?: string;
}

/** Texts that have broken programs before. */
const nasty = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff',
    '\u2028',
    '\ufeff',
    '\uffff',
    '0',
    '-0',
    'NaN',
    'null',
    'true',
  ],
  ...["'; drop table audit_log; --", '{{7*7}}', '%00', '%ff', '../../etc/passwd', '\\', '%', '_', '\r\nx: y'],
  ...[
    '9'.repeat(400),
    'x'.repeat(20_000),
    '知'.repeat(9000),
    '((((',
    '[[[[',
    '*',
    '"',
    '*?',
    'a AND',
    '.*+?^$',
  ],
  ...['2019-02-30', '9999-12-31', '0000-00-00', '-1', '1e309', '0x10', '１２', '<script>', '\u202egnp.exe'],
  ...['__proto__', 'constructor', 'toString', '👨‍👩‍👧', 'ﬃ', 'İ'],
];
const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
);

/** Anything, of any type. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { value: {} }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, 1.5, 1e15, 2 ** 53, 1e308, -1e308, 2 ** 31, 2 ** 63, 5e-324),
  },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.dictionary(hostileText, hostileText, { maxKeys: 3 }) },
);

/** Values that fit a field by its name, so that the rest of a request is looked at: `{ no: ['31', '36'] }`. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/**
 * Requests of an endpoint, made from its own schemas: most fields as they should be (some at the edge of what the schema
 * takes), one or the other of a wrong type or full of what breaks programs, and sometimes a body that is none.
 */
export function hostileRequests(e: Endpoint, known: Known): fc.Arbitrary<HostileRequest> {
  const make = new Maker(known);
  const params = make.places(e.path, schemaOf(e.params));
  const query = e.query ? make.object(schemaOf(e.query)) : fc.constant({});
  const body = e.body
    ? fc.oneof(
        { weight: 12, arbitrary: make.value(schemaOf(e.body), 'body').map((b) => JSON.stringify(b)) },
        { weight: 1, arbitrary: hostileValue.map((b) => JSON.stringify(b)) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            '',
            '{',
            '[1',
            '{"a":',
            '"\\ud800"',
            '['.repeat(5000),
            '{"__proto__":{}}',
          ),
        },
      )
    : fc.constant(undefined);
  return fc.tuple(params, query, body).map(([path, q, payload]) => {
    const search = Object.entries(q as object).flatMap(([k, v]) =>
      (Array.isArray(v) ? v : [v]).map((one) => `${encoded(k)}=${encoded(one)}`),
    );
    const url = search.length > 0 ? `${path}?${search.join('&')}` : path;
    return payload === undefined ? { url } : { url, payload };
  });
}

function schemaOf(schema: z.ZodType | undefined): Schema {
  if (!schema) return {};
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return resolved(root, root.$defs ?? {}, 0) as Schema;
}

/** Puts named parts where they are referred to; what contains itself ends after a few levels. */
function resolved(part: unknown, defs: Record<string, Schema>, depth: number): unknown {
  if (Array.isArray(part)) return part.map((p) => resolved(p, defs, depth));
  if (typeof part !== 'object' || part === null) return part;
  const ref = (part as Schema).$ref;
  if (ref !== undefined) return depth > 4 ? {} : resolved(defs[ref.split('/').at(-1) ?? ''], defs, depth + 1);
  return Object.fromEntries(Object.entries(part).map(([k, v]) => [k, resolved(v, defs, depth)]));
}

/** Percent-encoding that also takes what is no Unicode, and leaves some of it wrong. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  if (text === '%ff' || text === '%00' || text === '%') return text;
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

class Maker {
  constructor(readonly known: Known) {}

  /** Fills the places of an address. */
  places(path: string, schema: Schema): fc.Arbitrary<string> {
    const names = [...path.matchAll(/:(\w+)|\*/g)].map((m) => m[1] ?? '*');
    const values = names.map((name) =>
      fc.oneof(
        { weight: 8, arbitrary: this.value(schema.properties?.[name] ?? { type: 'string' }, name) },
        { weight: 1, arbitrary: hostileText },
      ),
    );
    return fc.tuple(...values).map((given) => {
      let i = 0;
      // An empty place would be another address.
      return path.replace(/:\w+|\*/g, () => encoded(given[i++]).slice(0, 15_000) || '-');
    });
  }

  /** An object as the schema wants it, with a stranger or a field of a wrong kind now and then. */
  object(schema: Schema): fc.Arbitrary<unknown> {
    const fields = Object.entries(schema.properties ?? {}).map(([name, s]) =>
      fc.oneof(
        { weight: 12, arbitrary: this.value(s, name).map((v) => [[name, v]]) },
        { weight: schema.required?.includes(name) ? 1 : 8, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: hostileValue.map((v) => [[name, v]]) },
      ),
    );
    const strangers = fc.oneof(
      { weight: 12, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.tuple(hostileText, hostileValue).map((entry) => [entry]) },
    );
    return fc
      .tuple(strangers, ...fields)
      .map((parts) => Object.fromEntries(parts.flat() as [string, unknown][]));
  }

  /** A value that the schema takes, as far as it says so. */
  value(schema: Schema, name: string): fc.Arbitrary<unknown> {
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const options = schema.anyOf ?? schema.oneOf;
    if (options) return this.named(name, fc.oneof(...options.map((o) => this.value({ ...o }, ''))));
    switch (schema.type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return fc.array(this.value(schema.items ?? {}, name), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 4, 4),
        });
      case 'integer':
        return this.named(name, fc.integer(within(schema, -(2 ** 31), 2 ** 31)));
      case 'number':
        return this.named(name, fc.double({ ...within(schema, -1e300, 1e300), noNaN: true }));
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'string':
        return this.named(name, text(schema));
      default:
        return this.named(name, hostileValue);
    }
  }

  /** Half of the values of a field whose name is known are good ones. */
  named(name: string, any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
    const good = Object.hasOwn(this.known, name) ? this.known[name] : undefined;
    return good
      ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: any })
      : any;
  }
}

function within(schema: Schema, min: number, max: number): { min: number; max: number } {
  return { min: Math.max(schema.minimum ?? min, min), max: Math.min(schema.maximum ?? max, max) };
}

/** Texts that fit pattern, format and length, hostile within that. */
function text(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.format === 'date') return fc.constantFrom('2019-12-31', '0001-01-01', '9999-12-31');
  if (schema.format === 'date-time')
    return fc.constantFrom('2030-01-01T00:00:00Z', '9999-12-31T23:59:59+14:00');
  if (schema.pattern) return fc.stringMatching(new RegExp(schema.pattern));
  const { minLength = 0, maxLength = 30_000 } = schema;
  return hostileText.map((t) => t.padEnd(minLength, 'x').slice(0, maxLength));
}
