import { Button } from 'antd';
import { useState } from 'react';
import { FormField } from '#shell/components/form.tsx';
import { COMPUTED } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { fieldId } from './fields.ts';
import { MOST } from './head-draft.ts';
import { GROUPS, type IndicatorDraft, MOST_STEPS, type StepDraft } from './scheme-draft.ts';
import css from './value-rules.module.css';

interface Part {
  path: string;
  value: IndicatorDraft;
  faultsAt: (path: string) => string[];
  onChange: (change: Partial<IndicatorDraft>) => void;
}

/** One indicator, folded to a line until it is opened; it opens by itself where something in it is wrong. */
export function IndicatorFields({
  sections,
  onRemove,
  ...part
}: Part & {
  /** Sections that the scheme has, to be offered. */
  sections: readonly string[];
  onRemove: () => void;
}) {
  const t = useText();
  const { path, value, faultsAt, onChange } = part;
  // A new one has nothing to be told in a line.
  const [opened, setOpened] = useState(value.title === '');
  const places = ['title', 'section', 'guidance', 'steps'].map((name) => `${path}/${name}`);
  const open = opened || places.some((place) => faultsAt(place).length > 0);
  const id = fieldId(path);
  const title = value.title || t('rules.noTitle');
  return (
    <section className={css.fold} aria-labelledby={`${id}-head`}>
      <div className={css.cardHead}>
        <h4>
          <button
            type="button"
            id={`${id}-head`}
            className={css.opener}
            aria-expanded={open}
            onClick={() => setOpened(!open)}
          >
            {title}
            <span className={css.aside}>
              {value.section}
              {' · '}
              {value.computed === null ? t('rules.byExperts') : t(`rules.computed.${value.computed}`)}
            </span>
          </button>
        </h4>
        <Button size="small" aria-label={t('rules.removeNamed', { title })} onClick={onRemove}>
          {t('rules.remove')}
        </Button>
      </div>
      {open && (
        <div className={css.inFold}>
          <FormField
            id={fieldId(`${path}/title`)}
            label={t('value.indicator')}
            required
            issues={faultsAt(`${path}/title`)}
          >
            {(control) => (
              <input
                {...control}
                className={css.input}
                autoComplete="off"
                maxLength={MOST.title}
                value={value.title}
                onChange={(event) => onChange({ title: event.target.value })}
              />
            )}
          </FormField>
          <div className={css.pair}>
            <FormField id={fieldId(`${path}/group`)} label={t('value.group')} required>
              {(control) => (
                <select
                  {...control}
                  className={css.input}
                  value={value.group}
                  onChange={(event) =>
                    onChange({ group: GROUPS.find((one) => one === event.target.value) ?? 'legal' })
                  }
                >
                  {GROUPS.map((group) => (
                    <option key={group} value={group}>
                      {t(`value.group.${group}`)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            <FormField
              id={fieldId(`${path}/section`)}
              label={t('rules.section')}
              required
              issues={faultsAt(`${path}/section`)}
            >
              {(control) => (
                <>
                  <input
                    {...control}
                    className={css.input}
                    autoComplete="off"
                    list={`${id}-sections`}
                    maxLength={MOST.title}
                    value={value.section}
                    onChange={(event) => onChange({ section: event.target.value })}
                  />
                  <datalist id={`${id}-sections`}>
                    {sections.map((section) => (
                      <option key={section} value={section} />
                    ))}
                  </datalist>
                </>
              )}
            </FormField>
          </div>
          <FormField id={fieldId(`${path}/computed`)} label={t('rules.how')} required>
            {(control) => (
              <select
                {...control}
                className={css.input}
                value={value.computed ?? ''}
                onChange={(event) =>
                  onChange({ computed: COMPUTED.find((one) => one === event.target.value) ?? null })
                }
              >
                <option value="">{t('rules.byExperts')}</option>
                {COMPUTED.map((one) => (
                  <option key={one} value={one}>
                    {t('rules.byComputing', { what: t(`rules.computed.${one}`) })}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          {value.computed === null ? <Guidance {...part} /> : <Steps {...part} />}
        </div>
      )}
    </section>
  );
}

function Guidance({ path, value, faultsAt, onChange }: Part) {
  const t = useText();
  return (
    <FormField
      id={fieldId(`${path}/guidance`)}
      label={t('rules.guidance')}
      help={t('rules.guidanceHelp')}
      required
      issues={faultsAt(`${path}/guidance`)}
    >
      {(control) => (
        <textarea
          {...control}
          className={css.input}
          rows={3}
          maxLength={MOST.guidance}
          value={value.guidance}
          onChange={(event) => onChange({ guidance: event.target.value })}
        />
      )}
    </FormField>
  );
}

function Steps({ path, value: { steps }, faultsAt, onChange }: Part) {
  const t = useText();
  const id = fieldId(`${path}/steps`);
  const faults = faultsAt(`${path}/steps`);
  const set = (at: number, change: Partial<StepDraft>) =>
    onChange({ steps: steps.map((step, i) => (i === at ? { ...step, ...change } : step)) });
  return (
    <fieldset className={css.lines} id={id} tabIndex={-1} aria-describedby={`${id}-help`}>
      <legend>{t('rules.steps')}</legend>
      <p id={`${id}-help`} className={css.note}>
        {t('rules.stepsHelp')}
      </p>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is nothing but its place and two figures.
        <div key={at} className={css.line}>
          <input
            className={css.figureInput}
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            aria-label={t('rules.stepFrom', { no: at + 1 })}
            aria-invalid={faults.length > 0 || undefined}
            value={step.from}
            onChange={(event) => set(at, { from: event.target.value })}
          />
          <span>{t('rules.stepScores')}</span>
          <input
            className={css.figureInput}
            inputMode="decimal"
            autoComplete="off"
            maxLength={6}
            aria-label={t('rules.stepPoints', { no: at + 1 })}
            aria-invalid={faults.length > 0 || undefined}
            value={step.points}
            onChange={(event) => set(at, { points: event.target.value })}
          />
          <span>{t('rules.pointsUnit')}</span>
          <Button
            size="small"
            aria-label={t('rules.removeStep', { no: at + 1 })}
            onClick={() => onChange({ steps: steps.filter((_, i) => i !== at) })}
          >
            {t('rules.remove')}
          </Button>
        </div>
      ))}
      {faults.map((fault) => (
        <p key={fault} className={css.wrong}>
          {fault}
        </p>
      ))}
      <Button
        size="small"
        disabled={steps.length >= MOST_STEPS}
        onClick={() => onChange({ steps: [...steps, { from: '', points: '' }] })}
      >
        {t('rules.addStep')}
      </Button>
    </fieldset>
  );
}
