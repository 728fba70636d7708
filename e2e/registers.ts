import { readFile } from 'node:fs/promises';
import exceljs from '@protobi/exceljs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { orgCodeCheckCharacter, usccCheckCharacter } from '#kernel/identifiers/uscc';
import { base } from './browser.ts';

/** Content of an entry, as the API takes it. */
export type Content = Record<string, unknown>;

/** What journeys look at in an entry that the API answers. */
export interface Recorded {
  no: string;
  version: number;
  state: string;
  data: Content;
}

/** A valid invented credit code for each number below a million. */
export function usccOf(n: number): string {
  const eight = `MA${String(n).padStart(6, '0')}`;
  const first = `91999999${eight}${orgCodeCheckCharacter(eight)}`;
  return first + usccCheckCharacter(first);
}

/** An invented alliance that counts from its first day on. */
export function alliance(name: string, over: Content = {}): Content {
  return {
    name,
    industry: 'textiles',
    region: 'tongzhou',
    leader: `${name}牵头单位`,
    from: '2018-03-01',
    charterOn: '2018-03-01',
    activity: 'active',
    members: [{ name: `${name}成员单位` }],
    ...over,
  };
}

/** Sends to the API with the cookies of the page, as its own scripts would. */
export async function send(page: Page, path: string, data: unknown) {
  return page.request.post(path, { data, headers: { origin: base() } });
}

/** Puts an entry in: what a journey starts from, when putting it in is not what it is about. */
export async function put(
  page: Page,
  data: Content,
  state = 'published',
  register = 'alliances',
): Promise<Recorded> {
  const answer = await send(page, `/api/registers/${register}/entries`, { data, state });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as Recorded;
}

/**
 * An indicator's measured value on a day: as the plan shows it (in a frozen year as it was known then), and as it is known
 * now.
 */
export async function measured(
  page: Page,
  indicator: number,
  asOf: string,
): Promise<{ shown: number; now: number }> {
  const answer = await page.request.get(`/api/plan/indicators/${indicator}?asOf=${asOf}`);
  const { value, now } = (
    (await answer.json()) as { measured: { value: number; now: { value: number } | null } }
  ).measured;
  return { shown: value, now: now?.value ?? value };
}

/** The control of a field of a form; its label says whether it must be filled. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^${label}\\s*(必填|内部|选填)`));
}

/** Does what a dialog asks about: presses the button of that name in it, and waits until it is gone. */
export async function confirm(page: Page, name: RegExp, reason?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  if (reason !== undefined) await dialog.locator('textarea').first().fill(reason);
  await dialog.getByRole('button', { name }).last().click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Presses a link that downloads; gives the file's name and content. */
export async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
  const started = page.waitForEvent('download');
  await link.click();
  const file = await started;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** A sheet as a person has it open: columns by their head, rows from 1 below it. */
export interface Sheet {
  rows: number;
  cell(row: number, head: string): exceljs.Cell;
  bytes(): Promise<Buffer>;
}

/** Opens the first sheet of a workbook. */
export async function openSheet(bytes: Buffer): Promise<Sheet> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes as never);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('the workbook has no sheet');
  const heads = (sheet.getRow(1).values as unknown[]).map(String);
  return {
    rows: sheet.rowCount - 1,
    cell: (row, head) => {
      const column = heads.indexOf(head);
      if (column < 0) throw new Error(`no column ${head} among ${heads.join(', ')}`);
      return sheet.getRow(row + 1).getCell(column);
    },
    bytes: async () => Buffer.from(await book.xlsx.writeBuffer()),
  };
}
