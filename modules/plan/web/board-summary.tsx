import type { IndicatorView, PlanFrame } from '#modules/plan/contract';
import { LightBar, type LightCounts, LightTally } from '#shell/components/light.tsx';
import { useLang } from '#shell/i18n';
import css from './board.module.css';
import { countLights } from './board-rows.ts';
import { useText } from './text.ts';

/** Everything and the five projects side by side; pressing one shows only its rows. */
export function BoardSummary({
  rows,
  projects,
  project,
  onProject,
}: {
  rows: readonly IndicatorView[];
  projects: PlanFrame['projects'];
  project: string | undefined;
  onProject: (project: string | undefined) => void;
}) {
  const t = useText();
  const lang = useLang();
  return (
    <section className={css.summary} aria-label={t('board.summary')}>
      <SummaryTile
        name={t('board.all')}
        counts={countLights(rows)}
        pressed={project === undefined}
        onPress={() => onProject(undefined)}
      />
      {projects.map((p) => (
        <SummaryTile
          key={p.id}
          name={lang === 'zh' ? p.name : p.en}
          counts={countLights(rows.filter((r) => r.project === p.id))}
          pressed={project === p.id}
          onPress={() => onProject(project === p.id ? undefined : p.id)}
        />
      ))}
    </section>
  );
}

function SummaryTile({
  name,
  counts,
  pressed,
  onPress,
}: {
  name: string;
  counts: LightCounts;
  pressed: boolean;
  onPress: () => void;
}) {
  const t = useText();
  return (
    <button type="button" className={css.tile} aria-pressed={pressed} onClick={onPress}>
      <span className={css.tileName}>{name}</span>
      <span className={css.tileFigure}>
        <strong>{counts.met}</strong>
        <span>{t('board.ofTotal', { total: counts.total })}</span>
      </span>
      <LightBar counts={counts} />
      <LightTally counts={counts} />
    </button>
  );
}
