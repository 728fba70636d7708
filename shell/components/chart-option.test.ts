import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { describe, expect, it } from 'vitest';
import { chartOption } from './chart-option.ts';

echarts.use([
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
]);

/** The words along the time axis, as they are drawn. */
function words(from: string, to: string, width = 900): string[] {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: 300 });
  chart.setOption(
    chartOption({
      kind: 'line',
      decimals: 0,
      unit: '家',
      dates: { from, to },
      series: [
        {
          name: '家数',
          points: [
            { x: from, y: 200_000 },
            { x: to, y: 300_000 },
          ],
        },
      ],
    }),
  );
  const svg = chart.renderToSVGString();
  chart.dispose();
  return [...svg.matchAll(/>(\d{4}(?:-\d\d)?)<\/text>/g)].map((m) => m[1]!);
}

const span = (first: number, last: number, step = 1) =>
  Array.from({ length: (last - first) / step + 1 }, (_, i) => String(first + i * step));

describe('a time axis', () => {
  it.each([
    ['2014-03-31', '2024-09-30', span(2014, 2024)],
    ['2014-12-31', '2024-09-30', span(2015, 2024)],
    ['2019-01-01', '2024-06-30', span(2019, 2024)],
    ['1990-03-31', '2024-09-30', span(1992, 2024, 2)],
  ])('names each year once where there is room, else every few: %s to %s', (from, to, named) => {
    expect(words(from, to)).toEqual(named);
  });
  it('leaves names out where they would overlap, in equal steps', () => {
    expect(words('2014-03-31', '2024-09-30', 380)).toEqual(span(2016, 2022, 2));
  });
  it('names months where it is short', () => {
    expect(words('2023-12-31', '2024-09-30')).toEqual(['2024-01', '2024-04', '2024-07']);
    expect(words('2024-03-31', '2024-06-30')).toEqual(['2024-04', '2024-05', '2024-06']);
    expect(words('2024-06-30', '2024-06-30')).toEqual([]);
  });
});
