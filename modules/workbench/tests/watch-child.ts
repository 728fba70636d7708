/**
 * A worker that brings the watches up to date and ends itself by SIGKILL: `watch-child.ts <data folder> <asked | written>
 * <at which watch>`.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#kernel/clock';
import { readConfig } from '#kernel/config';
import { compose } from '#kernel/platform';
import { openStores } from '#kernel/stores/index';
import { organisations } from '#modules/organisations/server/index';
import { parties } from '#modules/parties/server/index';
import { PatentCorpus, patents } from '#modules/patents/server/index';
import { registers } from '#modules/registers/server/index';
import { webhooks } from '#modules/webhooks/server/index';
import { yunzhou } from '../../../kernel/testing/platform.ts';
import { workbench } from '../server/index.ts';
import { catchUp } from '../server/watches/run.ts';

const [dataDir, step, dieAt] = process.argv.slice(2);
const stores = await openStores({
  dataDir: dataDir!,
  role: 'client',
  databaseUrl: process.env.TEST_DATABASE_URL,
  clickhouseUrl: process.env.TEST_CLICKHOUSE_URL,
  log: () => {},
});
const { platform } = await compose({
  config: readConfig({ ZC_DATA: join(dataDir!, 'platform'), ZC_LOG: 'silent' }),
  modules: [parties, organisations, registers, patents, webhooks, workbench],
  clock: systemClock,
  log: pino({ level: 'silent' }),
  stores,
  pack: await yunzhou(),
  version: '0.0.0-test',
});
let at = 0;
const die = async () => {
  at += 1;
  if (at === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
};
await catchUp({ platform, corpus: new PatentCorpus(platform) }, { stopping: false }, { [step!]: die });
process.exit(0);
