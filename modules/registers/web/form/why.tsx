import type { ReactNode } from 'react';
import { DateInput } from '#shell/components/date-input.tsx';
import { FormField } from '#shell/components/form.tsx';
import { whyId } from '#shell/components/record-form/places';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import type { Meaning, NewState } from './draft.ts';
import css from './form.module.css';

/** What is wrong with the answers, by the name of the field. */
export type WhyIssues = Readonly<Partial<Record<'from' | 'reason' | 'basis' | 'state', readonly string[]>>>;

/** Some ways side by side, each with what it means; one of them holds. */
export function Ways<W extends string>({
  name,
  title,
  ways,
  chosen,
  firstId,
  onChange,
}: {
  /** Name of the group of radio buttons; one on a page. */
  name: string;
  title: string;
  ways: readonly { way: W; label: ReactNode; help: ReactNode }[];
  chosen: W;
  /** Id of the first button, where messages lead to it. */
  firstId?: string;
  onChange: (way: W) => void;
}) {
  return (
    <fieldset className={css.modes}>
      <legend className="visually-hidden">{title}</legend>
      {ways.map(({ way, label, help }, i) => (
        <label key={way} data-chosen={chosen === way}>
          <input
            type="radio"
            name={name}
            id={i === 0 ? firstId : undefined}
            checked={chosen === way}
            onChange={() => onChange(way)}
          />
          <span>
            <strong>{label}</strong>
            <span className={css.modeHelp}>{help}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Was it recorded wrongly, or did it become so on a day? */
export function ModeChoice({
  value,
  issues,
  onChange,
}: {
  value: Pick<Meaning, 'mode' | 'from'>;
  issues: WhyIssues;
  onChange: (part: Partial<Meaning>) => void;
}) {
  const t = useText();
  return (
    <>
      <Ways
        name="mode"
        title={t('mode.title')}
        ways={(['correct', 'change'] as const).map((mode) => ({
          way: mode,
          label: t(`mode.${mode}`),
          help: t(`mode.${mode}Help`),
        }))}
        chosen={value.mode}
        firstId={whyId('mode')}
        onChange={(mode) => onChange({ mode })}
      />
      {value.mode === 'change' && (
        <FormField
          id={whyId('from')}
          label={t('mode.from')}
          help={t('mode.fromHelp')}
          issues={issues.from}
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

/** Reason and document, kept with whatever is written. */
export function ReasonAndBasis({
  value,
  help,
  issues,
  required = false,
  onChange,
}: {
  value: Pick<Meaning, 'reason' | 'basis'>;
  /** For what the reason is needed. */
  help: string;
  issues: WhyIssues;
  /** A reason must be given. */
  required?: boolean;
  onChange: (part: Partial<Meaning>) => void;
}) {
  const t = useText();
  return (
    <>
      <FormField
        id={whyId('reason')}
        label={t('why.reason')}
        help={help}
        issues={issues.reason}
        required={required}
      >
        {(control) => (
          <textarea
            {...control}
            className={css.input}
            rows={2}
            maxLength={1000}
            value={value.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        )}
      </FormField>
      <FormField id={whyId('basis')} label={t('why.basis')} help={t('why.basisHelp')} issues={issues.basis}>
        {(control) => (
          <input
            {...control}
            type="text"
            className={css.input}
            maxLength={300}
            value={value.basis}
            onChange={(event) => onChange({ basis: event.target.value })}
          />
        )}
      </FormField>
    </>
  );
}

/** How far new entries have come already. */
export function StateChoice({
  value,
  label,
  help,
  issues,
  onChange,
}: {
  value: NewState;
  label: string;
  help: string;
  issues: WhyIssues;
  onChange: (state: NewState) => void;
}) {
  const words = useWords();
  return (
    <FormField id={whyId('state')} label={label} help={help} issues={issues.state} required>
      {(control) => (
        <select
          {...control}
          className={css.input}
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
