import type { RawCitation, RawEvent, RawFamily, RawPriority, RawRecord } from './raw.ts';

/** What the columns of a table say beyond single values, and the heads of the columns it was read from. */
export interface Structured {
  citations: RawCitation[];
  priorities: RawPriority[];
  events: RawEvent[];
  family: RawFamily | null;
  used: string[];
}

/** A kind of event that exports spread over columns: days, and what is said of each day under its own name. */
interface EventColumns {
  text: string;
  dates: readonly string[];
  details: Record<string, readonly string[]>;
}

/** Heads as Chinese patent databases write them; each list is tried from the left. */
const EVENTS: readonly EventColumns[] = [
  {
    text: '专利权的转移',
    dates: [
      '转让执行日',
      '转让生效日',
      '转让日期',
      '转让日',
      '转让公告日',
      '权利转移生效日',
      '专利权转移日期',
    ],
    details: {
      变更前权利人: ['变更前权利人', '转让人', '出让人', '原权利人', '转让前权利人'],
      变更后权利人: ['变更后权利人', '受让人', '转让后权利人'],
      变更前地址: ['变更前地址', '转让人地址'],
      变更后地址: ['变更后地址', '受让人地址'],
      变更事项: ['变更事项', '转让类型', '转移类型'],
    },
  },
  {
    text: '专利实施许可合同备案',
    dates: [
      '许可备案日期',
      '许可合同备案日期',
      '许可备案日',
      '备案日期',
      '许可生效日',
      '许可日期',
      '许可日',
      '许可公告日',
    ],
    details: {
      让与人: ['许可人', '让与人', '许可方'],
      受让人: ['被许可人', '被许可方', '许可受让人'],
      当前被许可人: ['当前被许可人'],
      许可种类: ['许可类型', '许可种类'],
      合同备案号: ['许可合同备案号', '合同备案号', '备案号'],
      合同备案阶段: ['许可合同备案阶段', '备案阶段'],
      解除日: ['许可合同解除日', '许可解除日'],
    },
  },
  {
    text: '专利权质押合同登记',
    dates: ['质押登记日', '质押登记生效日', '质押生效日', '质押日期', '质押日', '质押公告日'],
    details: {
      出质人: ['出质人'],
      质权人: ['质权人', '当前质权人'],
      登记号: ['质押登记号', '质押合同登记号', '质押登记编号'],
      质押金额: ['质押金额', '质押融资金额'],
      质押期限: ['质押期限'],
      解除日: ['质押解除日', '质押登记解除日', '质押注销日'],
      质押状态: ['质押状态', '质押类型'],
    },
  },
  {
    text: '专利权的无效宣告',
    dates: ['无效宣告日期', '无效决定日', '无效宣告决定日', '无效决定日期'],
    details: {
      请求人: ['无效请求人', '无效宣告请求人'],
      决定号: ['无效决定号', '无效宣告决定号'],
      决定: ['无效决定', '无效宣告决定', '无效结论', '无效审查结论'],
    },
  },
  {
    text: '复审',
    dates: ['复审决定日', '复审决定日期', '复审日期'],
    details: { 决定号: ['复审决定号'], 决定: ['复审决定', '复审结论'], 请求人: ['复审请求人'] },
  },
  {
    text: '专利诉讼',
    dates: ['诉讼日期', '判决日期', '裁判日期'],
    details: {
      原告: ['原告'],
      被告: ['被告'],
      案号: ['诉讼案号', '案号'],
      法院: ['审理法院', '法院'],
      诉讼类型: ['诉讼类型', '案由'],
    },
  },
  {
    text: '实质审查的生效',
    dates: ['实质审查日', '实质审查生效日', '实审生效日', '实质审查的生效日'],
    details: {},
  },
  { text: '授权', dates: ['授权日', '授权日期', '颁证日'], details: {} },
  { text: '申请终止', dates: ['终止日', '终止日期', '专利权终止日'], details: {} },
];

const HISTORY = [
  '法律状态历史',
  '历史法律状态',
  '法律状态信息',
  '法律状态记录',
  '法律状态明细',
  '法律事件',
  '法律状态/事件',
  '全部法律状态',
  '法律状态变更',
];
const CITED = [
  '引证专利',
  '引用专利',
  '引证文献',
  '对比文件',
  '审查引证',
  '引证信息',
  '审查员引证',
  '申请人引证',
  '家族引证',
  '引证(专利)',
];
const LITERATURE = [
  '非专利引证',
  '引证非专利',
  '引证非专利文献',
  '非专利文献',
  '非专利引用文献',
  '引证(非专利)',
];
const PRIORITY = [
  '优先权',
  '优先权号',
  '优先权信息',
  '优先权号码',
  '优先权数据',
  'priority numbers',
  'priority number',
  'priority data',
];
const PRIORITY_DATES = ['优先权日', '优先权日期', 'priority date', 'priority dates'];
const PRIORITY_COUNTRIES = ['优先权国家', '优先权国别', '优先权国家/地区', 'priority country'];
const MEMBERS = [
  '简单同族',
  '简单同族成员',
  '同族专利',
  '同族',
  '同族成员',
  '专利同族',
  'docdb同族',
  'docdb同族成员',
  'simple family members',
  'simple family',
  '扩展同族',
  '扩展同族成员',
  'inpadoc同族',
  'inpadoc同族成员',
  'extended family members',
  'inpadoc family members',
];
const SIMPLE_ID = [
  '简单同族号',
  '同族号',
  '同族id',
  '简单同族id',
  'docdb同族id',
  'simple family id',
  'family id',
];
const EXTENDED_ID = [
  'inpadoc同族id',
  'inpadoc同族号',
  '扩展同族号',
  '扩展同族id',
  'extended family id',
  'inpadoc family id',
];

/** A head as it is compared: plain brackets and letters, no white space, no colon. */
function foldHead(head: string): string {
  return head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_:\ufeff]+/g, '')
    .replace(/[[【〔]/g, '(')
    .replace(/[\]】〕]/g, ')');
}

const BLANK = /^(?:[-—/\\]*|无|暂无|空|0|n\/?a|null|none)$/i;
const DAY =
  /(?:19|20)\d{2}(?:\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))/;

/**
 * Reads events, citations, priorities and the family out of the well-known columns of Chinese exports, whatever table
 * they stand in. Values stay as they are spelled; a column that holds only a count says nothing here.
 */
export function structured(columns: Readonly<Record<string, string>>): Structured {
  const by = new Map<string, { head: string; text: string }>();
  for (const [head, text] of Object.entries(columns)) {
    const folded = foldHead(head);
    if (!BLANK.test(text.trim()) && !by.has(folded)) by.set(folded, { head, text: text.trim() });
  }
  const used = new Set<string>();
  const take = (heads: readonly string[]): string => {
    for (const head of heads) {
      const found = by.get(foldHead(head));
      if (!found) continue;
      used.add(found.head);
      return found.text;
    }
    return '';
  };
  const all = (heads: readonly string[]) => heads.map((head) => take([head])).filter((text) => text !== '');
  const events = [...EVENTS.flatMap((kind) => eventsOf(kind, take)), ...all(HISTORY).flatMap(history)];
  const citations = [
    ...CITED.flatMap((head) => items(take([head])).map((item) => citation(item, head))),
    ...all(LITERATURE).flatMap((text) => items(text).map((item) => cited('', item, ''))),
  ];
  const priorities = prioritiesOf(take(PRIORITY), take(PRIORITY_DATES), take(PRIORITY_COUNTRIES));
  const members = [
    ...new Set(
      all(MEMBERS)
        .flatMap((text) => text.split(/[;；|\n,，、]/))
        .map((m) => m.trim()),
    ),
  ];
  const [simple, extended] = [take(SIMPLE_ID), take(EXTENDED_ID)];
  // A bare number of members is a count, not a member.
  const named = members.filter((member) => /[A-Za-z]{2}.*\d{4}|\d{7}/.test(member));
  const family =
    simple === '' && extended === '' && named.length === 0 ? null : { simple, extended, members: named };
  return { citations, priorities, events, family, used: [...used] };
}

/** A record of a table with what its columns say in structure; what the record holds already stays. */
export function withStructured(raw: RawRecord): RawRecord {
  const columns: Record<string, string> = { ...raw.extra };
  for (const values of raw.values.values())
    for (const { head, text, item } of values) if (!item) columns[head] ??= text;
  const found = structured(columns);
  const whole: RawRecord = { ...raw };
  if (found.citations.length > 0) whole.citations = [...(raw.citations ?? []), ...found.citations];
  if (found.priorities.length > 0) whole.priorities = [...(raw.priorities ?? []), ...found.priorities];
  if (found.events.length > 0) whole.events = [...(raw.events ?? []), ...found.events];
  if (found.family && !raw.family) whole.family = found.family;
  return whole;
}

function items(text: string): string[] {
  return text
    .split(/[;；|\n]/)
    .map((item) => item.trim())
    .filter((item) => !BLANK.test(item));
}

/** Several days make several events; lists that are as long are dealt out among them, others belong to the first. */
function eventsOf(kind: EventColumns, take: (heads: readonly string[]) => string): RawEvent[] {
  const dates = items(take(kind.dates));
  const details = Object.entries(kind.details)
    .map(([name, heads]) => [name, take(heads)] as const)
    .filter(([, text]) => text !== '');
  if (dates.length === 0 && details.length === 0) return [];
  return (dates.length === 0 ? [''] : dates).map((date, i) => {
    const detail: Record<string, string> = {};
    for (const [name, text] of details) {
      const parts = items(text);
      if (parts.length === dates.length && dates.length > 1) detail[name] = parts[i]!;
      else if (i === 0) detail[name] = text;
    }
    return { date, office: '', code: '', text: kind.text, detail };
  });
}

/** `2017-05-31 公开；20170623:实质审查的生效 IPC(主分类):A47L 1/03`: each begins with its day, or ends with it. */
function history(text: string): RawEvent[] {
  const events: RawEvent[] = [];
  for (const item of items(text)) {
    const day = DAY.exec(item);
    const rest = (day ? item.slice(0, day.index) + item.slice(day.index + day[0].length) : item)
      .replace(/【?法律状态(公告日|日期|信息)?】?\s*[:：]?/g, ' ')
      .replace(/^[\s,，:：()（）【】[\]-]+|[\s,，:：(（【[-]+$/g, '')
      .replace(/\s+/g, ' ');
    const last = events.at(-1);
    // A piece without a day of its own goes on with the event before it.
    if (!day && last) {
      const [name, ...value] = item.split(/[:：]/);
      if (value.length > 0) last.detail[name!.trim()] = value.join(':').trim();
      else last.text = last.text === '' ? item : `${last.text}; ${item}`;
    } else events.push({ date: day?.[0].trim() ?? '', office: '', code: '', text: rest, detail: {} });
  }
  return events.filter((event) => event.text !== '' || event.date !== '');
}

const NUMBER = /^(?:[A-Z]{2}\s?[A-Z]{0,2}\d[\d\s/.-]{3,16}\s?[A-Z]?\d?)(?=$|[\s(（,，[])/;

function cited(number: string, text: string, origin: string): RawCitation {
  const category = /[[(（]([XYAEDOPTL]{1,3})[\])）]/.exec(text)?.[1] ?? '';
  return { number, text, category, origin, date: '' };
}

/** A number at the head makes it a patent; what follows (category, passages) stays as text. */
function citation(item: string, head: string): RawCitation {
  const origin = /审查/.test(head) ? 'examiner' : /申请人/.test(head) ? 'applicant' : '';
  const number = NUMBER.exec(item)?.[0].trim() ?? '';
  return cited(number, number === '' ? item : item.slice(number.length).trim(), origin);
}

/** `2009.06.10 US 12/481,923`, `US201261234567P 20120430`, or numbers beside a column of days. */
function prioritiesOf(numbers: string, dates: string, countries: string): RawPriority[] {
  const days = items(dates);
  const lands = items(countries);
  const listed = items(numbers);
  return (listed.length > 0 ? listed : days.map(() => '')).map((item, i) => {
    const day = DAY.exec(item.replace(/\d{9,}/g, (digits) => 'x'.repeat(digits.length)));
    const number = (day ? item.slice(0, day.index) + item.slice(day.index + day[0].length) : item)
      .replace(/^[\s,，:：]+|[\s,，:：]+$/g, '')
      .replace(/[([（]\s*[)\]）]/g, '')
      .trim();
    const country = /^[A-Z]{2}(?=[\s\d])/.exec(number)?.[0] ?? lands[i] ?? '';
    return { number, country, date: day?.[0].trim() ?? days[i] ?? '' };
  });
}
