import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { verifyAudit } from '#kernel/audit/audit';
import { writeBackup } from '#kernel/backup/backup';
import { openBackup, restoreFiles, restoreStores } from '#kernel/backup/restore';
import { readConfig } from '#kernel/config';
import { version } from '../version.ts';
import { type Command, Refusal } from './command.ts';
import { withPlatform } from './platform.ts';

/** `zc backup FILE`: everything into one archive, also while the platform runs. */
export const backup: Command = {
  name: 'backup',
  usage: ['backup FILE.zip'],
  about: {
    zh: '把全部数据备份到一个文件，平台运行时也可以',
    en: 'Back everything up into one file, also while the platform runs',
  },
  async run(context) {
    const [file] = context.words;
    if (!file) throw new Refusal({ zh: '用法：zc backup 文件.zip', en: 'Usage: zc backup FILE.zip' });
    const target = resolve(file);
    if (existsSync(target))
      throw new Refusal({ zh: `${file} 已存在，不会覆盖`, en: `${file} exists and is not overwritten` });
    const manifest = await withPlatform(({ composed, stores }) =>
      writeBackup(target, {
        stores,
        dataDir: composed.platform.config.ZC_DATA,
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
  async run(context) {
    const [file] = context.words;
    if (!file) throw new Refusal({ zh: '用法：zc restore 文件.zip', en: 'Usage: zc restore FILE.zip' });
    const { ZC_DATA: dir } = readConfig();
    if (existsSync(dir) && readdirSync(dir).length > 0)
      throw new Refusal({
        zh: `${dir} 不是空目录。请把 ZC_DATA 指向一个空目录再恢复`,
        en: `${dir} is not empty: point ZC_DATA to an empty folder`,
      });
    const archive = await openBackup(resolve(file));
    try {
      const files = await restoreFiles(archive, dir);
      const verdict = await withPlatform(async ({ composed, stores }) => {
        await restoreStores(archive, stores, context.progress);
        return verifyAudit(composed.platform.records);
      });
      context.progress('');
      if (!verdict.ok)
        throw new Refusal({
          zh: `已恢复，但审计日志在第 ${verdict.brokenAt} 条不完整`,
          en: `Restored, but the audit log is broken at entry ${verdict.brokenAt}`,
        });
      const rows = [...archive.manifest.records, ...archive.manifest.corpus].reduce((n, t) => n + t.rows, 0);
      context.result(
        { ok: true, rows, files, audit: verdict },
        {
          zh: `已恢复 ${rows} 行、${files} 个文件（备份于 ${archive.manifest.at}），审计日志完好`,
          en: `Restored ${rows} rows and ${files} files (backed up ${archive.manifest.at}); the audit log is intact`,
        },
      );
      return 0;
    } finally {
      archive.close();
    }
  },
};
