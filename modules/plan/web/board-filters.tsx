import type { PlanFrame } from '#modules/plan/contract';
import { FieldRow, PlainButton, SelectField, Toggle } from '#shell/components/fields.tsx';
import { countsByState, Light, type LightCounts, lightStates } from '#shell/components/light.tsx';
import { useLang } from '#shell/i18n';
import css from './board.module.css';
import type { BoardSearch } from './search.ts';
import { useText } from './text.ts';

/** Project, department and lights; the counts are those of what else is chosen. */
export function BoardFilters({
  plan,
  search,
  counts,
  shown,
  total,
  onChange,
}: {
  plan: PlanFrame;
  search: BoardSearch;
  counts: LightCounts;
  shown: number;
  total: number;
  onChange: (change: Partial<BoardSearch>) => void;
}) {
  const t = useText();
  const lang = useLang();
  const lights = search.light ?? [];
  const by = countsByState(counts);
  const filtered = Boolean(search.project || search.department || search.light);
  return (
    <div className={css.filters}>
      <FieldRow label={t('board.filters')}>
        <SelectField
          label={t('board.project')}
          value={search.project}
          all={t('board.anyProject')}
          choices={plan.projects.map((p) => ({ value: p.id, label: lang === 'zh' ? p.name : p.en }))}
          onChange={(project) => onChange({ project })}
        />
        <SelectField
          label={t('board.department')}
          value={search.department}
          all={t('board.anyDepartment')}
          choices={plan.departments.map((d) => ({ value: d.id, label: d.name }))}
          onChange={(department) => onChange({ department })}
        />
        <span className={css.lightToggles}>
          {lightStates.map((state) => (
            <Toggle
              key={state}
              pressed={lights.includes(state)}
              onChange={(on) => {
                const next = on ? [...lights, state] : lights.filter((l) => l !== state);
                onChange({ light: next.length > 0 ? next : undefined });
              }}
            >
              <Light state={state} count={by[state]} />
            </Toggle>
          ))}
        </span>
        {filtered && (
          <PlainButton
            onClick={() => onChange({ project: undefined, department: undefined, light: undefined })}
          >
            {t('board.clear')}
          </PlainButton>
        )}
      </FieldRow>
      <p className={css.shown} role="status">
        {shown === total ? t('board.shownAll', { count: total }) : t('board.shown', { shown, total })}
      </p>
    </div>
  );
}
