import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { AppError } from '#kernel/errors';
import { rootPath } from '#kernel/paths';
import { openSource } from '../server/classes/source.ts';
import { ClassTree } from '../server/classes/tree.ts';

/** Folder of the real files, which lie beside the checkout and not in it. */
export const DATA = resolve(rootPath(), '../shared/data');

/** A scheme as CSV, without dots. */
export const CSV = `code,level,parent,title_zh,note
A,section,,人类生活必需,
A01,class,A,农业；林业,
A01B,subclass,A01,农业或林业的整地,
A01B1/00,main-group,A01B,"手动工具（草坪修整机入A01G3/06） [1,2006.01]",
A01B1/02,subgroup,A01B1/00,锹；铲,
A01B1/04,subgroup,A01B1/00,带齿的,
A01B1/06,subgroup,A01B1/00,锄；手动中耕机,
`;

const entry = (kind: string, symbol: string, title: string, inner = '') =>
  `<ipcEntry kind="${kind}" symbol="${symbol}" entryType="K" lang="EN"><textBody><title><titlePart><text>${title}</text>
   <entryReference>lawns<sref ref="A01G0003060000"/></entryReference></titlePart></title></textBody>${inner}</ipcEntry>`;

/** The same scheme as WIPO writes it: A01B1/04 lies one dot under A01B1/02. */
export const XML = `<?xml version="1.0" encoding="UTF-8"?>
<IPCScheme xmlns="http://www.wipo.int/classifications/ipc/masterfiles" edition="20260101">${entry(
  's',
  'A',
  'HUMAN NECESSITIES',
  `<ipcEntry kind="t" symbol="A01"><textBody><title><titlePart><text>AGRICULTURE</text></titlePart></title></textBody></ipcEntry>${entry(
    'c',
    'A01',
    'AGRICULTURE</text></titlePart><titlePart><text>FORESTRY',
    entry(
      'u',
      'A01B',
      'SOIL WORKING',
      `<ipcEntry kind="n" symbol="A01B"><textBody><note>Not a place</note></textBody></ipcEntry>${entry(
        'm',
        'A01B0001000000',
        'Hand tools',
        entry('1', 'A01B0001020000', 'Spades; Shovels', entry('2', 'A01B0001040000', 'with teeth')) +
          entry('1', 'A01B0001060000', 'Hoes'),
      )}`,
    ),
  )}`,
)}</IPCScheme>`;

let dir = '';

/** Makes the folder for {@link file} and removes it; a test file that writes any says so once. */
export function withClassFiles(): void {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'zc-classes-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
}

/** Writes a file of this test file. */
export async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
}

/** All that a file says. */
export async function read(name: string, content: string | Uint8Array) {
  return readPath(await file(name, content), name);
}

/** All that a file of a path says. */
export async function readPath(path: string, name: string) {
  const source = await openSource(path, name);
  const rows: object[] = [];
  try {
    for await (const row of source.content.rows) rows.push(row);
  } finally {
    source.close();
  }
  return { ...source, rows };
}

/** The error that reading gives, which must be a client's with both texts filled in. */
export async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(AppError);
  const fault = error as AppError;
  expect(fault.status).toBeGreaterThanOrEqual(400);
  expect(fault.status).toBeLessThan(500);
  for (const text of [fault.text.zh, fault.text.en])
    expect(text).not.toMatch(/\{\w+\}|undefined(?! entity)|NaN/);
  return fault;
}

/** A tree of one edition from the content of files. */
export async function treeOf(...files: [name: string, content: string][]): Promise<ClassTree> {
  const tree = new ClassTree();
  for (const [name, content] of files) {
    const { facts, rows } = await read(name, content);
    for (const row of rows)
      tree.add({ version: '2026.01', lang: facts.lang, structural: true }, row as never);
  }
  tree.finish();
  return tree;
}
