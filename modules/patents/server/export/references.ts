import type { ExportRow } from './rows.ts';

/** Names that a reference shows before it says 等 (GB/T 7714-2015, 8.1.2: three). */
const SHOWN_NAMES = 3;

/**
 * A reference line by GB/T 7714-2015, 8.6: `[n] 专利申请者或所有者. 专利题名: 专利号[P]. 公告日期或公开日期.` The rule was read in
 * secondary descriptions of the standard, not in its text.
 */
export function gbt7714(row: ExportRow, n: number): string {
  const han = /\p{Script=Han}/u.test(row.title);
  const names = row.applicants.slice(0, SHOWN_NAMES).join(', ');
  const more = row.applicants.length > SHOWN_NAMES ? (han ? ', 等' : ', et al') : '';
  const who = names === '' ? '' : `${names}${more}. `;
  return `[${n}] ${who}${row.title}: ${row.number}[P].${row.publicationDate ? ` ${row.publicationDate}.` : ''}`;
}

/** A record in RIS, type PAT. Lines end with CRLF, as reference managers expect. */
export function ris(row: ExportRow): string {
  const lines: [string, string | null][] = [
    ['TY', 'PAT'],
    ...row.applicants.map((name): [string, string] => ['AU', name]),
    ['TI', row.title],
    ['AB', row.abstract],
    ['PY', row.publicationDate?.slice(0, 4) ?? null],
    ['DA', row.publicationDate?.replaceAll('-', '/') ?? null],
    ['SN', row.number],
    ['M1', row.applicationNumber],
    ['CY', row.country],
    ['LA', row.lang],
    ...row.ipc.map((symbol): [string, string] => ['KW', symbol]),
    ['DB', '知城'],
  ];
  const text = lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${oneLine(value!)}\r\n`);
  return `${text.join('')}ER  - \r\n\r\n`;
}

/** A record in BibTeX, entry `patent`. */
export function bibtex(row: ExportRow): string {
  const fields: [string, string | null][] = [
    ['author', row.applicants.map((name) => `{${escaped(name)}}`).join(' and ')],
    ['title', `{${escaped(row.title)}}`],
    ['number', row.number],
    ['nationality', row.country],
    ['year', row.publicationDate?.slice(0, 4) ?? null],
    ['date', row.publicationDate],
    ['filing_num', row.applicationNumber],
    ['abstract', escaped(row.abstract)],
    ['keywords', row.ipc.join(', ')],
    ['language', row.lang],
  ];
  const body = fields
    .filter(([, value]) => value)
    .map(
      ([name, value]) =>
        `  ${name} = {${name === 'author' || name === 'title' ? value!.replace(/^\{(.*)\}$/s, '{$1}') : value}},\n`,
    );
  return `@patent{${row.number.replaceAll(/[^A-Za-z0-9]/g, '')},\n${body.join('')}}\n\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Signs that TeX reads otherwise. */
function escaped(text: string): string {
  return oneLine(text)
    .replaceAll('\\', '\\textbackslash ')
    .replaceAll(/[{}]/g, '')
    .replaceAll(/[&%$#_]/g, (c) => `\\${c}`);
}
