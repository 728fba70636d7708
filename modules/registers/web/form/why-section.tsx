import { FormField } from '#shell/components/form.tsx';
import { type PlacedIssue, whyId } from '#shell/components/record-form/places';
import type { Entry, RegisterView } from '../../contract.ts';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import type { Why } from './draft.ts';
import css from './form.module.css';
import type { Start } from './use-editor.ts';
import { ModeChoice, ReasonAndBasis, StateChoice, type WhyIssues } from './why.tsx';

const about = (issues: readonly PlacedIssue[], name: string) =>
  issues.filter((i) => i.place === `.${name}`).map((i) => i.message);

const byName = (issues: readonly PlacedIssue[]): WhyIssues => ({
  from: about(issues, 'from'),
  reason: about(issues, 'reason'),
  basis: about(issues, 'basis'),
  state: about(issues, 'state'),
});

/** How the change of an entry is meant; where its content differs over time, also which part is corrected. */
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
  return (
    <>
      <ModeChoice
        value={why}
        issues={byName(issues)}
        onChange={(part) => {
          onChange(part);
          // A change begins from the last segment.
          if (part.mode === 'change' && start.segment !== undefined && start.segment !== last)
            onSegment(undefined, 'change');
        }}
      />
      {why.mode === 'correct' && last > 0 && (
        <FormField
          id={whyId('segment')}
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
  const wrong = byName(issues);
  return (
    <>
      {isNew && register.abilities.keep && (
        <StateChoice
          value={why.state}
          label={t('why.state')}
          help={t('why.stateHelp')}
          issues={wrong}
          onChange={(state) => onChange({ state })}
        />
      )}
      <ReasonAndBasis
        value={why}
        help={t(isNew ? 'why.reasonNewHelp' : 'why.reasonHelp')}
        issues={wrong}
        onChange={onChange}
      />
    </>
  );
}

/** The two parts of a form that say how and why. */
export const WhySection = { Mode, Why: WhyFields };
