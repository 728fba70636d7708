import type { IndicatorDetail, ReportForm, ReportView } from '#modules/plan/contract';

/** The part of a report's form that a correction needs. */
export type CorrectionForm = Pick<
  ReportForm,
  'asks' | 'parts' | 'stages' | 'unit' | 'decimals' | 'kind' | 'measured'
>;

/** The form of a correction: an accepted report is asked again for exactly what it says. */
export function correctionForm(
  report: Pick<ReportView, 'body' | 'measured' | 'measuredParts'>,
  indicator: Pick<IndicatorDetail, 'kind' | 'unit' | 'decimals' | 'parts' | 'stageList'>,
): CorrectionForm {
  const { body } = report;
  const number = indicator.kind === 'range' ? 'range' : 'value';
  const main = body.parts ? 'parts' : body.stage !== null ? 'stage' : number;
  return {
    asks: body.weight === null ? [main] : [main, 'weight'],
    parts: (indicator.parts ?? []).map((p) => ({
      id: p.id,
      title: p.title,
      unit: p.unit,
      decimals: p.decimals,
      target: null,
      measured: report.measuredParts.find((m) => m.id === p.id)?.measured ?? null,
    })),
    stages: indicator.stageList,
    unit: indicator.unit,
    decimals: indicator.decimals,
    kind: indicator.kind,
    measured: report.measured,
  };
}
