import type { JobDef } from '#kernel/jobs/jobs';
import type { Module } from '#kernel/module';
import { PATENTS_IMPORT, PATENTS_PERSONAL } from '../contract.ts';
import { loadDemoPatents } from './demo.ts';
import { Imports } from './imports.ts';
import { patentMeasures } from './measures.ts';
import { openPlaces } from './places.ts';
import { patentRoutes } from './routes.ts';

export { importFinished } from './events.ts';
export { type ImportEnd, importFile } from './import-file.ts';

/** The patents that were imported: import, search, records, and the figures computed from them. */
export const patents: Module = {
  name: 'patents',
  title: { zh: '专利检索', en: 'Patents' },
  migrations: 'modules/patents/server/migrations',
  permissions: [
    {
      id: PATENTS_IMPORT,
      title: { zh: '导入专利数据', en: 'Import patents' },
      roles: ['data-officer', 'administrator'],
    },
    {
      id: PATENTS_PERSONAL,
      title: { zh: '查看专利中的个人信息（留痕）', en: 'See persons named in patents (logged)' },
      roles: ['data-officer', 'administrator', 'plan-office'],
    },
  ],
  setup(platform) {
    const places = openPlaces(platform.pack);
    const imports = new Imports(platform, places.locate);
    return {
      routes: patentRoutes(platform, imports, places),
      jobs: [imports.job as JobDef<never>, imports.recoverJob as JobDef<never>],
      measures: patentMeasures(platform.stores.corpus, places),
      load: () => imports.recover(),
      demo: () => loadDemoPatents(platform, places.locate),
    };
  },
};
