import { useEffect, useState } from 'react';
import { DayField, SelectField } from '#shell/components/fields.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type Course, useText } from '../text.ts';

/** Which step comes next, and on which day. */
export function NextStep({
  after,
  next,
  last,
  today,
  waiting,
  onAdd,
}: {
  /** The steps before it: after each the choice begins anew. */
  after: string;
  next: Course['next'];
  /** Day of the last step. */
  last: string | undefined;
  today: string;
  /** What follows from the last step is not known yet: nothing can be added to it. */
  waiting: boolean;
  onAdd: (step: string) => void;
}) {
  const t = useText();
  const lang = useLang();
  const [chosen, setChosen] = useState(next[0]?.id);
  const [day, setDay] = useState<string | undefined>(last ?? today);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen is kept until a step was added or taken back.
  useEffect(() => {
    setChosen(next[0]?.id);
    setDay(last ?? today);
  }, [after]);
  const action = next.find((one) => one.id === chosen) ?? next[0];
  if (!action) return null;
  const early = action.notBefore !== null && day !== undefined && day < action.notBefore;
  const backwards = last !== undefined && day !== undefined && day < last;
  const ready = day !== undefined && !early && !backwards && !waiting;
  return (
    <form
      className={css.next}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onAdd(`${action.id}@${day}`);
      }}
    >
      <SelectField
        label={t('course.next')}
        value={action.id}
        choices={next.map((one) => ({
          value: one.id,
          label: t('course.choice', { title: one.title[lang], by: one.by.title[lang] }),
        }))}
        onChange={setChosen}
      />
      <DayField label={t('course.on')} value={day} onChange={setDay} />
      <button type="submit" className={css.add} aria-disabled={!ready}>
        {t('course.add')}
      </button>
      <p role="status" className={css.hint}>
        {early
          ? t('course.early', { day: action.notBefore ?? '' })
          : backwards
            ? t('course.backwards', { day: last ?? '' })
            : action.when?.[lang]}
      </p>
    </form>
  );
}
