import type { AppError } from '#kernel/errors';
import type { RecordIssue } from '#kernel/fields/issues';
import { fillText, type Text } from '#kernel/text';
import type { RowIssue } from './tables.ts';

/** Why a whole row is refused. */
const WHY = {
  'no-entry': {
    zh: '没有编号为 {no} 的条目；新增的条目请将编号留空',
    en: 'There is no entry {no}: leave the number of a new entry empty',
  },
  merged: { zh: '{no} 已并入 {into}，请改填 {into}', en: '{no} was merged into {into}: give that number' },
  removed: { zh: '{no} 已移出，请先恢复再修改', en: '{no} was removed: restore it before it is changed' },
  twice: {
    zh: '与第 {row} 行是同一条目，请只保留一行',
    en: 'The same entry as row {row}: keep one of them',
  },
  'changed-since': {
    zh: '导出之后 {by} 于 {at} 修改过这一条目（现为第 {version} 版，文件中为第 {file} 版）；本行会覆盖其修改，请对照差异后重新导出再改',
    en: '{by} changed this entry at {at}, after the export (now version {version}, in the file {file}); this row would undo that: compare, and export again',
  },
  'version-ahead': {
    zh: '文件中的版本 {file} 尚不存在（现为第 {version} 版），请勿修改“版本”列',
    en: 'Version {file} does not exist yet (now {version}): leave the version column as it is',
  },
  'not-yours': {
    zh: '当前账号不能写入这个地区的条目，请联系管理部门',
    en: 'This account may not write entries of that region: ask the keeper of the register',
  },
  'key-taken': {
    zh: '{no} {title} 已有相同的识别信息，两个条目不能相同；请修改那一条，或核对是否填错',
    en: '{no} {title} is told apart by the same values: change that entry, or look for a slip',
  },
  step: {
    zh: '“{state}”的条目不能{action}',
    en: 'An entry that is {state_en} cannot take the step {action_en}',
  },
} as const satisfies Record<string, Text>;

const ROW: Text = { zh: '整行', en: 'Row' };

/** A fault of the row as a whole. */
export function rowIssue(why: keyof typeof WHY, values: Record<string, string | number> = {}): RowIssue {
  return { field: ROW, value: '', message: fillText(WHY[why], values) };
}

/** What an error says, about a row. */
export function errorIssue(error: AppError): RowIssue {
  const { at } = error.params;
  const text =
    error.code === 'registers_changed' && typeof at === 'string' && !Number.isNaN(Date.parse(at))
      ? {
          zh: error.text.zh.replace(at, cityTime(new Date(at))),
          en: error.text.en.replace(at, cityTime(new Date(at))),
        }
      : error.text;
  return { field: ROW, value: '', message: text };
}

/** A moment as clocks in the city show it. */
export function cityTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Faults of values, each at its column. */
export function valueIssues(issues: readonly RecordIssue[]): RowIssue[] {
  return issues.map(({ label, value, message }) => ({ field: label, value, message }));
}
