import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Refusal } from './command.ts';

/** `zc import FILE`: patents from a file of this machine; the running server's worker does the work where there is one. */
export const importCommand: Command = {
  name: 'import',
  usage: ['import FILE'],
  about: {
    zh: '导入专利文件（XLSX、CSV、JSONL），显示进度与逐行计数',
    en: 'Import patents from XLSX, CSV or JSONL with progress and exact counts',
  },
  details: {
    zh: ['CSV 的列对应关系取自上次在网页上确认的映射，或按表头识别', '被拒的行可在网页“数据导入”中下载'],
    en: [
      'CSV columns follow the mapping confirmed on the web before, else the header',
      'Rejected rows: see the web',
    ],
  },
  verbs: { '': 1 },
  async run(context) {
    const [file = ''] = context.words;
    const [{ importFile }, { commandLine, withPlatform }] = await Promise.all([
      import('#modules/patents/server/index'),
      import('./platform.ts'),
    ]);
    const path = resolve(file);
    if (!existsSync(path) || !statSync(path).isFile())
      throw new Refusal({ zh: `没有文件 ${file}`, en: `There is no file ${file}` });
    const end = await withPlatform(async ({ composed, serverRuns }) => {
      if (!serverRuns) await composed.platform.jobs.work();
      const by = { actor: commandLine, requestId: 'zc import' };
      return importFile(composed.platform, by, path, context.lang, (now) => {
        const share = now.size > 0 ? Math.min(100, Math.round((now.bytesDone / now.size) * 100)) : 100;
        context.progress(`${share} %  ${now.counts.read}`);
      });
    });
    context.progress('');
    const { read, accepted, updated, unchanged, rejected } = end.counts;
    context.result(end, {
      zh: `${end.state === 'done' ? '导入完成' : `导入${end.state}`}：读取 ${read} 行，新增 ${accepted}，更新 ${updated}，未变 ${unchanged}，拒绝 ${rejected}`,
      en: `Import ${end.state}: ${read} rows read, ${accepted} accepted, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`,
    });
    return end.state === 'done' ? 0 : 1;
  },
};
