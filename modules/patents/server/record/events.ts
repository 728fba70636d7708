import { isPerson, maskName } from '#kernel/privacy/persons';
import type { LegalEventJson } from '../../contract.ts';
import type { LegalEvent } from '../corpus/content.ts';

/** What an event is, by words of its text or its raw code; the first rule that fits decides. */
interface Rule {
  /** Raw codes of the office, as a pattern. */
  code?: RegExp;
  text?: RegExp;
  kind: string;
  /** Key event of WIPO ST.27 by its category letter and number. */
  st27: string;
  /** Whether the right or application lives on after it; '' where the event says nothing of it. */
  state: LegalEventJson['state'];
}

/**
 * Raw events mapped to the categories of WIPO ST.27 (A filing, B examination, D grant, F opposition and review, H lapse,
 * N restoration, P/Q change of names and documents, R transfer, L licences, U fees). The table maps words of Chinese gazettes and
 * INPADOC; it was put together from the meaning of the words, not read from an official table of codes: unverified.
 */
const RULES: readonly Rule[] = [
  { text: /部分无效/, kind: 'partly-invalid', st27: 'F', state: 'active' },
  { text: /宣告.*无效|全部无效|invalidat|revoked/i, kind: 'invalid', st27: 'H', state: 'inactive' },
  {
    text: /未缴年费|未缴纳年费|non[- ]?payment|lapse[sd]? .*fee/i,
    kind: 'lapse-fee',
    st27: 'H',
    state: 'inactive',
  },
  { text: /届满|expir/i, kind: 'expiry', st27: 'H', state: 'inactive' },
  { text: /避免重复授权|放弃|surrender|renounc/i, kind: 'surrender', st27: 'H', state: 'inactive' },
  { text: /视为撤回|主动撤回|撤回|withdrawn|deemed/i, kind: 'withdrawn', st27: 'D', state: 'inactive' },
  { text: /驳回|refus|reject/i, kind: 'refused', st27: 'D', state: 'inactive' },
  { text: /恢复|restor|reinstat/i, kind: 'restored', st27: 'N', state: 'active' },
  { text: /终止|失效|lapse|ceased/i, kind: 'lapse', st27: 'H', state: 'inactive' },
  {
    text: /质押.*注销|注销.*质押|质押.*解除|release.*(?:pledge|lien)/i,
    kind: 'pledge-end',
    st27: 'L',
    state: '',
  },
  { text: /质押|pledge|lien|security interest/i, kind: 'pledge', st27: 'L', state: '' },
  { text: /许可.*注销|注销.*许可/, kind: 'licence-end', st27: 'L', state: '' },
  { text: /许可|licen[cs]e/i, kind: 'licence', st27: 'L', state: '' },
  { text: /保全.*解除|解除.*保全/, kind: 'seizure-end', st27: 'L', state: '' },
  { text: /保全|查封|seizure|attachment/i, kind: 'seizure', st27: 'L', state: '' },
  { text: /转移|转让|变更.*权利人|assign|transfer/i, kind: 'transfer', st27: 'R', state: '' },
  { text: /变更|更正|change of|correct/i, kind: 'change', st27: 'P', state: '' },
  {
    text: /实质审查|实审|request for examination|examination/i,
    kind: 'examination',
    st27: 'B',
    state: 'active',
  },
  { text: /授权|grant|patent issued/i, kind: 'grant', st27: 'D', state: 'active' },
  { text: /年费|annual fee|maintenance fee|renewal/i, kind: 'fee', st27: 'U', state: 'active' },
  { text: /异议|opposition/i, kind: 'opposition', st27: 'F', state: '' },
  { text: /公开|公布|publication|published/i, kind: 'publication', st27: 'A', state: 'active' },
  { code: /^PGFP$/, kind: 'fee', st27: 'U', state: 'active' },
  { code: /^(?:PG25|LAPS|REG_LAPS)$/, kind: 'lapse', st27: 'H', state: 'inactive' },
  { code: /^(?:17P|C06|PB01)$/, kind: 'publication', st27: 'A', state: 'active' },
  { code: /^C10|SE01$/, kind: 'examination', st27: 'B', state: 'active' },
  { code: /^(?:C14|GR01|AK_B)$/, kind: 'grant', st27: 'D', state: 'active' },
];

/** An event for showing, with what it means. `mask`: natural persons in its details are masked. */
export function eventJson(event: LegalEvent, mask: boolean): LegalEventJson {
  const words = `${event.text} ${Object.keys(event.detail).join(' ')}`;
  const rule = RULES.find((r) => (r.text?.test(words) ?? false) || (r.code?.test(event.code) ?? false));
  const detail = mask
    ? Object.fromEntries(
        Object.entries(event.detail).map(([name, value]) => [name, NAMED.test(name) ? maskIn(value) : value]),
      )
    : event.detail;
  return {
    date: event.date || null,
    office: event.office,
    code: event.code,
    text: event.text,
    detail,
    kind: rule?.kind ?? 'other',
    st27: rule?.st27 ?? '',
    state: rule?.state ?? '',
  };
}

/** Details under such names hold names of persons or organisations. */
const NAMED = /人$|人名|权人|者$|姓名|name|owner|pledg|licen[cs]|assign|applicant|proprietor|inventor/i;

function maskIn(value: string): string {
  return value
    .split(/([;；,，、])/)
    .map((part) => (/^[;；,，、]$/.test(part) || !isPerson(part) || /\d/.test(part) ? part : maskName(part)))
    .join('');
}
