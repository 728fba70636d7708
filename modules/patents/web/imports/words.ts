import { useLang } from '#shell/i18n';
import type { ImportFormat, ImportState, PatentSource } from '../../contract.ts';
import { useText } from '../text.ts';
import { partsOfTime } from './progress.ts';

/** Words for an import's state: 导入中, 已暂停, … */
export function useImportStateWord(): (state: ImportState) => string {
  const t = useText();
  return (state) => t(`import.${state}`);
}

/** Words for a file's format. */
export function useFormatWord(): (format: ImportFormat) => string {
  const t = useText();
  return (format) => t(`format.${format}`);
}

/** The name of a source in the reader's language. */
export function useSourceName(): (source: Pick<PatentSource, 'nameZh' | 'nameEn'>) => string {
  const lang = useLang();
  return ({ nameZh, nameEn }) => (lang === 'zh' || nameEn === '' ? nameZh : nameEn);
}

/** Words for a stretch of time: 1 小时 5 分, 5 分 12 秒, 12 秒. */
export function useDurationWords(): (seconds: number) => string {
  const t = useText();
  return (total) => {
    const { hours, minutes, seconds } = partsOfTime(total);
    if (hours > 0) return t('time.hours', { hours, minutes });
    return minutes > 0 ? t('time.minutes', { minutes, seconds }) : t('time.seconds', { seconds });
  };
}
