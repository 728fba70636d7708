import { looseDateMessage, parseLooseDate } from '#kernel/calendar/date';
import { checkIpc } from '#kernel/identifiers/ipc';
import type { Text } from '#kernel/text';
import type { MappedField } from '../../contract.ts';
import {
  type ApplicationNumber,
  keysOf,
  type PublicationNumber,
  readAnyPublication,
  readApplication,
  readPublication,
} from '../../query/numbers.ts';
import type { Citation, LangText, LegalEvent, PatentContent, Priority } from '../corpus/content.ts';
import type {
  RawCitation,
  RawEvent,
  RawFamily,
  RawPriority,
  RawRecord,
  RawText,
  RawValue,
  RowFault,
} from '../sources/raw.ts';
import { cleanText } from '../text.ts';
import { readKind, readLegalStatus, readType } from './status.ts';

/** A record, or every fault that keeps the row from being one. */
export type Built = { ok: true; content: PatentContent } | { ok: false; faults: RowFault[] };

const BLANK = /^(?:[-—/\\]*|无|暂无|空|n\/?a|#n\/a|null|none|undefined|nan)$/i;
const LONGEST_TITLE = 2000;

/** Reads a row. A number and a title are enough; anything else that is given must be readable. */
export function buildContent(raw: RawRecord, today: string): Built {
  const faults: RowFault[] = [];
  const fail = (value: RawValue, reason: Text) =>
    faults.push({ field: value.head, value: value.text, reason });
  const first = (field: MappedField): RawValue | null =>
    raw.values.get(field)?.find((v) => !BLANK.test(v.text.trim())) ?? null;
  const text = (field: MappedField) => cleanText(first(field)?.text ?? '');

  const { publication, application } = readNumbers(first, today, fail);
  const title = cleanText(first('title')?.text ?? '').replace(/\s*\n\s*/g, ' ');
  const titleHead = raw.values.get('title')?.[0]?.head ?? 'title';
  if (title === '' && !raw.partial) fail({ head: titleHead, text: '' }, MISSING_TITLE);
  else if (title.length > LONGEST_TITLE) fail({ head: titleHead, text: title.slice(0, 100) }, LONG_TITLE);
  if (
    !publication &&
    !application &&
    faults.every((f) => f.reason === MISSING_TITLE || f.reason === LONG_TITLE)
  ) {
    const head =
      raw.values.get('publicationNumber')?.[0]?.head ?? raw.values.get('applicationNumber')?.[0]?.head;
    fail({ head: head ?? 'publicationNumber', text: '' }, MISSING_NUMBER);
  }

  const date = (field: MappedField): string => {
    const value = first(field);
    if (!value || /^0+$/.test(value.text.trim())) return '';
    const read = parseLooseDate(value.text, { dayFirst: raw.dayFirst === true });
    if (!read.ok) {
      fail(value, looseDateMessage(read.reason));
      return '';
    }
    if (read.date > today) fail(value, futureDate(today));
    return read.date;
  };
  const filingDate = date('filingDate');
  const publicationDate = date('publicationDate');
  const grantDate = date('grantDate');
  const legalStatusDate = date('legalStatusDate');
  if (filingDate !== '' && publicationDate !== '' && publicationDate < filingDate)
    fail(first('publicationDate')!, { zh: publishedEarly.zh(filingDate), en: publishedEarly.en(filingDate) });

  if (faults.length > 0) return { ok: false, faults };

  const claims = readClaims(raw.values.get('claims') ?? []);
  const mainClaim = text('mainClaim');
  const legalStatusText = text('legalStatus');
  const legalStatus = readLegalStatus(legalStatusText);
  const country = publication?.country ?? application!.number.slice(0, 2);
  const kind = publication?.kind ?? '';
  const read = readKind(country, kind, typeDigit(publication, application));
  const number = publication?.number ?? application!.number;
  const content: PatentContent = {
    number,
    country,
    kind,
    applicationNumber: application?.number ?? '',
    applicationKey: application?.key ?? publication!.base,
    type: readType(text('type')) ?? read.type,
    granted: kind === '' ? application?.granted === true || legalStatus === 'in-force' : read.granted,
    lang: languageOf(raw.titles, title),
    title,
    titles: otherTexts(raw.titles, title),
    abstract: text('abstract'),
    abstracts: otherTexts(raw.abstracts, text('abstract')),
    claims: claims.length > 0 ? claims : mainClaim === '' ? [] : [mainClaim],
    mainClaimOnly: claims.length === 0 && mainClaim !== '',
    description: text('description'),
    applicants: list(raw, 'applicants', /[;；|\n]/),
    inventors: people(raw),
    ipc: classes(raw),
    cpc: list(raw, 'cpc', /[;；|\n,，、]/).map((c) => c.toUpperCase().replace(/\s+/g, '')),
    filingDate,
    publicationDate,
    grantDate,
    priorities: (raw.priorities ?? []).map(priority),
    address: text('address').replace(/\s*\n\s*/g, ' '),
    province: text('province'),
    legalStatus,
    legalStatusText,
    legalStatusDate,
    events: (raw.events ?? []).map(legalEvent),
    ...family(raw.family, text('familyId')),
    citations: citations(raw),
    agency: text('agency'),
    agents: list(raw, 'agents', /[;；|\n]/),
    extra: raw.extra,
    keys: keysOf(publication, application),
  };
  return { ok: true, content };
}

const MISSING_TITLE: Text = { zh: '缺少名称，请补填', en: 'The title is missing: fill it in' };
const LONG_TITLE: Text = {
  zh: `名称超过 ${LONGEST_TITLE} 字，可能是列错位，请核对`,
  en: `The title has more than ${LONGEST_TITLE} characters: columns may be shifted`,
};
const MISSING_NUMBER: Text = {
  zh: '缺少号码，请填公开（公告）号或申请号',
  en: 'There is no number: give the publication or the application number',
};
const futureDate = (today: string): Text => ({
  zh: `日期晚于今天（${today}），请核对年份`,
  en: `The date lies after today (${today}): check the year`,
});
const publishedEarly = {
  zh: (filed: string) => `公开日早于申请日（${filed}），请核对两个日期`,
  en: (filed: string) => `Published before it was filed (${filed}): check both dates`,
};

function readNumbers(
  first: (field: MappedField) => RawValue | null,
  today: string,
  fail: (value: RawValue, reason: Text) => void,
): { publication: PublicationNumber | null; application: ApplicationNumber | null } {
  let publication: PublicationNumber | null = null;
  let application: ApplicationNumber | null = null;
  const given = first('publicationNumber');
  if (given) {
    const read = readAnyPublication(given.text, first('country')?.text ?? '');
    if (read.ok) publication = read.value;
    else fail(given, read.reason);
  }
  const applied = first('applicationNumber');
  if (applied) {
    const read = readApplication(applied.text, today);
    if (read.ok) application = read.value;
    else fail(applied, read.reason);
  }
  const patent = first('patentNumber');
  if (patent && !application && !applied) {
    const read = readApplication(patent.text, today);
    const other = read.ok || publication ? null : readPublication(patent.text);
    if (read.ok) application = read.value;
    else if (other?.ok) publication = other.value;
    else fail(patent, read.reason);
  } else if (patent && application && /^\s*ZL/i.test(patent.text.normalize('NFKC'))) {
    application = { ...application, granted: true };
  }
  return { publication, application };
}

/** The digit that says what is protected: in a Chinese application number, else at the head of nine publication digits. */
function typeDigit(publication: PublicationNumber | null, application: ApplicationNumber | null): string {
  const digits = application?.key.match(/^CN(\d{12}|\d{8})$/)?.[1];
  if (digits) return digits.charAt(digits.length === 12 ? 4 : 2);
  return publication?.base.match(/^CN(\d)\d{8}$/)?.[1] ?? '';
}

function unique(items: string[]): string[] {
  return [...new Set(items)];
}

function list(raw: RawRecord, field: MappedField, border: RegExp): string[] {
  const values = raw.values.get(field) ?? [];
  const items = values.flatMap((v) => (v.item ? [v.text] : v.text.split(border)));
  return unique(
    items.map((item) => cleanText(item).replace(/\s+/g, ' ')).filter((item) => !BLANK.test(item)),
  );
}

/** Inventors; where nothing else parts them, commas part Chinese names. */
function people(raw: RawRecord): string[] {
  const plain = (raw.values.get('inventors') ?? []).map((v) => v.text).join('');
  const commas = !/[;；|\n]/.test(plain) && /\p{Script=Han}/u.test(plain);
  return list(raw, 'inventors', commas ? /[,，、]/ : /[;；|\n]/);
}

/** Classes, the main one first, each as `A47L1/03`; what is no IPC (Locarno classes of designs) stays as it is. */
function classes(raw: RawRecord): string[] {
  const border = /[;；|\n,，、]/;
  return unique([...list(raw, 'ipcMain', border), ...list(raw, 'ipc', border)].map(readClass));
}

function readClass(text: string): string {
  const check = checkIpc(text.replace(/^\d(?=[A-H]\d\d)/, ''));
  return check.valid ? String(check.parts.symbol) : text.slice(0, 60);
}

/** The language that the source names for its title, else Chinese where Han characters stand in it. */
function languageOf(titles: readonly RawText[] | undefined, title: string): string {
  const named = titles?.find((t) => cleanText(t.text) === title)?.lang;
  if (named) return named;
  if (title === '') return '';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(title)) return 'ja';
  if (/\p{Script=Hangul}/u.test(title)) return 'ko';
  return /\p{Script=Han}/u.test(title) ? 'zh' : '';
}

function otherTexts(texts: readonly RawText[] | undefined, own: string): LangText[] {
  const others = (texts ?? []).map(({ lang, text }) => ({ lang, text: cleanText(text) }));
  return others.filter(
    ({ text }, i) => text !== '' && text !== own && others.findIndex((o) => o.text === text) === i,
  );
}

function looseDay(text: string): string {
  const read = parseLooseDate(text);
  return read.ok ? read.date : '';
}

function priority({ number, country, date }: RawPriority): Priority {
  return {
    number: cleanText(number).replace(/\s+/g, ''),
    country: country.toUpperCase(),
    date: looseDay(date),
  };
}

function legalEvent({ date, office, code, text, detail }: RawEvent): LegalEvent {
  return {
    date: looseDay(date),
    office: office.toUpperCase(),
    code: code.trim(),
    text: cleanText(text),
    detail,
  };
}

function family(raw: RawFamily | undefined, given: string) {
  const members = unique((raw?.members ?? []).map(citation));
  return { familyId: raw?.simple || given, extendedFamilyId: raw?.extended ?? '', familyMembers: members };
}

function citations(raw: RawRecord): Citation[] {
  const listed = list(raw, 'citations', /[;；|\n]/).map(
    (text): RawCitation => ({ number: text, text: '', category: '', origin: '', date: '' }),
  );
  const found = new Map<string, Citation>();
  for (const c of [...(raw.citations ?? []), ...listed]) {
    const number = c.number.trim() === '' ? '' : citation(c.number);
    const text = cleanText(c.text).slice(0, 1000);
    const key = number || text;
    const before = found.get(key);
    if (key === '' || (before && before.category !== '')) continue;
    found.set(key, { number, text, category: c.category.trim().toUpperCase(), origin: c.origin });
  }
  return [...found.values()];
}

function citation(text: string): string {
  const whole = readPublication(text);
  if (whole.ok) return whole.value.number;
  const head = /^[A-Z]{2}\s?\d[\d\s/]{4,}\s?[A-Z]\d?(?![A-Z0-9])/i.exec(text)?.[0];
  const read = head ? readPublication(head) : null;
  return read?.ok ? read.value.number : text.slice(0, 300);
}

function readClaims(values: RawValue[]): string[] {
  return values
    .flatMap((v) => (v.item ? [cleanText(v.text)] : splitClaims(cleanText(v.text))))
    .filter((claim) => !BLANK.test(claim));
}

/** Cuts a text of claims at its running numbers `1.`, `2.`, `3、` …; a text without them is one claim. */
export function splitClaims(text: string): string[] {
  const cuts: number[] = [];
  let from = 0;
  for (let n = 1; ; n++) {
    const mark = new RegExp(`(?:^|[\\n。；;])[ \\t]*${n}\\s*[.．、](?!\\d)`, 'g');
    mark.lastIndex = from;
    const found = mark.exec(text);
    if (!found) break;
    const start = found.index + (/^[\n。；;]/.test(found[0]) ? 1 : 0);
    cuts.push(start);
    from = found.index + found[0].length;
  }
  if (cuts.length < 2) return text === '' ? [] : [text];
  return cuts.map((start, i) => text.slice(start, cuts[i + 1]).trim()).filter((claim) => claim !== '');
}
