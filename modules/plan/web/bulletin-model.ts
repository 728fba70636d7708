import type { BulletinContent } from '#modules/plan/contract';
import type { ChartModel } from '#shell/components/chart-model';
import { tokens } from '#shell/theme';

type Row = BulletinContent['rows'][number];

/** Rows under their projects, in the order of the content; rows of no known project last, under `rest`. */
export function rowsByProject(content: BulletinContent, rest: string): { name: string; rows: Row[] }[] {
  const groups = content.projects.map((p) => ({
    name: p.name,
    rows: content.rows.filter((r) => r.project === p.name || r.project === p.id),
  }));
  const known = new Set(groups.flatMap((g) => g.rows));
  return [...groups, { name: rest, rows: content.rows.filter((r) => !known.has(r)) }].filter(
    (g) => g.rows.length > 0,
  );
}

/** What is behind, then what is at risk, each in the plan's order. */
export function attentionRows(content: BulletinContent): Row[] {
  return (['behind', 'at-risk'] as const).flatMap((light) => content.rows.filter((r) => r.light === light));
}

/** Counties that stand in any row, in the order in which they first appear. */
export function countyNames(content: BulletinContent): string[] {
  return [...new Set(content.counties.flatMap((row) => row.values.map((v) => v.region)))];
}

/** Lights of each project as stacked bars. */
export function lightsModel(
  content: BulletinContent,
  words: { met: string; atRisk: string; behind: string; noData: string; unit: string },
): ChartModel {
  const bar = (name: string, key: 'met' | 'atRisk' | 'behind' | 'noData', color: string) => ({
    name,
    color,
    stack: 'lights',
    points: content.projects.map((p) => ({ x: p.name, y: p[key] })),
  });
  return {
    kind: 'bar',
    lying: true,
    decimals: 0,
    unit: words.unit,
    series: [
      bar(words.met, 'met', tokens.met),
      bar(words.atRisk, 'atRisk', tokens.atRisk),
      bar(words.behind, 'behind', tokens.behind),
      bar(words.noData, 'noData', tokens.noData),
    ],
  };
}

/** Completion in per cent of the rows that are judged by numbers; a milestone's ratio compares ranks and is left out. */
export function ratioModel(content: BulletinContent, words: { ratio: string }): ChartModel | null {
  const kinds = new Map(content.indicators.map((i) => [String(i.no), i]));
  const rows = content.rows.filter((r) => {
    const i = kinds.get(r.no);
    const byStage = i?.kind === 'milestone' && typeof i.targets[content.year] !== 'number';
    return r.ratio !== null && !byStage;
  });
  if (rows.length === 0) return null;
  return {
    kind: 'bar',
    lying: true,
    decimals: 1,
    unit: '%',
    series: [
      {
        name: words.ratio,
        points: rows.map((r) => ({ x: `${r.no} ${r.title}`, y: Math.round(r.ratio! * 1000) / 10 })),
      },
    ],
  };
}
