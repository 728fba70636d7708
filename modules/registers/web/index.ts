import { lazyPage, type WebModule } from '#shell/module';
import { queryOf } from '#shell/query';
import { getRegister, listRegisters } from '../contract/declarations.ts';
import { getEntry, listEntries } from '../contract/entries.ts';
import { listQuery } from './list/list-query.ts';
import { DirectorySearch, EditSearch, EntrySearch, ListSearch } from './search.ts';

/** Pages of the registers: directory, list, entry, form, declaration. */
export const registers: WebModule = {
  name: 'registers',
  routes: [
    {
      path: '/registers',
      page: lazyPage(() => import('./directory/directory-page.tsx'), 'DirectoryPage'),
      search: DirectorySearch,
      preload: ({ queries }) => void queries.prefetchQuery(queryOf(listRegisters, {})),
    },
    {
      path: '/registers/$register',
      page: lazyPage(() => import('./list/list-page.tsx'), 'ListPage'),
      search: ListSearch,
      preload: ({ params, search, queries }) => {
        const register = params.register!;
        void queries.prefetchQuery(queryOf(getRegister, { params: { register } }));
        void queries.prefetchQuery(
          queryOf(listEntries, { params: { register }, query: listQuery(search as ListSearch) }),
        );
      },
    },
    {
      path: '/registers/$register/about',
      page: lazyPage(() => import('./about/about-page.tsx'), 'AboutPage'),
      preload: ({ params, queries }) =>
        void queries.prefetchQuery(queryOf(getRegister, { params: { register: params.register! } })),
    },
    {
      path: '/registers/$register/new',
      page: lazyPage(() => import('./form/form-page.tsx'), 'NewEntryPage'),
      permission: 'signed-in',
    },
    {
      path: '/registers/$register/$no',
      page: lazyPage(() => import('./entry/entry-page.tsx'), 'EntryPage'),
      search: EntrySearch,
      preload: ({ params, search, queries }) => {
        const register = params.register!;
        void queries.prefetchQuery(queryOf(getRegister, { params: { register } }));
        void queries.prefetchQuery(
          queryOf(getEntry, {
            params: { register, no: params.no! },
            query: { known: (search as EntrySearch).known },
          }),
        );
      },
    },
    {
      path: '/registers/$register/$no/edit',
      page: lazyPage(() => import('./form/form-page.tsx'), 'EditEntryPage'),
      search: EditSearch,
      permission: 'signed-in',
    },
  ],
  navigation: [{ path: '/registers', label: { zh: '名册', en: 'Registers' }, group: 'public', order: 35 }],
  locales: {
    zh: async () => (await import('./locales/zh.ts')).zh,
    en: async () => (await import('./locales/en.ts')).en,
  },
};
