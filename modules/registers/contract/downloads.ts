import * as z from 'zod';
import { endpoint } from '#kernel/http/contract';
import { RegisterParams } from './declarations.ts';
import { EntryParams, EntryQuery } from './entries.ts';

export const exportCsv = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries.csv',
  summary: 'The narrowed entries as CSV, in the shape an import reads',
  access: 'public',
  params: RegisterParams,
  query: EntryQuery,
  response: z.string(),
  produces: 'text/csv',
});

export const exportXlsx = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries.xlsx',
  summary: 'The narrowed entries as a workbook, in the shape an import reads',
  access: 'public',
  params: RegisterParams,
  query: EntryQuery,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const templateXlsx = endpoint({
  method: 'GET',
  path: '/api/registers/:register/template.xlsx',
  summary: 'An empty workbook with all columns and a sheet that explains them',
  access: 'public',
  params: RegisterParams,
  response: z.string(),
  produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});

export const entryFile = endpoint({
  method: 'GET',
  path: '/api/registers/:register/entries/:no/files/:file',
  summary: 'A file that the entry holds, for everybody who may see the field',
  access: 'public',
  params: EntryParams.extend({ file: z.uuid() }),
  response: z.unknown(),
  produces: 'application/octet-stream',
});
