import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { CalendarDate } from '#kernel/calendar/date';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { SelectField } from '#shell/components/fields.tsx';
import { FormSection } from '#shell/components/form.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { addRuleSet, listRuleSets, type RuleSet } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { ruleSetChanges } from './changes.ts';
import {
  type CriterionDraft,
  KINDS,
  type Kind,
  MOST_CRITERIA,
  newCriterion,
  ruleSetDraftOf,
  ruleSetFields,
  ruleSetOf,
} from './criteria-draft.ts';
import { CriterionFields } from './criterion-fields.tsx';
import { EditorFrame } from './editor-frame.tsx';
import { fieldId } from './fields.ts';
import { HeadFields } from './head-fields.tsx';
import { holdingOn } from './periods.ts';
import { useRegisters } from './use-registers.ts';
import { useRuleForm } from './use-rule-form.ts';
import css from './value-rules.module.css';

/** A new version of the criteria of high-value patents. */
export function CriteriaPage() {
  const t = useText();
  const { data, error, refetch } = useQuery(queryOf(listRuleSets, {}));
  if (data) return <CriteriaEditor versions={data.ruleSets} today={data.today} />;
  return error ? (
    <ErrorPanel error={error} what={t('rules.criteria')} onRetry={() => void refetch()} />
  ) : (
    <Skeleton rows={12} />
  );
}

function CriteriaEditor({ versions, today }: { versions: readonly RuleSet[]; today: CalendarDate }) {
  const t = useText();
  const navigate = useNavigate();
  const { choices } = useRegisters();
  const form = useRuleForm({
    kind: 'rule-set',
    begin: () => {
      const base = holdingOn(versions, today);
      return { base, draft: ruleSetDraftOf(base, today) };
    },
    fieldsOf: (draft) => ruleSetFields(draft, t),
    send: async (draft) => (await call(addRuleSet, { body: ruleSetOf(draft) })).version,
    onSaved: (saved) => void navigate({ to: '/patents/value-rules', search: { saved } as never }),
  });
  const { draft, base, faultsAt } = form;
  const [kind, setKind] = useState<Kind>('industry');
  const setCriteria = (criteria: CriterionDraft[]) => form.change({ ...draft, criteria });
  // Keys of earlier versions stay theirs, so that what changed can be told.
  const taken = new Set([...versions.flatMap((v) => v.criteria), ...draft.criteria].map((one) => one.key));
  const full = draft.criteria.length >= MOST_CRITERIA;
  return (
    <EditorFrame
      title={t('rules.newCriteria')}
      show={undefined}
      form={form}
      changes={ruleSetChanges(
        base,
        ruleSetOf(draft),
        t,
        (id) => choices.find((one) => one.value === id)?.label ?? id,
      )}
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
      <FormSection number={2} title={t('rules.criteria')}>
        <p className={css.note}>{t('rules.anyOf')}</p>
        {draft.criteria.map((one, at) => (
          <CriterionFields
            key={one.key}
            path={`/criteria/${at}`}
            value={one}
            faultsAt={faultsAt}
            onChange={(change) =>
              setCriteria(draft.criteria.map((other, i) => (i === at ? { ...one, ...change } : other)))
            }
            onRemove={() => setCriteria(draft.criteria.filter((_, i) => i !== at))}
          />
        ))}
        <div className={css.add} id={fieldId('/criteria')} tabIndex={-1}>
          <SelectField
            label={t('rules.addKind')}
            value={kind}
            choices={KINDS.map((value) => ({ value, label: t(`rules.kind.${value}`) }))}
            onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'industry')}
          />
          <Button
            disabled={full}
            onClick={() =>
              setCriteria([...draft.criteria, newCriterion(kind, t(`rules.kind.${kind}`), taken)])
            }
          >
            {t('rules.addCriterion')}
          </Button>
          {full && <span className={css.muted}>{t('rules.full', { most: MOST_CRITERIA })}</span>}
          {faultsAt('/criteria').map((fault) => (
            <span key={fault} className={css.wrong}>
              {fault}
            </span>
          ))}
        </div>
      </FormSection>
    </EditorFrame>
  );
}
