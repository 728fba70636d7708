import { checkValue, checkWhere } from './check-register-values.ts';
import type { Path } from './faults.ts';
import { type RegisterCheck, type Role, registerIds } from './register-check.ts';
import { AMOUNTS, type FieldKind } from './register-fields.ts';
import type { Criterion, MeasureFigure } from './schema.ts';

const DISTINCT: readonly FieldKind[] = [
  'text',
  'choice',
  'uscc',
  'patent-number',
  'region',
  'organisation',
  'person',
  'reference',
  'ipc',
  'integer',
  'year',
];

/** What fields are used for in rules and figures. */
const ROLES = {
  ladder: { zh: '梯队', en: 'a ladder', kinds: ['choice'] },
  distinct: { zh: '去重计数', en: 'something to count the values of', kinds: DISTINCT },
  amount: { zh: '合计或统计的数', en: 'an amount', kinds: AMOUNTS },
  items: { zh: '计数的列表', en: 'a list to count', kinds: ['rows', 'values'] },
  year: { zh: '年份', en: 'the year', kinds: ['year'] },
  rows: { zh: '逐年的明细', en: 'the amounts by year', kinds: ['rows'] },
} satisfies Record<string, Role>;

/** Checks the conditions of re-checks, the ladder with its criteria, and the measures of a register. */
export function checkRegisterRules(check: RegisterCheck): void {
  for (const [i, { where }] of (check.value.rechecks ?? []).entries())
    checkWhere(check, where, ['rechecks', i, 'where']);
  checkLadder(check);
  const { measures } = check.value;
  check.unique(
    measures.map(({ id }) => id),
    'duplicate-id',
    (i) => ['measures', i, 'id'],
  );
  for (const [i, { figure, where }] of measures.entries()) {
    checkFigure(check, figure, ['measures', i, 'figure']);
    checkWhere(check, where, ['measures', i, 'where']);
  }
}

function checkLadder(check: RegisterCheck): void {
  const { ladder } = check.value;
  if (!ladder) return;
  const field = check.serving(ladder.field, ['ladder', 'field'], ROLES.ladder);
  const value = (i: number): Path => ['ladder', 'steps', i, 'value'];
  check.unique(
    ladder.steps.map((step) => step.value),
    'duplicate-id',
    value,
  );
  for (const [i, step] of ladder.steps.entries()) {
    if (field) checkValue(check, field, step.value, value(i));
    const place = (j: number): Path => ['ladder', 'steps', i, 'criteria', j];
    check.unique(
      step.criteria.map(({ id }) => id),
      'duplicate-id',
      (j) => [...place(j), 'id'],
    );
    for (const [j, criterion] of step.criteria.entries()) checkCriterion(check, criterion, place(j));
  }
}

function checkCriterion(check: RegisterCheck, { test, from, to }: Criterion, path: Path): void {
  if (from !== null && to !== null && from > to) check.add([...path, 'to'], 'period-reversed', { from, to });
  const inner = [...path, 'test'];
  if (!('register' in test)) {
    checkWhere(check, test.where, [...inner, 'where']);
    return;
  }
  const other = check.other(test.register);
  if (!other.known) {
    check.draft.faults.unknown(
      { text: check.file.text, path: [...inner, 'register'] },
      'register-unknown-register',
      test.register,
      registerIds(check.draft),
    );
    return;
  }
  if (!check.value.entry.organisation)
    check.add([...inner, 'register'], 'register-without-organisation', { id: check.value.id });
  if (!other.check) return;
  if (!other.check.value.entry.organisation)
    check.add([...inner, 'register'], 'register-without-organisation', { id: test.register });
  checkWhere(check, test.where, [...inner, 'where'], other.check);
}

function checkFigure(check: RegisterCheck, figure: MeasureFigure, path: Path): void {
  switch (figure.kind) {
    case 'count':
      if (figure.distinct === undefined) return;
      if (figure.distinct !== 'organisation')
        check.serving(figure.distinct, [...path, 'distinct'], ROLES.distinct);
      else if (!check.value.entry.organisation)
        check.add([...path, 'distinct'], 'register-without-organisation', { id: check.value.id });
      return;
    case 'sum':
      check.serving(figure.field, [...path, 'field'], ROLES.amount);
      return;
    case 'count-items':
      check.serving(figure.list, [...path, 'list'], ROLES.items);
      return;
    case 'latest':
      check.serving(figure.field, [...path, 'field'], ROLES.amount);
      check.serving(figure.year, [...path, 'year'], ROLES.year);
      return;
    case 'growth': {
      const rows = check.serving(figure.list, [...path, 'list'], ROLES.rows);
      if (!rows) return;
      check.serving(figure.year, [...path, 'year'], ROLES.year, rows.columns);
      check.serving(figure.amount, [...path, 'amount'], ROLES.amount, rows.columns);
    }
  }
}
