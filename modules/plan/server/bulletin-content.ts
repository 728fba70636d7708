import { isDemo } from '#kernel/installation';
import type { BulletinContent, IndicatorView } from '../contract.ts';
import type { BoardState } from './board.ts';
import { completion, countLights, differenceOn } from './cockpit.ts';
import { displayBody, displayTarget } from './domain/body.ts';
import { plainNumber } from './domain/light.ts';
import { CITY } from './figures.ts';
import { measuredText } from './measured.ts';

/**
 * What the bulletin of a year says, as it is known now: every figure and every word of it, so that web page, DOCX and
 * XLSX only lay it out. In Chinese, the language of the office.
 */
export async function bulletinContent(
  state: BoardState,
  { year, edition, auditHead, knownAt }: { year: string; edition: number; auditHead: string; knownAt: Date },
): Promise<BulletinContent> {
  const { pack } = state.platform;
  const asOf = `${year}-12-31`;
  const board = await state.board({ asOf, region: null, lang: 'zh' });
  const demo = await isDemo(state.platform);
  return {
    city: pack.city.name.zh,
    planTitle: pack.plan.title.zh,
    year,
    edition,
    asOf,
    knownAt: knownAt.toISOString(),
    demo,
    packHash: pack.hash,
    auditHead,
    summary: countLights(board.indicators),
    projects: pack.plan.projects.map((p) => ({
      id: p.id,
      name: p.name,
      ...countLights(board.indicators.filter((i) => i.project === p.id)),
    })),
    rows: board.indicators.map((view, i) => rowOf(state, view, i, year)),
    counties: countyRows(state, asOf, year),
    notes: notesOf(state, board.indicators, year, demo),
    indicators: board.indicators,
  };
}

function rowOf(
  state: BoardState,
  view: IndicatorView,
  index: number,
  year: string,
): BulletinContent['rows'][number] {
  const { pack } = state.platform;
  const indicator = pack.indicators[index];
  if (!indicator) throw new Error(`board and pack disagree about row ${index}`);
  return {
    no: indicator.no,
    title: view.title,
    project: pack.plan.projects.find((p) => p.id === view.project)?.name ?? view.project,
    unit: view.unit ?? '',
    target: displayTarget(indicator, year),
    reported: view.parts ? view.parts.map(partText).join('／') : reportedText(view),
    measured: eachNumber(view, (v) => measuredText(v.measured?.value ?? null, v.decimals)),
    difference: eachNumber(view, (v) => differenceText(differenceOn(v, `${year}-12-31`), v.decimals)),
    ratio: completion(view),
    light: view.light,
    reason: view.reason,
    lead: view.lead.map((d) => d.calledThen).join('、'),
  };
}

type Numbers = Pick<IndicatorView, 'measured' | 'reported' | 'decimals'> & { unit: string | null };

/** A text for the row, or one for each part with its unit; a single dash where no part has one. */
function eachNumber(view: IndicatorView, text: (view: Numbers) => string): string {
  if (!view.parts) return text(view);
  const texts = view.parts.map((p) => ({ text: text(p), unit: p.unit }));
  if (texts.every((p) => p.text === '—')) return '—';
  // A true minus sign: a hyphen would let the line break behind it.
  return texts.map((p) => (p.text === '—' ? p.text : `${p.text.replace(/^-/, '−')}${p.unit}`)).join('／');
}

function differenceText(value: number | null, decimals: number): string {
  const text = value === null ? '—' : plainNumber(value, Math.max(decimals, 1));
  // Less than the last digit shown is no difference.
  if (text === '-0') return '0';
  return value !== null && value > 0 && text !== '0' ? `+${text}` : text;
}

function reportedText(view: IndicatorView): string {
  const r = view.reported;
  if (!r) return '—';
  if (r.stage) return r.stage.label;
  if (r.value === null) return '—';
  const low = plainNumber(r.value, view.decimals);
  return r.max === null || r.max === r.value ? low : `${low}-${plainNumber(r.max, view.decimals)}`;
}

function partText(part: NonNullable<IndicatorView['parts']>[number]): string {
  const value = part.reported?.value;
  return value == null ? '—' : `${plainNumber(value, part.decimals)}${part.unit}`;
}

function countyRows(state: BoardState, asOf: string, year: string): BulletinContent['counties'] {
  return state.platform.pack.indicators.flatMap((indicator) => {
    const values = state.names.reporters(asOf).flatMap((region) => {
      const r = state.figures
        .of(indicator.no, region.id)
        .filter((x) => x.to <= asOf && x.to.startsWith(year))
        .at(-1);
      return r ? [{ region: region.name, display: displayBody(indicator, r.body) }] : [];
    });
    return values.length > 0 ? [{ no: indicator.no, title: indicator.title, values }] : [];
  });
}

function notesOf(state: BoardState, views: readonly IndicatorView[], year: string, demo: boolean): string[] {
  const { pack } = state.platform;
  const missing = views.filter((v) => v.light === 'no-data').map((v) => String(v.no));
  const made = views.filter((v) => v.reported?.origin === 'counties');
  return [
    ...(demo ? ['本公报由演示数据生成，数值均为虚构，不代表任何实际情况。'] : []),
    `数据截至 ${year}-12-31。状态按已公布的判定规则由平台计算：${pack.lights.map((r) => r.text.zh).join('')}`,
    '填报值为责任部门报送并经审核的数值；测算值由平台按口径从业务数据计算，可逐条追溯。二者并列，不相互替代。',
    ...made.map(
      (v) =>
        `第 ${v.no} 号指标的填报值由县（市）区数据汇总，${v.reported?.coverage?.expected ?? 0} 个县（市）区中 ${v.reported?.coverage?.reported ?? 0} 个已报。`,
    ),
    ...(missing.length > 0
      ? [`以下指标没有可用数据或计划未列要求，未判定状态：${missing.join('、')}。`]
      : []),
    ...pack.indicators
      .filter((i) => i.contradictions?.length)
      .map((i) => `第 ${i.no} 号指标：${i.contradictions?.map((c) => c.note).join('')}`),
    ...pack.indicators
      .filter(
        (i) =>
          state.figures.of(i.no, CITY).length === 0 && i.county.reports && i.county.rule === 'not-addable',
      )
      .map((i) => `第 ${i.no} 号指标的县（市）区数据不可相加：${i.county.note}`),
  ];
}
