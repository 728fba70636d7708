import type { Lang } from '#kernel/text';
import type { Dialect } from '../../query/ast.ts';
import { FIELDS, type Field, printedName } from '../../query/fields.ts';
import { placeAt } from './context.ts';

/** Something that can stand at the cursor. */
export interface Proposal {
  /** As it is shown; also what is put in, where `insert` says nothing else. */
  label: string;
  insert?: string;
  /** Beside the label: code, second name. */
  detail: string;
  /** One line of help. */
  help: string;
  kind: 'field' | 'operator' | 'value' | 'reference';
}

/** Words that are known outside the language: names of regions, earlier and saved queries. */
export interface Known {
  regions: readonly { value: string; label: string }[];
  /** `#3`, `@name` with what they stand for. */
  references: readonly { name: string; text: string }[];
}

/** Offices that are proposed without being typed. */
const OFFICES = ['CN', 'US', 'EP', 'WO', 'JP', 'KR', 'DE', 'GB', 'FR', 'TW', 'HK'];

/** Operators by dialect, with a line of help. `zh` and `en` texts come from the page's own words. */
export const OPERATORS: Record<Dialect, readonly string[]> = {
  zc: ['AND', 'OR', 'NOT', 'XOR', '5W', '5D', 'S', 'P', 'F', 'NOTS'],
  cql: ['and', 'or', 'not', 'prox/distance<=5', 'prox/unit=sentence', 'prox/unit=paragraph'],
  patsnap: ['AND', 'OR', 'NOT', '$W5', '$PRE5', '$WS', '$SEN', '$PARA', '$FREQ3'],
  cnipr: ['and', 'or', 'not', 'xor', 'adj', 'pre/5', 'equ/5', '5D', 'S', 'P'],
  lucene: ['AND', 'OR', 'NOT'],
};

const MOST = 60;

/**
 * What can stand at the cursor: values behind a field that has a list of them, else names of fields (Chinese ones first) and
 * operators. `asked`: wanted by a key; without it nothing is proposed for an empty word.
 */
export function proposalsAt(
  text: string,
  cursor: number,
  dialect: Dialect,
  lang: Lang,
  known: Known,
  asked: boolean,
): { from: number; proposals: Proposal[] } | null {
  const place = placeAt(text, cursor, dialect);
  if (!place) return null;
  const { from, word, field } = place;
  const values = field ? valuesOf(field, lang, known) : [];
  if (values.length > 0) return answer(from, fitting(values, word));
  if (/^[#@]/.test(word))
    return answer(
      from,
      known.references
        .filter((r) => r.name.startsWith(word))
        .map((r) => ({ label: r.name, detail: '', help: r.text, kind: 'reference' as const })),
    );
  if (word === '' && !asked) return null;
  // A value of a field without a list is the searcher's own; only operators can follow it.
  const fields = field && !place.follows ? [] : fieldProposals(word, dialect, lang);
  const operators = place.follows
    ? fitting(
        OPERATORS[dialect].map((label) => ({
          label,
          insert: `${label} `,
          detail: '',
          help: '',
          kind: 'operator' as const,
        })),
        word,
      )
    : [];
  return answer(from, word === '' ? [...operators, ...fields] : [...fields, ...operators]);
}

function answer(from: number, proposals: Proposal[]) {
  return proposals.length === 0 ? null : { from, proposals: proposals.slice(0, MOST) };
}

function fitting<P extends { label: string; detail: string }>(list: P[], word: string): P[] {
  const wanted = word.toLowerCase();
  return list.filter((one) => `${one.label} ${one.detail}`.toLowerCase().includes(wanted));
}

function valuesOf(field: Field, lang: Lang, known: Known): Proposal[] {
  if (field.values)
    return field.values.map((v) => ({
      label: v.zh,
      detail: lang === 'zh' ? '' : v.en,
      help: '',
      kind: 'value',
    }));
  if (field.id === 'RG')
    return known.regions.map((r) => ({ label: r.label, detail: r.value, help: '', kind: 'value' }));
  if (field.id === 'AU') {
    const names = new Intl.DisplayNames([lang === 'zh' ? 'zh-CN' : 'en'], { type: 'region' });
    const own: Record<string, string> = { EP: 'EPO', WO: 'WIPO' };
    return OFFICES.map((code) => ({
      label: code,
      detail: own[code] ?? names.of(code) ?? '',
      help: '',
      kind: 'value',
    }));
  }
  return [];
}

/** Fields one of whose names begins so, else those whose name holds it; in Chinese dialects by their Chinese names. */
function fieldProposals(word: string, dialect: Dialect, lang: Lang): Proposal[] {
  const wanted = word.toUpperCase();
  const relation = dialect === 'patsnap' || dialect === 'lucene' ? ':' : '=';
  const chinese =
    (dialect === 'zc' || dialect === 'cnipr') && (lang === 'zh' || /\p{Script=Han}/u.test(word));
  const ranked = FIELDS.flatMap((field) => {
    const names = [
      ...(chinese || wanted === '' ? field.zhNames : []),
      ...(field.names[dialect] ?? []),
      field.id,
    ];
    const places = [...names, ...field.zhNames, field.en].map((n) => n.toUpperCase().indexOf(wanted));
    const code = printedName(field.id, dialect);
    const label = chinese ? (field.zhNames[0] ?? code) : code;
    const shown = label.toUpperCase().startsWith(wanted) || code.toUpperCase() === wanted;
    const best = shown ? 0 : places.some((p) => p === 0) ? 1 : places.some((p) => p > 0) ? 2 : 3;
    if (best === 3) return [];
    return [
      {
        best,
        label,
        insert: `${label}${relation}`,
        detail: lang === 'zh' ? (label === code ? field.zh : code) : field.en,
        help: field.help[lang],
        kind: 'field' as const,
      },
    ];
  });
  return ranked.sort((a, b) => a.best - b.best).map(({ best: _, ...proposal }) => proposal);
}
