import { formatNumber } from '#shell/format';
import type { Criterion, RuleSetBody, SchemeIndicator, ValueSchemeBody } from '../../contract/value.ts';
import type { Translate } from '../text.ts';
import { percentages } from './weights.ts';

/** Shares that one sentence names one by one; of more it tells how many. */
const MOST_NAMED = 4;

/** Things of two versions, by their key: those that came, went, and stayed. */
function compare<T extends { key: string }>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((one) => [one.key, one]));
  const now = new Set(after.map((one) => one.key));
  return {
    added: after.filter((one) => !old.has(one.key)),
    removed: before.filter((one) => !now.has(one.key)),
    kept: after.flatMap((one) => {
      const then = old.get(one.key);
      return then ? [{ then, now: one }] : [];
    }),
  };
}

type Head = Pick<RuleSetBody, 'name' | 'from' | 'source' | 'verified'>;

function headChanges(before: Head, after: Head, t: Translate): string[] {
  return [
    ...(before.from !== after.from ? [t('rules.diff.from', { before: before.from, after: after.from })] : []),
    ...(before.name !== after.name ? [t('rules.diff.name', { name: after.name })] : []),
    ...(before.source !== after.source ? [t('rules.diff.source')] : []),
    ...(before.verified !== after.verified
      ? [t(after.verified ? 'rules.diff.verified' : 'rules.diff.unverified')]
      : []),
  ];
}

/** In words, what a version of the criteria changes against another; `registerName` names a register. */
export function ruleSetChanges(
  before: RuleSetBody,
  after: RuleSetBody,
  t: Translate,
  registerName: (id: string) => string,
): string[] {
  const { added, removed, kept } = compare<Criterion>(before.criteria, after.criteria);
  return [
    ...headChanges(before, after, t),
    ...added.map(({ title, kind }) => t('rules.diff.added', { title: title || t(`rules.kind.${kind}`) })),
    ...removed.map(({ title }) => t('rules.diff.removed', { title })),
    ...kept.flatMap(({ then, now }) => [
      ...(then.title !== now.title
        ? [t('rules.diff.renamed', { before: then.title, after: now.title })]
        : []),
      ...criterionChanges(then, now, t, registerName),
    ]),
  ];
}

function criterionChanges(
  then: Criterion,
  now: Criterion,
  t: Translate,
  registerName: (id: string) => string,
): string[] {
  const { title } = now;
  const yuan = (least: number | null) =>
    least === null
      ? t('rules.noLeast')
      : t('value.yuan', { yuan: formatNumber(least, Number.isInteger(least) ? 0 : 2) });
  if (then.kind === 'industry' && now.kind === 'industry') {
    const [old, next] = [new Set(then.classes), new Set(now.classes)];
    const came = now.classes.filter((one) => !old.has(one)).length;
    const went = then.classes.filter((one) => !next.has(one)).length;
    return came + went === 0
      ? []
      : [
          t('rules.diff.classes', {
            title,
            came: formatNumber(came),
            went: formatNumber(went),
            total: formatNumber(now.classes.length),
          }),
        ];
  }
  if (then.kind === 'maintained' && now.kind === 'maintained')
    return [
      ...(then.years !== now.years
        ? [t('rules.diff.years', { title, before: then.years, after: now.years })]
        : []),
      ...(then.from !== now.from
        ? [t('rules.diff.countedFrom', { title, from: t(`rules.counted.${now.from}`) })]
        : []),
    ];
  if (then.kind === 'pledge' && now.kind === 'pledge')
    return then.least === now.least
      ? []
      : [t('rules.diff.least', { title, before: yuan(then.least), after: yuan(now.least) })];
  if (then.kind === 'award' && now.kind === 'award')
    return then.register === now.register && then.field === now.field
      ? []
      : [t('rules.diff.register', { title, register: registerName(now.register) })];
  return [];
}

/** In words, what a version of a scheme changes against another. */
export function schemeChanges(before: ValueSchemeBody, after: ValueSchemeBody, t: Translate): string[] {
  const { added, removed, kept } = compare<SchemeIndicator>(before.indicators, after.indicators);
  const titles = new Map([...before.indicators, ...after.indicators].map((one) => [one.key, one.title]));
  const gradesOf = (scheme: ValueSchemeBody) =>
    scheme.grades.map((g) => t('rules.gradeFrom', { grade: g.grade, from: g.from })).join(t('listComma'));
  return [
    ...headChanges(before, after, t),
    ...added.map(({ title }) => t('rules.diff.added', { title: title || t('rules.noTitle') })),
    ...removed.map(({ title }) => t('rules.diff.removed', { title })),
    ...kept.flatMap(({ then, now }) => indicatorChanges(then, now, t)),
    ...compare(before.scenarios, after.scenarios).kept.flatMap(({ then, now }) => [
      ...(then.title !== now.title
        ? [t('rules.diff.renamed', { before: then.title, after: now.title })]
        : []),
      ...weightChanges(now.title, then.weights, now.weights, titles, t),
    ]),
    ...(gradesOf(before) !== gradesOf(after) ? [t('rules.diff.grades', { grades: gradesOf(after) })] : []),
  ];
}

function indicatorChanges(then: SchemeIndicator, now: SchemeIndicator, t: Translate): string[] {
  const { title } = now;
  const place = (one: SchemeIndicator) => `${one.group} ${one.section}`;
  return [
    ...(then.title !== title ? [t('rules.diff.renamed', { before: then.title, after: title })] : []),
    ...(place(then) !== place(now) ? [t('rules.diff.place', { title })] : []),
    ...(then.computed !== now.computed
      ? [
          now.computed === null
            ? t('rules.diff.byExperts', { title })
            : t('rules.diff.byComputing', { title, what: t(`rules.computed.${now.computed}`) }),
        ]
      : [
          ...(JSON.stringify(then.steps) !== JSON.stringify(now.steps)
            ? [t('rules.diff.steps', { title })]
            : []),
          ...(then.guidance !== now.guidance ? [t('rules.diff.guidance', { title })] : []),
        ]),
  ];
}

function weightChanges(
  scenario: string,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  titles: ReadonlyMap<string, string>,
  t: Translate,
): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => Math.abs((before[key] ?? 0) - (after[key] ?? 0)) > 1e-9);
  if (changed.length === 0) return [];
  const percent = (weight: number | undefined) => `${percentages([weight ?? 0], 2)[0]}%`;
  const named = changed.slice(0, MOST_NAMED).map((key) =>
    t('rules.diff.weight', {
      title: titles.get(key) || t('rules.noTitle'),
      before: percent(before[key]),
      after: percent(after[key]),
    }),
  );
  return [
    t(changed.length > named.length ? 'rules.diff.weightsMore' : 'rules.diff.weights', {
      scenario,
      weights: named.join(t('listComma')),
      count: changed.length,
    }),
  ];
}
