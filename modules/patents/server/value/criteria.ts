import { addYears, type CalendarDate } from '#kernel/calendar/date';
import type { Lang, Text } from '#kernel/text';
import type { Criterion, CriterionResult } from '../../contract.ts';
import { classKeys } from '../corpus/document.ts';
import type { ValueFacts } from './facts.ts';

/** An entry of a register of awards that names a patent. */
export interface Award {
  register: string;
  no: string;
  title: string;
  date: CalendarDate | null;
}

/** What a criterion is decided by, beyond the patent's own facts. */
export interface CriteriaContext {
  day: CalendarDate;
  lang: Lang;
  /** Awards of the patent, by register. */
  awards: ReadonlyMap<string, readonly Award[]>;
}

type Decision = Pick<CriterionResult, 'holds' | 'evidence'> & { why: Text };

/** What a criterion says of a patent, with the evidence. Where the data do not say, `holds` is null and `why` names what is missing. */
export function decide(criterion: Criterion, facts: ValueFacts, context: CriteriaContext): CriterionResult {
  const { why, ...decision } = DECIDE[criterion.kind](criterion as never, facts, context);
  return { key: criterion.key, title: criterion.title, ...decision, why: why[context.lang] };
}

/**
 * Whether a patent is of high value: a valid invention of which any criterion holds. Null where none holds and one cannot be
 * decided.
 */
export function highValue(
  facts: ValueFacts,
  results: readonly CriterionResult[],
): { met: boolean | null; why: Text } {
  if (facts.country !== 'CN' || facts.type !== 'invention')
    return { met: false, why: { zh: '不是中国发明专利', en: 'No Chinese invention patent' } };
  if (!facts.granted) return { met: false, why: { zh: '尚未授权', en: 'Not granted' } };
  if (facts.legalStatus === 'unknown')
    return {
      met: null,
      why: { zh: '数据未提供法律状态，不能认定为有效', en: 'The data give no legal status' },
    };
  if (facts.legalStatus !== 'in-force')
    return { met: false, why: { zh: '专利不在有效状态', en: 'Not in force' } };
  const held = results.filter((r) => r.holds === true);
  if (held.length > 0)
    return {
      met: true,
      why: {
        zh: `符合：${held.map((r) => r.title).join('、')}`,
        en: `Meets: ${held.map((r) => r.title).join(', ')}`,
      },
    };
  const open = results.filter((r) => r.holds === null);
  if (open.length > 0)
    return {
      met: null,
      why: {
        zh: `未见符合的标准；数据不足以判定：${open.map((r) => r.title).join('、')}`,
        en: `No criterion holds; not decided for lack of data: ${open.map((r) => r.title).join(', ')}`,
      },
    };
  return { met: false, why: { zh: '各项标准均不符合', en: 'No criterion holds' } };
}

const DECIDE: {
  [K in Criterion['kind']]: (
    criterion: Extract<Criterion, { kind: K }>,
    facts: ValueFacts,
    context: CriteriaContext,
  ) => Decision;
} = {
  industry({ classes }, facts) {
    if (classes.length === 0)
      return undecided('未载入产业与 IPC 的对照表', 'No table of industries and IPC symbols is loaded');
    if (facts.ipc.length === 0) return undecided('数据未提供 IPC 分类号', 'The data give no IPC symbol');
    const wanted = new Set(
      classes.flatMap((symbol) => [...classKeys('i', [symbol])].filter((k) => k[1] === '=')),
    );
    const own = classKeys('i', facts.ipc);
    const levels = new Set(own.filter((k) => k[1] === ':').map((k) => `i=${k.slice(2)}`));
    const hit = [...levels].filter((k) => wanted.has(k)).map((k) => k.slice(2));
    return hit.length > 0
      ? held(
          '分类号在对照表内',
          'A symbol is in the table',
          hit.map((text) => item(text)),
        )
      : missed('分类号不在对照表内', 'No symbol is in the table');
  },
  overseas(_, facts) {
    const abroad = facts.members.filter((m) => m.country !== facts.country);
    const inForce = abroad.filter((m) => m.granted && m.legalStatus === 'in-force');
    if (inForce.length > 0)
      return held(
        '有海外同族专利权',
        'A family member abroad is in force',
        inForce.map((m) => item(m.number, m.number)),
      );
    const open = abroad.filter((m) => m.granted && m.legalStatus === 'unknown');
    const outside = facts.unknownMembers.filter((m) => !m.startsWith(facts.country));
    if (open.length + outside.length > 0)
      return undecided(
        '有海外同族，但不知是否授权并有效',
        'There are family members abroad; whether they are in force is not known',
        [...open.map((m) => item(m.number, m.number)), ...outside.map((m) => item(m))],
      );
    return abroad.length > 0
      ? missed('海外同族均未授权或已失效', 'No family member abroad is in force')
      : missed('数据中没有海外同族', 'No family member abroad in the data');
  },
  maintained({ years, from }, facts, { day }) {
    const start = from === 'filing' ? facts.filingDate : facts.grantDate;
    const name: Text = from === 'filing' ? { zh: '申请日', en: 'filing' } : { zh: '授权日', en: 'grant' };
    if (!start) return undecided(`数据未提供${name.zh}`, `The data give no day of ${name.en}`);
    if (facts.legalStatus === 'unknown')
      return undecided('数据未提供法律状态', 'The data give no legal status');
    const reached = addYears(start, years);
    const evidence = [item(`${name.zh} ${start}`, null, start)];
    return facts.legalStatus === 'in-force' && reached < day
      ? held(
          `自${name.zh}起维持超过 ${years} 年`,
          `In force for more than ${years} years from ${name.en}`,
          evidence,
        )
      : missed(
          `自${name.zh}起维持未超过 ${years} 年`,
          `Not in force for more than ${years} years from ${name.en}`,
          evidence,
        );
  },
  pledge({ least }, facts, { day }) {
    const ends = facts.events.filter((e) => e.kind === 'pledge-end' && e.date <= day);
    const pledges = facts.events.filter((e) => e.kind === 'pledge' && e.date <= day);
    if (pledges.length === 0) return missed('数据中没有质押登记', 'No pledge in the data');
    const evidence = [...pledges, ...ends].map((e) =>
      item(`${e.text}${e.detail.质押金额 ? `（${e.detail.质押金额}）` : ''}`, null, e.date || null),
    );
    if (least === null)
      return undecided('未设定质押金额的标准', 'No threshold for the amount of a pledge is set', evidence);
    const sums = pledges.map((e) => yuanOf(e.detail.质押金额 ?? ''));
    if (sums.some((sum) => sum !== null && sum >= least))
      return held(`质押金额不低于 ${least} 元`, `Pledged for at least ${least} yuan`, evidence);
    if (sums.some((sum) => sum === null))
      return undecided('质押登记没有金额', 'A pledge has no amount', evidence);
    return missed(`质押金额低于 ${least} 元`, `Pledged for less than ${least} yuan`, evidence);
  },
  award({ register }, _, { awards }) {
    const found = awards.get(register);
    if (!found) return undecided('没有这个名册', 'There is no such register');
    return found.length > 0
      ? held(
          '名册中有获奖记录',
          'The register names it',
          found.map((a) => item(`${a.no} ${a.title}`, null, a.date)),
        )
      : missed('名册中没有获奖记录', 'The register does not name it');
  },
};

function item(text: string, number: string | null = null, date: string | null = null) {
  return { text, number, date };
}

const held = (zh: string, en: string, evidence: Decision['evidence'] = []): Decision => ({
  holds: true,
  why: { zh, en },
  evidence,
});
const missed = (zh: string, en: string, evidence: Decision['evidence'] = []): Decision => ({
  holds: false,
  why: { zh, en },
  evidence,
});
const undecided = (zh: string, en: string, evidence: Decision['evidence'] = []): Decision => ({
  holds: null,
  why: { zh, en },
  evidence,
});

/** A sum in yuan as gazettes write it: `500万元`, `1.2亿元`, `3,000,000`. Null where it is none. */
export function yuanOf(text: string): number | null {
  const m =
    /^(?:人民币|RMB|CNY|¥)?\s*([\d,]+(?:\.\d+)?)\s*(亿|千万|百万|万|)\s*(?:元|人民币|RMB|CNY)?(?:整)?$/i.exec(
      text.normalize('NFKC').trim(),
    );
  if (!m) return null;
  const unit = { '': 1, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8 }[m[2]!]!;
  return Number(m[1]!.replaceAll(',', '')) * unit;
}
