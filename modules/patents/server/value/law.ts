import { addDays, addMonths, type CalendarDate } from '#kernel/calendar/date';
import type { Text } from '#kernel/text';
import type { PatentType } from '../../contract.ts';

/** Where a rule stands, and whether somebody read it there. */
export interface Source {
  text: Text;
  verified: boolean;
}

/** Years of protection from the day of filing, for applications filed from a day on (inclusive). */
interface TermRule {
  type: PatentType;
  filedFrom: CalendarDate;
  years: number;
  source: Source;
}

const ARTICLE_42: Source = {
  text: {
    zh: '《专利法》（2020年修正，2021年6月1日起施行）第四十二条',
    en: 'Patent Law (2020), article 42, in force since 1 June 2021',
  },
  verified: true,
};
const FORMER_42: Source = {
  text: {
    zh: '2021年6月1日前施行的《专利法》第四十二条（原文未核对）',
    en: 'Patent Law as in force before 1 June 2021, article 42 (text not checked)',
  },
  verified: false,
};

/** The latest rule that begins on or before the day of filing holds. Filed before 1993 nothing is said: the law was another. */
const TERMS: readonly TermRule[] = [
  { type: 'invention', filedFrom: '2021-06-01', years: 20, source: ARTICLE_42 },
  { type: 'invention', filedFrom: '1993-01-01', years: 20, source: FORMER_42 },
  { type: 'utility', filedFrom: '2021-06-01', years: 10, source: ARTICLE_42 },
  { type: 'utility', filedFrom: '1993-01-01', years: 10, source: FORMER_42 },
  { type: 'design', filedFrom: '2021-06-01', years: 15, source: ARTICLE_42 },
  { type: 'design', filedFrom: '1993-01-01', years: 10, source: FORMER_42 },
];

/** When a Chinese patent's term ends. */
export interface Term {
  /** The first day without protection: the anniversary of the filing. */
  endsOn: CalendarDate;
  years: number;
  source: Source;
}

/** The regular term of a Chinese patent; compensation for delays (article 42, 2 and 3) is not in the data. */
export function termOf(type: PatentType, filed: CalendarDate): Term | null {
  const rule = TERMS.filter((r) => r.type === type && r.filedFrom <= filed).sort((a, b) =>
    a.filedFrom < b.filedFrom ? 1 : -1,
  )[0];
  return rule ? { endsOn: addMonths(filed, rule.years * 12), years: rule.years, source: rule.source } : null;
}

/** When fees are due, and what becomes of a right whose fee is late. */
export const FEE_RULE: Source = {
  text: {
    zh: '《专利法实施细则》（2023年修订）第一百一十五条：年费在上一年度期满前缴纳；期满之日起6个月内可补缴并缴滞纳金，每超过1个月加收当年全额年费的5%。年度自申请日起算（依审查实践，未核对原文）',
    en: 'Implementing Regulations (2023), rule 115: paid before the previous year ends; six months of grace, with 5 % more for each month. Years count from the day of filing (by practice, text not checked)',
  },
  verified: true,
};

/** Fees of a year in yuan, without reductions: from and to a year, both included. */
interface FeeStep {
  from: number;
  to: number;
  yuan: number;
}

/** The amounts as they are commonly given; nobody has checked them against the list of charges. */
export const FEE_AMOUNTS: {
  source: Source;
  steps: Readonly<Partial<Record<PatentType, readonly FeeStep[]>>>;
} = {
  source: {
    text: {
      zh: '国家知识产权局专利收费标准（金额未核对原文；不含费用减缴）',
      en: 'List of charges of CNIPA (amounts not checked; without reductions)',
    },
    verified: false,
  },
  steps: {
    invention: [
      { from: 1, to: 3, yuan: 900 },
      { from: 4, to: 6, yuan: 1200 },
      { from: 7, to: 9, yuan: 2000 },
      { from: 10, to: 12, yuan: 4000 },
      { from: 13, to: 15, yuan: 6000 },
      { from: 16, to: 20, yuan: 8000 },
    ],
    utility: [
      { from: 1, to: 3, yuan: 600 },
      { from: 4, to: 5, yuan: 900 },
      { from: 6, to: 8, yuan: 1200 },
      { from: 9, to: 10, yuan: 2000 },
    ],
    design: [
      { from: 1, to: 3, yuan: 600 },
      { from: 4, to: 5, yuan: 900 },
      { from: 6, to: 8, yuan: 1200 },
      { from: 9, to: 10, yuan: 2000 },
      { from: 11, to: 15, yuan: 3000 },
    ],
  },
};

/** An annual fee that comes up. */
export interface FeeDue {
  /** Year of the patent that it pays for, counted from the filing: 1 is the first. */
  year: number;
  /**
   * Last day to pay without surcharge that nobody disputes: the day before the year begins. The Guidelines count to the
   * anniversary itself (not checked); a day early costs nothing.
   */
  dueOn: CalendarDate;
  /** Last day of the six months of grace. */
  graceUntil: CalendarDate;
  /** Yuan without reductions and surcharge; null where the amount is not known. */
  yuan: number | null;
  /**
   * `coming`: due after the day. `grace`: the date has passed within the last six months; whether it was paid is not in the
   * data, so somebody has to look.
   */
  state: 'coming' | 'grace';
}

/**
 * The fee of a granted patent in force that comes up next on a day, and one whose grace runs still. The year of the grant is
 * paid with the grant (article 43, rule 114), so only later years count.
 */
export function feesDue(
  type: PatentType,
  filed: CalendarDate,
  granted: CalendarDate,
  day: CalendarDate,
): FeeDue[] {
  const term = termOf(type, filed);
  if (!term) return [];
  const due: FeeDue[] = [];
  for (let year = 2; year <= term.years; year++) {
    const begins = addMonths(filed, (year - 1) * 12);
    if (begins <= granted) continue;
    const one = {
      year,
      dueOn: addDays(begins, -1),
      graceUntil: addDays(addMonths(begins, 6), -1),
      yuan: FEE_AMOUNTS.steps[type]?.find((s) => s.from <= year && year <= s.to)?.yuan ?? null,
    };
    if (day <= one.dueOn) {
      due.push({ ...one, state: 'coming' });
      break;
    }
    if (day <= one.graceUntil) due.push({ ...one, state: 'grace' });
  }
  return due;
}
