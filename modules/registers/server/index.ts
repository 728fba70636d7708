import type { Module } from '#kernel/module';
import { REGISTERS_COUNTY, REGISTERS_KEEP, REGISTERS_READ } from '../contract.ts';
import { batchParts } from './batches/routes.ts';
import { loadDemoRegisters } from './demo/demo.ts';
import { dueJobs, endWhatIsOver } from './dues/dues.ts';
import { registerMeasures } from './figures/measures.ts';
import { registerRoutes } from './routes.ts';
import { loadSchemas } from './schemas.ts';
import { transferRoutes } from './transfer/routes.ts';

export { type Proposal, proposeEntry } from './entries/propose.ts';
export { measureId } from './figures/measures.ts';
export { entriesNaming, type NamingEntry } from './lists/naming.ts';

/** Lists that somebody keeps, declared in the city pack, and the figures that follow from them. */
export const registers: Module = {
  name: 'registers',
  title: { zh: '名册', en: 'Registers' },
  needs: ['organisations', 'parties'],
  migrations: 'modules/registers/server/migrations',
  permissions: [
    {
      id: REGISTERS_KEEP,
      title: { zh: '保管名册', en: 'Keep registers' },
      roles: ['plan-office', 'department-officer'],
    },
    {
      id: REGISTERS_COUNTY,
      title: { zh: '申报本地区名册条目', en: 'Propose entries of the own region' },
      roles: ['county-officer'],
    },
    {
      id: REGISTERS_READ,
      title: { zh: '查看名册全部内容', en: 'See everything in registers' },
      roles: ['administrator', 'plan-office', 'leader', 'data-officer'],
    },
  ],
  setup: (platform) => {
    const batches = batchParts(platform);
    return {
      routes: [...registerRoutes(platform), ...transferRoutes(platform), ...batches.routes],
      jobs: [...dueJobs(platform), ...batches.jobs],
      measures: registerMeasures(platform),
      load: async () => {
        await loadSchemas(platform);
        // Whatever ended while nobody was running it.
        await endWhatIsOver(platform);
      },
      demo: {
        make: async () => {
          await loadDemoRegisters(platform);
          await endWhatIsOver(platform);
        },
      },
    };
  },
};
