import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { CalendarDate } from '#kernel/calendar/date';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormSection } from '#shell/components/form.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { addScheme, listSchemes, type ValueScheme } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { schemeChanges } from './changes.ts';
import { EditorFrame } from './editor-frame.tsx';
import { fieldId } from './fields.ts';
import { GradeFields } from './grade-fields.tsx';
import { HeadFields } from './head-fields.tsx';
import { IndicatorFields } from './indicator-fields.tsx';
import { holdingOn } from './periods.ts';
import {
  GROUPS,
  type IndicatorDraft,
  newIndicator,
  schemeDraftOf,
  schemeFields,
  schemeOf,
} from './scheme-draft.ts';
import { useRuleForm } from './use-rule-form.ts';
import css from './value-rules.module.css';
import { WeightFields } from './weight-fields.tsx';

/** A new version of the scheme of value indicators. */
export function SchemePage() {
  const t = useText();
  const { data, error, refetch } = useQuery(queryOf(listSchemes, {}));
  if (data) return <SchemeEditor versions={data.schemes} today={data.today} />;
  return error ? (
    <ErrorPanel error={error} what={t('rules.scheme')} onRetry={() => void refetch()} />
  ) : (
    <Skeleton rows={12} />
  );
}

function SchemeEditor({ versions, today }: { versions: readonly ValueScheme[]; today: CalendarDate }) {
  const t = useText();
  const navigate = useNavigate();
  const form = useRuleForm({
    kind: 'scheme',
    begin: () => {
      const base = holdingOn(versions, today);
      return { base, draft: schemeDraftOf(base, today) };
    },
    fieldsOf: (draft) => schemeFields(draft, t),
    send: async (draft) => (await call(addScheme, { body: schemeOf(draft) })).version,
    onSaved: (saved) =>
      void navigate({ to: '/patents/value-rules', search: { show: 'scheme', saved } as never }),
  });
  const { draft, base, faultsAt } = form;
  const setIndicators = (indicators: IndicatorDraft[]) => form.change({ ...draft, indicators });
  // Scores of experts are kept by key: one that was another indicator's would bring its scores along.
  const taken = new Set(
    [...versions.flatMap((v) => v.indicators), ...draft.indicators].map((one) => one.key),
  );
  return (
    <EditorFrame
      title={t('rules.newScheme')}
      show="scheme"
      form={form}
      changes={schemeChanges(base, schemeOf(draft), t)}
    >
      <FormSection number={1} title={t('rules.version')}>
        <HeadFields
          head={draft.head}
          versions={versions}
          today={today}
          faultsAt={faultsAt}
          onChange={(head) => form.change({ ...draft, head })}
        />
      </FormSection>
      <FormSection number={2} title={t('rules.indicators')}>
        {/* One flat list: an indicator that changes its group moves on and stays open. */}
        {GROUPS.flatMap((group) => {
          const own = [...draft.indicators.entries()].filter(([, one]) => one.group === group);
          return [
            <h3 key={group} className={css.groupHead}>
              {t(`value.group.${group}`)}
            </h3>,
            ...own.map(([at, one]) => (
              <IndicatorFields
                key={`indicator ${one.key}`}
                path={`/indicators/${at}`}
                value={one}
                sections={[...new Set(own.map(([, other]) => other.section))]}
                faultsAt={faultsAt}
                onChange={(change) =>
                  setIndicators(
                    draft.indicators.map((other, i) => (i === at ? { ...one, ...change } : other)),
                  )
                }
                onRemove={() => setIndicators(draft.indicators.filter((_, i) => i !== at))}
              />
            )),
            <Button
              key={`add ${group}`}
              size="small"
              onClick={() => setIndicators([...draft.indicators, newIndicator(group, taken)])}
            >
              {t('rules.addIndicator', { group: t(`value.group.${group}`) })}
            </Button>,
          ];
        })}
        <div id={fieldId('/indicators')} tabIndex={-1}>
          {faultsAt('/indicators').map((fault) => (
            <p key={fault} className={css.wrong}>
              {fault}
            </p>
          ))}
        </div>
      </FormSection>
      <FormSection number={3} title={t('rules.weights')}>
        <p className={css.note}>{t('rules.weightsHelp')}</p>
        <WeightFields
          scenarios={draft.scenarios}
          indicators={draft.indicators}
          faultsAt={faultsAt}
          onChange={(scenarios) => form.change({ ...draft, scenarios })}
        />
      </FormSection>
      <FormSection number={4} title={t('rules.grades')}>
        <GradeFields
          grades={draft.grades}
          faults={faultsAt('/grades')}
          onChange={(grades) => form.change({ ...draft, grades })}
        />
      </FormSection>
    </EditorFrame>
  );
}
