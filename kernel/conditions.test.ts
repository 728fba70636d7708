import { describe, expect, test } from 'vitest';
import fc from '#kernel/testing/property';
import { type Answers, Conditions, type ConditionType, conditionType } from './conditions.ts';

const FIELDS = {
  ...{ kind: 'string', name: 'string', agent: 'bool', court: 'bool', count: 'double', share: 'double' },
  ...{ tags: 'list', rows: 'list' },
} as const satisfies Record<string, ConditionType>;
const conditions = new Conditions(Object.entries(FIELDS));

const holds = (condition: string, answers: Answers = {}) => {
  expect(conditions.fault(condition)).toBeNull();
  return conditions.holds(condition, answers);
};

test('a field of a JSON Schema is a text, yes or no, a number or a list', () => {
  expect((['string', 'integer', 'number', 'boolean', 'array'] as const).map(conditionType)).toEqual([
    'string',
    'double',
    'double',
    'bool',
    'list',
  ]);
});

describe('a condition', () => {
  test.each<[string, Answers, boolean]>([
    ['kind == "organisation"', { kind: 'organisation' }, true],
    ['kind == "organisation"', { kind: 'person' }, false],
    ['kind != "person" && !agent', { kind: 'firm' }, true],
    ['agent || court', { court: true }, true],
    ['kind in ["firm", "团体"]', { kind: '团体' }, true],
    ['kind == "南通市“示例”公司\\n二"', { kind: '南通市“示例”公司\n二' }, true],
    [
      "name.contains('示例') && name.startsWith('南通') && name.endsWith('公司')",
      { name: '南通示例公司' },
      true,
    ],
    ['agent ? kind == "a" : kind == "b"', { kind: 'b' }, true],
    ['"fees" in tags', { tags: ['watch', 'fees'] }, true],
    ['size(tags) > 1', { tags: ['a', 'b'] }, true],
    ['size(rows) == 1', { rows: [{ name: 'x' }] }, true],
    ['name.size() == 2', { name: '公司' }, true],
    ['kind > "a"', { kind: 'b' }, true],
    ['agent == true', { agent: true }, true],
  ])('%s of %o is %s', (condition, answers, expected) => {
    expect(holds(condition, answers)).toBe(expected);
  });

  test.each<[string, number, boolean]>([
    ['count >= 3', 3, true],
    ['count >= 3', 2.5, false],
    ['count == 3', 3, true],
    ['3 == count', 3, true],
    ['count != 3', 3, false],
    ['count == 3.0', 3, true],
    ['count + 1 > 3', 2.5, true],
    ['1 + count > 3', 2, false],
    ['count * 2 - 1 == 5', 3, true],
    ['3 - count == 1', 2, true],
    ['1 + count != 3', 2, false],
    ['-count < -3', 4, true],
    ['count / 0 > 1', 1, true],
    ['count / count == 1', 0, false],
    ['count > 99999999999999999999', 1, false],
    ['size(tags) < count', 1, true],
    ['count in [1.0, 2.0]', 2, true],
  ])('takes whole numbers for the numbers of a form: %s with %d is %s', (condition, count, expected) => {
    expect(holds(condition, { count })).toBe(expected);
  });

  test.each([
    ['kind == ""', true],
    ['agent', false],
    ['count == 0', true],
    ['size(tags) == 0', true],
    ['"a" in tags', false],
    ['name.contains("x")', false],
  ])(
    'takes what is not answered for an empty text, false, 0 or an empty list: %s is %s',
    (condition, expected) => {
      for (const nothing of [
        {},
        { kind: null, agent: undefined },
        { kind: 1, agent: 'yes', count: '3', tags: 'a' },
      ])
        expect(holds(condition, nothing)).toBe(expected);
    },
  );

  test('is not misled by what every object has', () => {
    const odd = new Conditions([
      ['constructor', 'string'],
      ['toString', 'list'],
    ]);
    expect(odd.fault('constructor == "" && size(toString) == 0')).toBeNull();
    expect(odd.holds('constructor == "" && size(toString) == 0', {})).toBe(true);
  });
});

describe('what cannot be asked is refused in one line', () => {
  test.each([
    ['', 'Unexpected token: EOF'],
    ['agent &&', 'Unexpected token: EOF'],
    ['类型 == "a"', 'Unexpected character: 类'],
    ['writen == "a"', 'Unknown variable: writen'],
    ['kind', 'gives string, not true or false'],
    ['size(tags)', 'gives int, not true or false'],
    ['count + 1', 'gives double, not true or false'],
    ['kind == 3', '== is not asked of string and int'],
    ['agent == 1', '== is not asked of bool and int'],
    ['agent && kind', '&& is not asked of bool and string'],
    ['!count', '!_ is not asked of double'],
    ['kind == null', 'null is not used: an empty answer is "", false, 0 or []'],
    ['count in [1, 2]', 'in is not asked of double and int and int'],
    ['"a" in kind', 'in is not asked of string'],
    ['size(tags) + 1 > 3', '+ is not asked of two whole numbers: write one of them as 1.0'],
    ['9223372036854775807 + 1 > 0', '+ is not asked of two whole numbers: write one of them as 1.0'],
    ['count % 2 == 0', '% is not used in conditions'],
    ['tags[0] == "a"', '[] is not used in conditions'],
    ['rows[0].name == "a"', '. is not used in conditions'],
    ['tags == []', 'list is not used in conditions'],
    ['tags.exists(t, t == "a")', 'exists is not used in conditions'],
    ['has(kind)', 'has is not used in conditions'],
    ['int(kind) == 3', 'int is not used in conditions'],
    ['kind.matches("(")', 'matches is not used in conditions'],
    ['cel.bind(x, kind, x == "a")', 'bind is not used in conditions'],
    ['timestamp(kind) == timestamp(name)', 'timestamp is not used in conditions'],
    ['1u < count', 'not a value of a form'],
    ['b"a" == b"a"', 'not a value of a form'],
    ['kind.contains(count)', 'contains is not asked of string and double'],
    ['agent ? kind : count', '?: is not asked of bool and string and double'],
  ])('%s', (condition, reason) => {
    expect(conditions.fault(condition)).toBe(reason);
  });

  test('a field whose key is a word of CEL may stand in a form, but not in a condition', () => {
    const words = new Conditions([
      ['type', 'string'],
      ['in', 'bool'],
      ['agent', 'bool'],
    ]);
    expect(words.fault('type == "a"')).toMatch(/^type is a word of CEL itself/);
    expect(words.fault('in')).toBe('Unexpected token: IN');
    expect(words.fault('agent')).toBeNull();
    expect(words.holds('agent', { type: 'a', in: true, agent: true })).toBe(true);
    expect(words.fieldsOf('type == "a" && agent')).toEqual(['type', 'agent']);
  });
});

describe('the fields of a condition', () => {
  test.each([
    ['agent && kind == "count name"', ['kind', 'agent']],
    ['kind == "agent" || name.contains("tags")', ['kind', 'name']],
    ['size(tags) > count // agent', ['count', 'tags']],
    ['agent ? "a" in tags : kind in [name, "b"]', ['kind', 'name', 'agent', 'tags']],
    ['kind.size() == 1', ['kind']],
    ['true', []],
    ['agent && (', []],
  ])('of %s', (condition, keys) => {
    expect(conditions.fieldsOf(condition)).toEqual(keys);
  });
});

/** A part of a condition with what it means, told without CEL. */
interface Part<T> {
  text: string;
  of: (answers: Answers) => T;
}
type Arb<T> = fc.Arbitrary<Part<T>>;

const word = fc.constantFrom('', 'a', 'firm', '组织', 'kind', '"', '\\', '\n', '😀');
const number = fc.constantFrom(0, 1, 2, 3, 2.5, 1e21);
const fixed = <T>(value: T): Part<T> => ({
  text: typeof value === 'number' && Number.isInteger(value) ? value.toFixed(1) : JSON.stringify(value),
  of: () => value,
});
const of = <T>(key: string): Part<T> => ({ text: key, of: (answers) => answers[key] as T });
const text: Arb<string> = fc.oneof(fc.constantFrom(of<string>('kind'), of<string>('name')), word.map(fixed));
const list: Arb<unknown[]> = fc.constant(of<unknown[]>('tags'));
const size: Arb<number> = fc.oneof(
  text.map(({ text: t, of: f }) => ({ text: `size(${t})`, of: (a: Answers) => [...f(a)].length })),
  list.map(({ text: t, of: f }) => ({ text: `${t}.size()`, of: (a: Answers) => f(a).length })),
  fc.nat(5).map((n) => ({ text: String(n), of: () => n })),
);
const double: Arb<number> = fc.oneof(
  fc.constantFrom(of<number>('count'), of<number>('share')),
  number.filter((n) => n < 1e21).map(fixed),
);
const either: Arb<number> = fc.oneof(double, size);
const two = <A, B, T>(a: Arb<A>, b: Arb<B>, ops: Record<string, (a: A, b: B) => T>): Arb<T> =>
  fc.tuple(a, b, fc.constantFrom(...Object.keys(ops))).map(([x, y, op]) => ({
    text: `(${x.text} ${op} ${y.text})`,
    of: (answers: Answers) => ops[op]!(x.of(answers), y.of(answers)),
  }));
const counted: Arb<number> = fc.oneof(
  double,
  two(double, either, {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  }),
  two(either, double, { '+': (a, b) => a + b, '-': (a, b) => a - b }),
);
const compare = <T>(arb: Arb<T>, other: Arb<T>) =>
  two(arb, other, {
    ...{ '==': (a: T, b: T) => a === b, '!=': (a: T, b: T) => a !== b, '<': (a: T, b: T) => a < b },
    ...{ '<=': (a: T, b: T) => a <= b, '>': (a: T, b: T) => a > b, '>=': (a: T, b: T) => a >= b },
  });
const ASKED = {
  contains: (a: string, b: string) => a.includes(b),
  startsWith: (a: string, b: string) => a.startsWith(b),
  endsWith: (a: string, b: string) => a.endsWith(b),
};
const { bool } = fc.letrec<{ bool: Part<boolean>; leaf: Part<boolean> }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(of<boolean>('agent'), of<boolean>('court'), fixed(true), fixed(false)),
    compare(text, text),
    compare(counted, fc.oneof(counted, size)),
    compare(size, size),
    two(text, list, { in: (a, b) => b.includes(a) }),
    fc.tuple(text, fc.array(text, { maxLength: 3 })).map(([one, all]) => ({
      text: `${one.text} in [${all.map((part) => part.text).join(', ')}]`,
      of: (answers: Answers) => all.some((part) => part.of(answers) === one.of(answers)),
    })),
    fc
      .tuple(text, text, fc.constantFrom(...(['contains', 'startsWith', 'endsWith'] as const)))
      .map(([a, b, how]) => ({
        text: `${a.text}.${how}(${b.text})`,
        of: (answers: Answers) => ASKED[how](a.of(answers), b.of(answers)),
      })),
  ),
  bool: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'condition' },
    tie('leaf'),
    fc.tuple(tie('bool'), tie('bool')).map(([a, b]) => ({
      text: `(${a.text} && ${b.text})`,
      of: (answers: Answers) => a.of(answers) && b.of(answers),
    })),
    fc.tuple(tie('bool'), tie('bool')).map(([a, b]) => ({
      text: `(${a.text} || ${b.text})`,
      of: (answers: Answers) => a.of(answers) || b.of(answers),
    })),
    tie('bool').map((a) => ({ text: `!(${a.text})`, of: (answers: Answers) => !a.of(answers) })),
    fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(([c, a, b]) => ({
      text: `(${c.text} ? ${a.text} : ${b.text})`,
      of: (answers: Answers) => (c.of(answers) ? a.of(answers) : b.of(answers)),
    })),
  ),
}));

const EMPTY: Answers = {
  ...{ kind: '', name: '', agent: false, court: false, count: 0, share: 0, tags: [], rows: [] },
};
const anyNumber = fc.oneof(number, fc.double());
const answersOf = fc.record(
  {
    ...{
      kind: word,
      name: fc.string({ unit: 'grapheme', maxLength: 8 }),
      agent: fc.boolean(),
      court: fc.boolean(),
    },
    ...{
      count: anyNumber,
      share: anyNumber,
      tags: fc.array(fc.oneof(word, anyNumber, fc.boolean()), { maxLength: 4 }),
    },
    rows: fc.array(fc.dictionary(fc.constantFrom('name', 'paid'), fc.oneof(word, anyNumber)), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

test('a condition means what it says, of all answers and of those that are missing', () => {
  fc.assert(
    fc.property(
      bool,
      fc.array(answersOf, { minLength: 3, maxLength: 3 }),
      ({ text: condition, of: means }, all) => {
        expect(conditions.fault(condition)).toBeNull();
        for (const answers of all)
          expect(conditions.holds(condition, answers), condition).toBe(means({ ...EMPTY, ...answers }));
      },
    ),
    { numRuns: 600 },
  );
});

test('what is taken can be asked of any answers, whatever it is made of', () => {
  const leaf = fc.constantFrom(
    ...Object.keys(FIELDS),
    ...[
      '0',
      '1',
      '3.5',
      '-1',
      '9223372036854775807',
      '1u',
      '"a"',
      "'组织'",
      'b"x"',
      'true',
      'null',
      '[]',
      '[1]',
    ],
    ...[
      '["a"]',
      '["a", 1]',
      '[1.0]',
      '{}',
      '{"a": 1}',
      'nothing',
      'string',
      'google',
      '"("',
      '"2020-01-01T00:00:00Z"',
    ],
  );
  const shapes = [
    ...[
      'A && B',
      'A || B',
      '!A',
      'A == B',
      'A != B',
      'A < B',
      'A >= B',
      'A + B',
      'A - B',
      'A * B',
      'A / B',
      'A % B',
    ],
    ...['A in B', 'A ? B : C', '(A)', '-A', '[A, B]', 'A[B]', 'A.name', '{"a": A}', 'size(A)', 'A.size()'],
    ...[
      'A.contains(B)',
      'A.matches(B)',
      'A.substring(B)',
      'A.exists(x, x == B)',
      'A.all(x, B)',
      'A.map(x, B)',
    ],
    ...[
      'A.filter(x, B) == C',
      'has(A.name)',
      'int(A)',
      'double(A)',
      'string(A)',
      'bool(A)',
      'timestamp(A)',
      'dyn(A)',
    ],
    ...['duration(A)', 'type(A) == B', 'cel.bind(x, A, x == B)', 'A.split(B)', 'A.join(B)', 'A.indexOf(B)'],
  ];
  const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'any' },
      leaf,
      fc
        .tuple(fc.constantFrom(...shapes), tie('tree'), tie('tree'), tie('tree'))
        .map(([shape, a, b, c]) =>
          shape.replaceAll(/\b[ABC]\b/g, (part) => `(${part === 'A' ? a : part === 'B' ? b : c})`),
        ),
    ),
  })).tree;
  let taken = 0;
  fc.assert(
    fc.property(
      tree,
      fc.oneof(answersOf, fc.dictionary(fc.constantFrom(...Object.keys(FIELDS)), fc.anything())),
      (condition, answers) => {
        const fault = conditions.fault(condition);
        if (fault !== null) {
          expect(fault).toMatch(/^.+$/);
          return;
        }
        taken += 1;
        expect(typeof conditions.holds(condition, answers), condition).toBe('boolean');
        expect(conditions.fieldsOf(condition).every((key) => condition.includes(key))).toBe(true);
      },
    ),
    { numRuns: 6000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('any text at all is taken or refused, never a fault of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), answersOf, (condition, answers) => {
      if (conditions.fault(condition) === null) conditions.holds(condition, answers);
      conditions.fieldsOf(condition);
    }),
    { numRuns: 1000 },
  );
});
