import { BarChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import type { ChartModel } from './chart-model.ts';
import { chartOption, forPaper } from './chart-option.ts';

echarts.use([
  LineChart,
  BarChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  TitleComponent,
  MarkLineComponent,
  LabelLayout,
  CanvasRenderer,
]);

/** Draws a chart; kept in its own file because the drawing library comes with it. */
export function ChartCanvas({
  model,
  height,
  title,
  foot,
  onReady,
}: {
  model: ChartModel;
  height: number;
  title: string;
  foot: string;
  /** Gets a function that makes a PNG with title and source on it. */
  onReady: (png: () => Promise<Blob | null>) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  useEffect(() => {
    const instance = echarts.init(box.current!, null, { renderer: 'canvas' });
    chart.current = instance;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, []);
  // Pages build the model anew with every drawing of the page; only a change of content draws the chart again.
  const content = JSON.stringify(model);
  const option = useMemo(() => chartOption(JSON.parse(content) as ChartModel), [content]);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  useEffect(() => {
    onReady(() => paint(option, title, foot));
  }, [option, title, foot, onReady]);
  return <div ref={box} style={{ height }} />;
}

/** The chart on white with its title and source, as a picture that can stand alone. */
async function paint(option: EChartsCoreOption, title: string, foot: string): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const instance = echarts.init(canvas as unknown as HTMLElement, null, {
    renderer: 'canvas',
    width: 960,
    height: 540,
    devicePixelRatio: 2,
  });
  instance.setOption(forPaper(option, title, foot));
  const picture = instance.renderToCanvas({ pixelRatio: 2, backgroundColor: '#ffffff' });
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  instance.dispose();
  return blob;
}
