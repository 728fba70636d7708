/**
 * A process that owns the stores of a folder and writes to both without pause, for tests that kill it:
 * `owner.ts <folder> [write]`. Prints one JSON line when open, then one for every acknowledged row.
 */
import { openStores } from '../stores/index.ts';

const [, , dataDir, mode] = process.argv;
const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);
try {
  const stores = await openStores({ dataDir: dataDir!, log: (level, msg) => say({ level, msg }) });
  await stores.pool.query('create table if not exists kept (n int)');
  await stores.corpus.command({
    query: 'create table if not exists kept (n UInt32) engine = MergeTree() order by n',
  });
  say({ open: true, corpusPid: stores.corpusPid() });
  if (mode === 'write') {
    for (let n = 1; ; n++) {
      await stores.pool.query('insert into kept values ($1)', [n]);
      await stores.corpus.insert({ table: 'kept', values: [{ n }], format: 'JSONEachRow' });
      say({ kept: n });
    }
  }
  process.stdin.on('end', () => void stores.close().then(() => process.exit(0))).resume();
} catch (e) {
  say({ failed: e instanceof Error ? e.message : String(e) });
  process.exit(1);
}
