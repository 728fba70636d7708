import { defineErrors } from '#kernel/errors';

/** What can be wrong with a file of a source as a whole. */
export const sourceError = defineErrors({
  patents_source_nothing: {
    status: 400,
    zh: '按“{source}”读取，文件中没有找到专利记录，请核对文件',
    en: 'Read as {source_en}, the file holds no patent record: check the file',
  },
  patents_source_unknown: {
    status: 415,
    zh: '不认识的数据来源“{id}”',
    en: 'There is no source "{id}"',
  },
  patents_source_columns: {
    status: 400,
    zh: '找不到“{source}”的列标题（{columns}），请确认文件没有改动过',
    en: 'The heads of {source_en} ({columns}) were not found: make sure that the file was not changed',
  },
  patents_source_entry: {
    status: 400,
    zh: '压缩包中的“{entry}”无法读完：{why_zh}',
    en: '{entry} in the archive cannot be read to its end: {why_en}',
  },
});
