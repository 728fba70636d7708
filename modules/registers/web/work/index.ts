import { enterModule } from '#shell/i18n';
import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { getBatch } from '../../contract/batches.ts';
import { getRegister } from '../../contract/declarations.ts';
import { listDues } from '../../contract/dues.ts';
import { listFigures } from '../../contract/figures.ts';
import { duesQuery } from './dues/dues-query.ts';
import { figuresQuery } from './figures/figures-query.ts';
import { BatchSearch, BulkSearch, DuesSearch, DuplicatesSearch, FiguresSearch } from './search.ts';

/** These pages use marks, controls and words of the register's own pages: their texts are needed too. */
async function withWords<T>(page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, enterModule('registers')]);
  return loaded;
}

/** Pages that work on whole registers: import, bulk change, duplicates, what is due, figures. */
export const registerWork: WebModule = {
  name: 'register-work',
  routes: [
    {
      path: '/registers/$register/import',
      page: lazyPage(() => withWords(import('./batches/import-page.tsx')), 'ImportPage'),
      permission: 'signed-in',
    },
    {
      path: '/registers/$register/bulk',
      page: lazyPage(() => withWords(import('./batches/bulk-page.tsx')), 'BulkPage'),
      search: BulkSearch,
      permission: 'signed-in',
    },
    {
      path: '/registers/batches/$id',
      page: lazyPage(() => withWords(import('./batches/batch-page.tsx')), 'BatchPage'),
      search: BatchSearch,
      permission: 'signed-in',
      preload: ({ params, queries }) =>
        void queries.prefetchQuery(queryOf(getBatch, { params: { id: params.id! } }, { interactive: false })),
    },
    {
      path: '/registers/$register/duplicates',
      page: lazyPage(() => withWords(import('./duplicates/duplicates-page.tsx')), 'DuplicatesPage'),
      search: DuplicatesSearch,
      permission: 'signed-in',
    },
    {
      path: '/registers/dues',
      page: lazyPage(() => withWords(import('./dues/dues-page.tsx')), 'DuesPage'),
      search: DuesSearch,
      preload: ({ search, queries }) =>
        void queries.prefetchQuery(queryOf(listDues, { query: duesQuery(search as DuesSearch) })),
    },
    {
      path: '/registers/$register/figures',
      page: lazyPage(() => withWords(import('./figures/figures-page.tsx')), 'FiguresPage'),
      search: FiguresSearch,
      preload: ({ params, search, queries }) => {
        const register = params.register!;
        void queries.prefetchQuery(queryOf(getRegister, { params: { register } }));
        void queries.prefetchQuery(
          queryOf(listFigures, { params: { register }, query: figuresQuery(search as FiguresSearch) }),
        );
      },
    },
  ],
  navigation: [],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
