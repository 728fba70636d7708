import { partsOf, shanghaiToday } from '#kernel/calendar/date';
import type { BulletinContent } from '../../contract.ts';

/** What stands beside the content on the documents; all of it fixed at the freeze, only `publishedAt` later. */
export interface BulletinInfo {
  /** SHA-256 of the canonical content. */
  hash: string;
  /** Id of the key that signed it. */
  keyId: string;
  /** Instants, ISO 8601. */
  frozenAt: string;
  publishedAt: string | null;
  edition: number;
}

type Light = BulletinContent['rows'][number]['light'];

/** Lights by shape, word and colour: the shape and the word carry the meaning, the colour only helps. */
export const LIGHTS: Readonly<Record<Light, { shape: string; word: string; color: string }>> = {
  met: { shape: '●', word: '达标', color: '2E7D4F' },
  'at-risk': { shape: '▲', word: '预警', color: 'B7791F' },
  behind: { shape: '■', word: '滞后', color: 'B3261E' },
  'no-data': { shape: '○', word: '暂无数据', color: '6B7382' },
};

/** Lights in the order of every table and chart. */
export const LIGHT_ORDER = ['met', 'at-risk', 'behind', 'no-data'] as const satisfies readonly Light[];

/** `● 达标`. */
export function lightText(light: Light): string {
  return `${LIGHTS[light].shape} ${LIGHTS[light].word}`;
}

/** A completion ratio as printed: 1.0234 → `102.3%`; `—` where there is none. */
export function ratioText(ratio: number | null): string {
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

/** `2019-12-31` → `2019年12月31日`. */
export function longDate(date: string): string {
  const { year, month, day } = partsOf(date);
  return `${year}年${month}月${day}日`;
}

/** The day in China of an instant, written out. */
export function longDay(instant: string): string {
  return longDate(shanghaiToday(new Date(instant)));
}

/** Title of the bulletin. */
export function bulletinTitle(content: Pick<BulletinContent, 'city'>): string {
  return `${content.city}知识产权强市建设年度绩效公报`;
}

/** Name of the file: `某市知识产权强市建设年度绩效公报（2019年，第1版）.docx`; characters that file systems refuse are taken out. */
export function bulletinFileName(
  content: Pick<BulletinContent, 'city' | 'year' | 'edition'>,
  ext: 'docx' | 'xlsx',
): string {
  const name = `${bulletinTitle(content)}（${content.year}年，第${content.edition}版）`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what file systems refuse
  return `${name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '')}.${ext}`;
}

/** City and plan for the head of a page; the city is not said twice. */
export function runningHead(content: Pick<BulletinContent, 'city' | 'planTitle'>): string {
  return content.planTitle.startsWith(content.city)
    ? content.planTitle
    : `${content.city}　${content.planTitle}`;
}

/** Line under the title. */
export function subtitle(content: BulletinContent, info: BulletinInfo): string {
  const published = info.publishedAt === null ? '尚未公布' : `公布于${longDay(info.publishedAt)}`;
  return `数据截至${longDate(content.asOf)}　定稿于${longDay(info.frozenAt)}　${published}`;
}

/** Mark of generated figures, for headers and first lines. */
export const DEMO_MARK = '【演示数据】非真实统计，不得引用';

/** Note on the figures of the indicator table. */
export const UNIT_NOTE =
  '年度目标、填报值、测算值、差异的单位见“单位”栏；差异为测算值减同一天的填报值；完成率为判断所依据的数值与截至日应达数值之比，“—”表示没有。';

/** Note on the figures of the county table. */
export const COUNTY_NOTE = '数值按县（市）区填报原样列出，单位见“单位”栏；“—”表示未报送。';
