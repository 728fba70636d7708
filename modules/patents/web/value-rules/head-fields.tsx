import { useId } from 'react';
import type { CalendarDate } from '#kernel/calendar/date';
import { DateInput } from '#shell/components/date-input.tsx';
import { FormField } from '#shell/components/form.tsx';
import { readDate } from '#shell/components/read-date';
import { useText } from '../text.ts';
import { fieldId } from './fields.ts';
import { type HeadDraft, MOST } from './head-draft.ts';
import { displacedBy } from './periods.ts';
import css from './value-rules.module.css';

/** Name, first day, source, and whether the text was compared with it. */
export function HeadFields({
  head,
  versions,
  today,
  faultsAt,
  onChange,
}: {
  head: HeadDraft;
  /** All versions, newest first. */
  versions: readonly { version: number; name: string; from: CalendarDate }[];
  today: CalendarDate;
  faultsAt: (path: string) => string[];
  onChange: (head: HeadDraft) => void;
}) {
  const t = useText();
  const check = useId();
  const from = readDate(head.from);
  const displaced = from === null ? [] : displacedBy(versions, from, today);
  return (
    <>
      <FormField id={fieldId('/name')} label={t('rules.name')} required issues={faultsAt('/name')}>
        {(control) => (
          <input
            {...control}
            className={css.input}
            autoComplete="off"
            maxLength={MOST.title}
            value={head.name}
            onChange={(event) => onChange({ ...head, name: event.target.value })}
          />
        )}
      </FormField>
      <FormField
        id={fieldId('/from')}
        label={t('rules.from')}
        help={t('rules.fromHelp')}
        required
        issues={faultsAt('/from')}
        aside={
          from !== null &&
          (from < today || displaced.length > 0) && (
            <span className={css.attention}>
              {from < today && <span>{t('rules.pastDays', { from })}</span>}
              {displaced.map((one) => (
                <span key={one.version}>
                  {t('rules.displaces', { version: one.version, name: one.name, from: one.from })}
                </span>
              ))}
            </span>
          )
        }
      >
        {(control) => (
          <DateInput
            control={control}
            size={14}
            value={head.from}
            onChange={(day) => onChange({ ...head, from: day })}
          />
        )}
      </FormField>
      <FormField
        id={fieldId('/source')}
        label={t('rules.source')}
        help={t('rules.sourceHelp')}
        required
        issues={faultsAt('/source')}
      >
        {(control) => (
          <textarea
            {...control}
            className={css.input}
            rows={3}
            maxLength={MOST.source}
            value={head.source}
            onChange={(event) => onChange({ ...head, source: event.target.value })}
          />
        )}
      </FormField>
      <p className={css.check}>
        <input
          id={check}
          type="checkbox"
          checked={head.verified}
          onChange={(event) => onChange({ ...head, verified: event.target.checked })}
        />
        <label htmlFor={check}>{t('rules.verify')}</label>
      </p>
    </>
  );
}
