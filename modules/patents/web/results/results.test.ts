import { expect, test } from 'vitest';
import { USUAL_EXPORT } from '../../contract/export.ts';
import { exportAddress, exportRequest, nameOf } from './export.ts';
import { readViewPrefs } from './view-prefs.ts';

const query = {
  q: '电机',
  filter: 'type:design',
  sort: 'relevance',
  facets: 'none',
  page: 3,
  size: 20,
} as const;
const choice = { format: 'csv', fields: USUAL_EXPORT, title: 'x' } as const;

test('an export asks for the query without its page, and for columns only where they are not the usual ones', () => {
  expect(exportRequest(query, choice)).toEqual({
    q: '电机',
    dialect: undefined,
    filter: 'type:design',
    sort: 'newest',
    format: 'csv',
    fields: undefined,
    title: undefined,
  });
  expect(exportRequest(query, { ...choice, fields: ['title', 'publicationNumber'] }).fields).toBe(
    'publicationNumber,title',
  );
  expect(exportRequest(query, { ...choice, format: 'docx' })).toMatchObject({
    title: 'x',
    fields: undefined,
  });
});

test('a list of numbers takes the place of the query; a long one has no address', () => {
  const numbers = Array.from({ length: 2000 }, (_, i) => `CN10600000${i}A`);
  const request = exportRequest(query, choice, numbers);
  expect(request).not.toHaveProperty('q');
  expect(exportAddress(request)).toBeNull();
  expect(exportAddress(exportRequest(query, choice, numbers.slice(0, 3)))).toContain('/api/patents/export?');
});

test('the name of a file is read from the header, Chinese letters included', () => {
  expect(nameOf(`attachment; filename="a.csv"; filename*=UTF-8''%E4%B8%93%E5%88%A9.csv`)).toBe('专利.csv');
  expect(nameOf('attachment; filename="a.csv"')).toBe('a.csv');
  expect(nameOf(null)).toBe('patents');
});

test('settings of the view that cannot be read are the usual ones', () => {
  const usual = readViewPrefs(null);
  expect(usual.view).toBe('list');
  for (const broken of ['{', '[]', '"x"', '{"view":"song","columns":["a"]}', 'null'])
    expect(readViewPrefs(broken)).toEqual(usual);
  expect(readViewPrefs('{"view":"table","columns":["ipc"]}')).toEqual({ view: 'table', columns: ['ipc'] });
});
