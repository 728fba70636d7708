import { Button } from 'antd';
import type { ReportForm } from '#modules/plan/contract';
import { Notice } from '#shell/components/form.tsx';
import { formatMoment } from '#shell/format';
import css from '../office.module.css';
import { useText } from '../text.ts';
import type { ServerDraft } from './draft-saver.ts';
import { differingFields, type FormEntry } from './entry.ts';
import { EntryFacts } from './entry-facts.tsx';

/** Id of the panel, to lead people to it. */
export const conflictId = 'conflict';

/** Two drafts of one report: shows where they differ and lets the person choose. Nothing is lost until then. */
export function Conflict({
  form,
  mine,
  theirs,
  onMine,
  onTheirs,
}: {
  form: ReportForm;
  mine: FormEntry;
  theirs: ServerDraft;
  onMine: () => void;
  onTheirs: () => void;
}) {
  const t = useText();
  const fields = differingFields(form, mine, theirs.entry);
  return (
    <div id={conflictId} tabIndex={-1} className={css.conflict}>
      <Notice
        tone="attention"
        title={t('conflict.title', {
          holder: theirs.holder ?? t('conflict.somebody'),
          at: theirs.savedAt ? formatMoment(theirs.savedAt) : '',
        })}
      >
        <p>{t('conflict.text')}</p>
        <div className={css.versus}>
          <section aria-label={t('conflict.theirs')}>
            <strong>{t('conflict.theirs')}</strong>
            <EntryFacts form={form} entry={theirs.entry} only={fields} />
            <Button onClick={onTheirs}>{t('conflict.takeTheirs')}</Button>
          </section>
          <section aria-label={t('conflict.mine')}>
            <strong>{t('conflict.mine')}</strong>
            <EntryFacts form={form} entry={mine} only={fields} />
            <Button onClick={onMine}>{t('conflict.keepMine')}</Button>
          </section>
        </div>
      </Notice>
    </div>
  );
}
