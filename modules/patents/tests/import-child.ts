/**
 * A worker that runs one import and ends itself by SIGKILL when a batch lies in the corpus but not yet in the records:
 * `import-child.ts <data folder> <import id> <batch at which to die> <rows per batch>`.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#kernel/clock';
import { Files } from '#kernel/files/files';
import type { Records } from '#kernel/records';
import { openStores } from '#kernel/stores/index';
import { runImport } from '../server/imports/import-run.ts';
import { openPlaces } from '../server/places.ts';
import { withPatents } from '../server/tables.ts';
import { nantong } from './pack.ts';

const [dataDir, importId, dieAt, batchRows] = process.argv.slice(2);
const stores = await openStores({
  dataDir: dataDir!,
  role: 'client',
  databaseUrl: process.env.TEST_DATABASE_URL,
  clickhouseUrl: process.env.TEST_CLICKHOUSE_URL,
  log: () => {},
});
const records = stores.records as unknown as Records;
await runImport(
  {
    records: withPatents(records),
    corpus: stores.corpus,
    files: new Files(join(dataDir!, 'platform', 'files'), records),
    locate: openPlaces(await nantong()).locate,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    events: { emit: async () => {} },
    batchRows: Number(batchRows),
    afterWrite: async (batch) => {
      if (batch === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
    },
  },
  importId!,
  { stopping: false, progress: () => {} },
);
await stores.close();
process.exit(0);
