import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#kernel/config';
import { version } from '../version.ts';
import { type Command, Refusal } from './command.ts';

/** `zc backup FILE`: everything into one archive, also while the platform runs. */
export const backup: Command = {
  name: 'backup',
  usage: ['backup FILE.zip'],
  about: {
    zh: '把全部数据备份到一个文件，平台运行时也可以',
    en: 'Back everything up into one file, also while the platform runs',
  },
  verbs: { '': 1 },
  async run(context) {
    const [file] = context.words as [string];
    const target = resolve(file);
    if (existsSync(target))
      throw new Refusal({ zh: `${file} 已存在，不会覆盖`, en: `${file} exists and is not overwritten` });
    const [{ writeBackup }, { withPlatform }] = await Promise.all([
      import('#kernel/backup/backup'),
      import('./platform.ts'),
    ]);
    const manifest = await withPlatform(({ composed, stores, config }) =>
      writeBackup(target, {
        stores,
        dataDir: config.ZC_DATA,
        version,
        city: composed.platform.pack.city.id,
        now: composed.platform.clock.now(),
        progress: context.progress,
      }),
    );
    context.progress('');
    const rows = [...manifest.records, ...manifest.corpus].reduce((n, t) => n + t.rows, 0);
    context.result(
      { ok: true, file: target, rows, files: manifest.files },
      {
        zh: `已备份 ${rows} 行、${manifest.files} 个文件到 ${file}`,
        en: `Backed up ${rows} rows and ${manifest.files} files to ${file}`,
      },
    );
    return 0;
  },
};

/** `zc restore FILE`: into an empty data folder. */
export const restore: Command = {
  name: 'restore',
  usage: ['restore FILE.zip'],
  about: {
    zh: '把备份恢复到空的数据目录（ZC_DATA）；先校验再写入',
    en: 'Restore a backup into an empty data folder (ZC_DATA); checked before anything is written',
  },
  verbs: { '': 1 },
  async run(context) {
    const [file] = context.words as [string];
    const { ZC_DATA: dir } = readConfig();
    if (existsSync(dir) && readdirSync(dir).length > 0)
      throw new Refusal({
        zh: `${dir} 不是空目录。请把 ZC_DATA 指向一个空目录再恢复`,
        en: `${dir} is not empty: point ZC_DATA to an empty folder`,
      });
    // Loading the platform takes a while: a damaged archive is told before.
    const { openBackup, restoreFiles, restoreStores } = await import('#kernel/backup/restore');
    const archive = await openBackup(resolve(file), context.progress);
    const [{ verifyAudit }, { withPlatform }] = await Promise.all([
      import('#kernel/audit/audit'),
      import('./platform.ts'),
    ]);
    const made = mkdirSync(dir, { recursive: true });
    try {
      // Before the stores: whoever opens them first would make new keys.
      const files = await restoreFiles(archive, dir);
      const verdict = await withPlatform(
        async ({ composed, stores }) => {
          await restoreStores(archive, stores, context.progress);
          return verifyAudit(composed.platform.records);
        },
        { load: false },
      );
      context.progress('');
      if (!verdict.ok)
        throw new Refusal({
          zh: `备份中的审计日志在第 ${verdict.brokenAt} 条不完整，没有恢复`,
          en: `The audit log in the backup is broken at entry ${verdict.brokenAt}; nothing was restored`,
        });
      const { records, corpus, at } = archive.manifest;
      const rows = [...records, ...corpus].reduce((n, t) => n + t.rows, 0);
      context.result(
        { ok: true, rows, files, at, audit: verdict },
        {
          zh: `已恢复 ${rows} 行、${files} 个文件（备份于 ${at}），审计日志完好`,
          en: `Restored ${rows} rows and ${files} files (backed up ${at}); the audit log is intact`,
        },
      );
      return 0;
    } catch (error) {
      // The folder was empty: a restore that failed leaves it so, and can simply be repeated.
      for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true });
      if (made) rmSync(dir, { recursive: true, force: true });
      throw error;
    } finally {
      archive.close();
    }
  },
};
