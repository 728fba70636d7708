import { Button } from 'antd';
import { useText } from '../text.ts';
import { fieldId } from './fields.ts';
import { MOST } from './head-draft.ts';
import { MOST_GRADES, type SchemeDraft } from './scheme-draft.ts';
import css from './value-rules.module.css';

type Grades = SchemeDraft['grades'];

/** Grades with the points from which on they are given. */
export function GradeFields({
  grades,
  faults,
  onChange,
}: {
  grades: Grades;
  faults: readonly string[];
  onChange: (grades: Grades) => void;
}) {
  const t = useText();
  const set = (at: number, change: Partial<Grades[number]>) =>
    onChange(grades.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return (
    <fieldset className={css.lines} id={fieldId('/grades')} tabIndex={-1}>
      <legend className="visually-hidden">{t('rules.grades')}</legend>
      <p className={css.note}>{t('rules.gradesHelp')}</p>
      {grades.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grade is nothing but its place, a letter and a figure.
        <div key={at} className={css.line}>
          <input
            className={`${css.figureInput} ${css.gradeName}`}
            autoComplete="off"
            maxLength={MOST.grade}
            aria-label={t('rules.gradeName', { no: at + 1 })}
            aria-invalid={faults.length > 0 || undefined}
            value={one.grade}
            onChange={(event) => set(at, { grade: event.target.value })}
          />
          <input
            className={css.figureInput}
            inputMode="decimal"
            autoComplete="off"
            maxLength={6}
            aria-label={t('rules.gradePoints', { no: at + 1 })}
            aria-invalid={faults.length > 0 || undefined}
            value={one.from}
            onChange={(event) => set(at, { from: event.target.value })}
          />
          <span>{t('rules.pointsOn')}</span>
          <Button
            size="small"
            aria-label={t('rules.removeNamed', { title: one.grade })}
            onClick={() => onChange(grades.filter((_, i) => i !== at))}
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
        disabled={grades.length >= MOST_GRADES}
        onClick={() => onChange([...grades, { grade: '', from: '' }])}
      >
        {t('rules.addGrade')}
      </Button>
    </fieldset>
  );
}
