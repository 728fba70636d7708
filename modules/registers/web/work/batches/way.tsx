import { DateInput } from '#shell/components/date-input.tsx';
import { FormField } from '#shell/components/form.tsx';
import form from '../../form/form.module.css';
import { useText } from '../../text.ts';
import { useWords } from '../../words.ts';
import { useWorkText } from '../text.ts';

/** How changes are meant and on what they rest: the same for an import and a bulk change. */
export interface Meaning {
  mode: 'correct' | 'change';
  /** First day of a change. */
  from: string;
  reason: string;
  basis: string;
}

/** Nothing said yet. */
export const UNSAID: Meaning = { mode: 'correct', from: '', reason: '', basis: '' };

/** What is wrong with the answers, by the name of the field. */
export type MeaningIssues = Readonly<Partial<Record<'from' | 'reason' | 'basis' | 'state' | 'on', string>>>;

const about = (issues: MeaningIssues, name: keyof MeaningIssues) => {
  const message = issues[name];
  return message === undefined ? [] : [message];
};

/** Were existing entries recorded wrongly, or did they become so on a day? */
export function ModeChoice({
  value,
  issues,
  onChange,
}: {
  value: Meaning;
  issues: MeaningIssues;
  onChange: (part: Partial<Meaning>) => void;
}) {
  const t = useText();
  return (
    <>
      <fieldset className={form.modes}>
        <legend className="visually-hidden">{t('mode.title')}</legend>
        {(['correct', 'change'] as const).map((mode) => (
          <label key={mode} data-chosen={value.mode === mode}>
            <input
              type="radio"
              name="mode"
              checked={value.mode === mode}
              onChange={() => onChange({ mode })}
            />
            <span>
              <strong>{t(`mode.${mode}`)}</strong>
              <span className={form.modeHelp}>{t(`mode.${mode}Help`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {value.mode === 'change' && (
        <FormField
          id="way-from"
          label={t('mode.from')}
          help={t('mode.fromHelp')}
          issues={about(issues, 'from')}
          required
        >
          {(control) => (
            <DateInput control={control} value={value.from} onChange={(from) => onChange({ from })} />
          )}
        </FormField>
      )}
    </>
  );
}

/** Reason and document, kept with every entry that is written. */
export function WhyFields({
  value,
  issues,
  required,
  onChange,
}: {
  value: Pick<Meaning, 'reason' | 'basis'>;
  issues: MeaningIssues;
  /** A reason must be given. */
  required?: boolean;
  onChange: (part: Partial<Meaning>) => void;
}) {
  const t = useText();
  const w = useWorkText();
  return (
    <>
      <FormField
        id="way-reason"
        label={t('why.reason')}
        help={w('way.reasonHelp')}
        issues={about(issues, 'reason')}
        required={required ?? false}
      >
        {(control) => (
          <textarea
            {...control}
            className={form.input}
            rows={2}
            maxLength={1000}
            value={value.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </FormField>
      <FormField
        id="way-basis"
        label={t('why.basis')}
        help={t('why.basisHelp')}
        issues={about(issues, 'basis')}
      >
        {(control) => (
          <input
            {...control}
            type="text"
            className={form.input}
            maxLength={300}
            value={value.basis}
            onChange={(event) => onChange({ basis: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}

/** State in which a new entry begins. */
export type NewState = 'proposed' | 'verified' | 'published';

/** As what new entries of a file are taken in. */
export function StateChoice({ value, onChange }: { value: NewState; onChange: (state: NewState) => void }) {
  const w = useWorkText();
  const words = useWords();
  return (
    <FormField id="way-state" label={w('way.state')} help={w('way.stateHelp')} required>
      {(control) => (
        <select
          {...control}
          className={form.input}
          value={value}
          onChange={(event) => onChange(event.target.value as NewState)}
        >
          {(['proposed', 'verified', 'published'] as const).map((state) => (
            <option key={state} value={state}>
              {words.state(state)}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}
