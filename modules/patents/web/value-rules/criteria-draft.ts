import type { CalendarDate } from '#kernel/calendar/date';
import type { Criterion, RuleSet, RuleSetBody } from '../../contract/value.ts';
import type { Translate } from '../text.ts';
import type { CheckedField } from './fields.ts';
import { freshKey, type HeadDraft, headDraftOf, headFields, headOf } from './head-draft.ts';
import { type IpcList, readIpcList } from './ipc-list.ts';

/** Kinds of criteria, in the order in which they are offered. */
export const KINDS = ['industry', 'overseas', 'maintained', 'pledge', 'award'] as const;
/** One of them. */
export type Kind = Criterion['kind'];

/** Most criteria of a version, as the server takes them. */
export const MOST_CRITERIA = 20;
/** Most symbols of an industry. */
export const MOST_CLASSES = 5000;

/** A criterion as it is typed; parameters that its kind does not have stay empty. */
export interface CriterionDraft {
  kind: Kind;
  key: string;
  title: string;
  /** The list of symbols as text. */
  classes: string;
  years: string;
  from: 'filing' | 'grant';
  least: string;
  register: string;
  field: string;
}

/** A version of the criteria as it is typed. */
export interface RuleSetDraft {
  head: HeadDraft;
  criteria: CriterionDraft[];
}

const EMPTY = { classes: '', years: '', from: 'filing', least: '', register: '', field: '' } as const;

/** Where a new version begins. */
export function ruleSetDraftOf(base: RuleSet, today: CalendarDate): RuleSetDraft {
  return { head: headDraftOf(base, today), criteria: base.criteria.map(criterionDraftOf) };
}

function criterionDraftOf(criterion: Criterion): CriterionDraft {
  const { kind, key, title } = criterion;
  const draft: CriterionDraft = { ...EMPTY, kind, key, title };
  switch (criterion.kind) {
    case 'industry':
      return { ...draft, classes: criterion.classes.join('\n') };
    case 'maintained':
      return { ...draft, years: String(criterion.years), from: criterion.from };
    case 'pledge':
      return { ...draft, least: criterion.least === null ? '' : String(criterion.least) };
    case 'award':
      return { ...draft, register: criterion.register, field: criterion.field };
    case 'overseas':
      return draft;
  }
}

/** A new criterion of a kind; its key is no other's, not even of an earlier version. */
export function newCriterion(kind: Kind, title: string, taken: ReadonlySet<string>): CriterionDraft {
  return { ...EMPTY, kind, key: freshKey(kind, taken), title };
}

/** Lists are long and read at every keystroke: the last ones are remembered. */
const read = new Map<string, IpcList>();

/** The list of symbols of a criterion, read. */
export function classesOf(draft: CriterionDraft): IpcList {
  const known = read.get(draft.classes);
  if (known) return known;
  const list = readIpcList(draft.classes);
  if (read.size >= 20) read.clear();
  read.set(draft.classes, list);
  return list;
}

/** Whole years from 1 to 20; null for anything else. */
function readYears(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  return /^\d{1,2}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= 20 ? Number(plain) : null;
}

/** Yuan with or without thousands; `''` is no threshold (null), what cannot be read is undefined. */
export function readYuan(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '');
  if (plain === '') return null;
  return /^\d{1,13}(?:\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? Number(plain) : undefined;
}

/** All fields with what is wrong with them. */
export function ruleSetFields(draft: RuleSetDraft, t: Translate): CheckedField[] {
  return [
    ...headFields(draft.head, t),
    {
      path: '/criteria',
      label: t('rules.criteria'),
      fault: draft.criteria.length === 0 ? t('rules.needCriterion') : null,
    },
    ...draft.criteria.flatMap((one, at) => criterionFields(one, `/criteria/${at}`, t)),
  ];
}

function criterionFields(one: CriterionDraft, path: string, t: Translate): CheckedField[] {
  const label = (word: string) =>
    t('rules.fieldOf', { title: one.title || t(`rules.kind.${one.kind}`), word });
  const field = (name: string, word: string, fault: string | null) => ({
    path: `${path}/${name}`,
    label: label(word),
    fault,
  });
  const title = field('title', t('rules.criterionTitle'), one.title.trim() === '' ? t('rules.fill') : null);
  switch (one.kind) {
    case 'industry': {
      const { faults, symbols } = classesOf(one);
      const fault =
        faults.length > 0
          ? t('rules.unreadable', { count: faults.length })
          : symbols.length > MOST_CLASSES
            ? t('rules.tooMany', { most: MOST_CLASSES })
            : null;
      return [title, field('classes', t('rules.classes'), fault)];
    }
    case 'maintained':
      return [
        title,
        field('years', t('rules.years'), readYears(one.years) === null ? t('rules.needYears') : null),
        field('from', t('rules.countedFrom'), null),
      ];
    case 'pledge':
      return [
        title,
        field('least', t('rules.least'), readYuan(one.least) === undefined ? t('rules.needYuan') : null),
      ];
    case 'award':
      return [
        title,
        field('register', t('rules.register'), one.register === '' ? t('rules.needRegister') : null),
        field('field', t('rules.registerField'), one.field === '' ? t('rules.needField') : null),
      ];
    case 'overseas':
      return [title];
  }
}

/** The version to be sent; where something is wrong, with what can be read of it. */
export function ruleSetOf(draft: RuleSetDraft): RuleSetBody {
  return { ...headOf(draft.head), criteria: draft.criteria.map(criterionOf) };
}

function criterionOf(one: CriterionDraft): Criterion {
  const { kind, key, register, field, from } = one;
  const title = one.title.trim();
  switch (kind) {
    case 'industry':
      return { kind, key, title, classes: classesOf(one).symbols };
    case 'maintained':
      return { kind, key, title, years: readYears(one.years) ?? 0, from };
    case 'pledge':
      return { kind, key, title, least: readYuan(one.least) ?? null };
    case 'award':
      return { kind, key, title, register, field };
    case 'overseas':
      return { kind, key, title };
  }
}
