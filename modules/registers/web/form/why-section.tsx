import { DateInput } from '#shell/components/date-input.tsx';
import { FormField } from '#shell/components/form.tsx';
import type { Entry, RegisterView } from '../../contract.ts';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import type { Why } from './draft.ts';
import css from './form.module.css';
import type { PlacedIssue } from './issues.ts';
import type { Start } from './use-editor.ts';

const about = (issues: readonly PlacedIssue[], name: string) =>
  issues.filter((i) => i.place === `.${name}`).map((i) => i.message);

/** Was it recorded wrongly, or did it become otherwise on a day? */
function Mode({
  entry,
  start,
  why,
  issues,
  onChange,
  onSegment,
}: {
  entry: Entry;
  start: Start;
  why: Why;
  issues: readonly PlacedIssue[];
  onChange: (part: Partial<Why>) => void;
  onSegment: (segment: number | undefined, mode: Start['mode']) => void;
}) {
  const t = useText();
  const words = useWords();
  const last = entry.segments.length - 1;
  const pick = (mode: Why['mode']) => {
    onChange({ mode });
    if (mode === 'change' && start.segment !== undefined && start.segment !== last)
      onSegment(undefined, 'change');
  };
  return (
    <>
      <fieldset className={css.modes}>
        <legend className="visually-hidden">{t('mode.title')}</legend>
        {(['correct', 'change'] as const).map((mode) => (
          <label key={mode} data-chosen={why.mode === mode}>
            <input
              type="radio"
              name="mode"
              id={mode === 'correct' ? 'entry-why-mode' : undefined}
              checked={why.mode === mode}
              onChange={() => pick(mode)}
            />
            <span>
              <strong>{t(`mode.${mode}`)}</strong>
              <span className={css.modeHelp}>{t(`mode.${mode}Help`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {why.mode === 'change' && (
        <FormField
          id="entry-why-from"
          label={t('mode.from')}
          help={t('mode.fromHelp')}
          issues={about(issues, 'from')}
          required
        >
          {(control) => (
            <DateInput control={control} value={why.from} onChange={(from) => onChange({ from })} />
          )}
        </FormField>
      )}
      {why.mode === 'correct' && last > 0 && (
        <FormField
          id="entry-why-segment"
          label={t('mode.segment')}
          help={t('mode.segmentHelp')}
          issues={about(issues, 'segment')}
          required
        >
          {(control) => (
            <select
              {...control}
              className={css.input}
              value={start.segment ?? last}
              onChange={(event) => {
                const segment = Number(event.target.value);
                onSegment(segment === last ? undefined : segment, 'correct');
              }}
            >
              {entry.segments.toReversed().map((s) => (
                <option key={s.index} value={s.index}>
                  {words.validity(s.validFrom, s.validTo)}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
    </>
  );
}

/** Reason and basis; for a keeper's new entry also how far it has come already. */
function WhyFields({
  register,
  isNew,
  why,
  issues,
  onChange,
}: {
  register: RegisterView;
  isNew: boolean;
  why: Why;
  issues: readonly PlacedIssue[];
  onChange: (part: Partial<Why>) => void;
}) {
  const t = useText();
  const words = useWords();
  return (
    <>
      {isNew && register.abilities.keep && (
        <FormField
          id="entry-why-state"
          label={t('why.state')}
          help={t('why.stateHelp')}
          issues={about(issues, 'state')}
          required
        >
          {(control) => (
            <select
              {...control}
              className={css.input}
              value={why.state}
              onChange={(event) => onChange({ state: event.target.value as Why['state'] })}
            >
              {(['proposed', 'verified', 'published'] as const).map((state) => (
                <option key={state} value={state}>
                  {words.state(state)}
                </option>
              ))}
            </select>
          )}
        </FormField>
      )}
      <FormField
        id="entry-why-reason"
        label={t('why.reason')}
        help={t(isNew ? 'why.reasonNewHelp' : 'why.reasonHelp')}
        issues={about(issues, 'reason')}
      >
        {(control) => (
          <textarea
            {...control}
            className={css.input}
            rows={2}
            maxLength={1000}
            value={why.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </FormField>
      <FormField
        id="entry-why-basis"
        label={t('why.basis')}
        help={t('why.basisHelp')}
        issues={about(issues, 'basis')}
      >
        {(control) => (
          <input
            {...control}
            type="text"
            className={css.input}
            maxLength={300}
            value={why.basis}
            onChange={(event) => onChange({ basis: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}

/** The two parts of a form that say how and why. */
export const WhySection = { Mode, Why: WhyFields };
