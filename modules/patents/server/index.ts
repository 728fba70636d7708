import { on } from '#kernel/events';
import type { JobDef } from '#kernel/jobs/jobs';
import type { Module } from '#kernel/module';
import { PATENTS_APPLICANTS, PATENTS_IMPORT, PATENTS_PERSONAL, PATENTS_VALUE } from '../contract.ts';
import { applicantJob } from './applicants/apply.ts';
import { applicantRoutes } from './applicants/routes.ts';
import { Classes } from './classes/classes.ts';
import { classRoutes } from './classes/routes.ts';
import { takeOverFormer } from './corpus/convert.ts';
import { tidyJob } from './corpus/tidy.ts';
import { loadDemoPatents } from './demo/demo.ts';
import { importFinished } from './imports/events.ts';
import { nextVersion } from './imports/import-run.ts';
import { Imports } from './imports/imports.ts';
import { Loads } from './imports/loads.ts';
import { patentMeasures } from './measures.ts';
import { openPlaces } from './places.ts';
import { patentRoutes } from './routes.ts';
import { similarRoutes } from './similar/routes.ts';
import { withPatents } from './tables.ts';
import { valueRoutes } from './value/routes.ts';

export { type CorpusAsk, type KeptQuery, PatentCorpus } from './facade.ts';
export { importFinished } from './imports/events.ts';
export { type ImportEnd, importFile } from './imports/import-file.ts';
export type { References } from './search/ask.ts';
export type { Difference } from './search/changes.ts';
export { provideQueryMemory, type QueryMemory } from './search/memory.ts';

/** The patents that were imported: import, search, records, and the figures computed from them. */
export const patents: Module = {
  name: 'patents',
  title: { zh: '专利检索', en: 'Patents' },
  needs: ['organisations', 'registers'],
  migrations: 'modules/patents/server/migrations',
  permissions: [
    {
      id: PATENTS_IMPORT,
      title: { zh: '导入专利数据', en: 'Import patents' },
      roles: ['data-officer', 'administrator'],
    },
    {
      id: PATENTS_APPLICANTS,
      title: { zh: '整理申请人名称（合并、拆分）', en: 'Take names of applicants together and apart' },
      roles: ['data-officer', 'administrator', 'plan-office'],
    },
    {
      id: PATENTS_VALUE,
      title: { zh: '评估专利价值、设定标准', en: 'Assess patents and set criteria of value' },
      roles: ['administrator', 'plan-office'],
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
    const loads = new Loads(platform, places.locate);
    const classes = new Classes(platform);
    const rules = applicantJob(platform);
    return {
      routes: [
        ...patentRoutes(platform, imports, loads, places, classes),
        ...classRoutes(platform, classes),
        ...similarRoutes(platform, classes),
        ...applicantRoutes(platform, places, rules),
        ...valueRoutes(platform, classes.schemes),
      ],
      jobs: [
        imports.job as JobDef<never>,
        imports.recoverJob as JobDef<never>,
        loads.job as JobDef<never>,
        ...classes.jobs,
        rules as JobDef<never>,
        tidyJob(platform) as JobDef<never>,
      ],
      subscriptions: [
        on(importFinished, 'patents.applicants', async () => {
          await platform.jobs.send(rules, {}, { singleton: 'all' });
        }) as never,
      ],
      measures: patentMeasures(platform.stores.corpus, withPatents(platform.records), places),
      async load() {
        const { clock, stores } = platform;
        await takeOverFormer(stores.corpus, imports.records, nextVersion, places.locate, () => clock.now());
        await imports.recover();
      },
      demo: { make: () => loadDemoPatents(platform, places.locate) },
    };
  },
};
