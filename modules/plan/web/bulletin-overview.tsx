import type { BulletinContent } from '#modules/plan/contract';
import { Chart } from '#shell/components/chart.tsx';
import { useLightWord } from '#shell/components/light.tsx';
import { formatLongDate, formatShare } from '#shell/format';
import { useLang } from '#shell/i18n';
import css from './bulletin.module.css';
import { lightsModel, ratioModel } from './bulletin-model.ts';
import { useText } from './text.ts';

/** Section 1: the year in one sentence, the projects counted, and both charts. */
export function BulletinOverview({ content }: { content: BulletinContent }) {
  const t = useText();
  const lang = useLang();
  const word = useLightWord();
  const s = content.summary;
  const share = (n: number) => formatShare(s.total === 0 ? null : n / s.total);
  const ratio = ratioModel(content, { ratio: t('bulletin.ratio') });
  const source = t('bulletin.source', { year: content.year, edition: content.edition });
  return (
    <section>
      <h2>{t('bulletin.section', { n: t('bulletin.n1'), title: t('bulletin.overview') })}</h2>
      <p className={css.text}>
        {t('bulletin.sentence', {
          date: formatLongDate(content.asOf, lang),
          plan: content.planTitle,
          total: s.total,
          met: s.met,
          metShare: share(s.met),
          atRisk: s.atRisk,
          atRiskShare: share(s.atRisk),
          behind: s.behind,
          behindShare: share(s.behind),
          noData: s.noData,
          noDataShare: share(s.noData),
        })}
      </p>
      <table className={css.table}>
        <caption>{t('bulletin.tableProjects')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('board.project')}</th>
            <th scope="col" className={css.num}>
              {t('bulletin.total')}
            </th>
            <th scope="col" className={css.num}>
              {word('met')}
            </th>
            <th scope="col" className={css.num}>
              {word('at-risk')}
            </th>
            <th scope="col" className={css.num}>
              {word('behind')}
            </th>
            <th scope="col" className={css.num}>
              {word('no-data')}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...content.projects, { id: '', name: t('bulletin.sum'), ...s }].map((p) => (
            <tr key={p.id} data-sum={p.id === ''}>
              <th scope="row">{p.name}</th>
              <td className={css.num}>{p.total}</td>
              <td className={css.num}>{p.met}</td>
              <td className={css.num}>{p.atRisk}</td>
              <td className={css.num}>{p.behind}</td>
              <td className={css.num}>{p.noData}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Chart
        title={t('bulletin.chartLights')}
        model={lightsModel(content, {
          met: word('met'),
          atRisk: word('at-risk'),
          behind: word('behind'),
          noData: word('no-data'),
          unit: t('bulletin.items'),
        })}
        source={source}
        asOf={content.asOf}
        xTitle={t('board.project')}
        height={60 + content.projects.length * 44}
      />
      {ratio && (
        <Chart
          title={t('bulletin.chartRatio')}
          model={ratio}
          source={source}
          asOf={content.asOf}
          xTitle={t('col.title')}
          height={30 + (ratio.series[0]?.points.length ?? 0) * 24}
        />
      )}
    </section>
  );
}
