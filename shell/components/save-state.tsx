import { formatMoment } from '../format.ts';
import { useShellText } from '../i18n.ts';
import css from './components.module.css';

/** Where a form's content stands: saved with the time, being saved, not saved, or saving failed. */
export type SavePhase =
  | { phase: 'clean' }
  | { phase: 'saved'; at: string }
  | { phase: 'saving' }
  | { phase: 'unsaved' }
  | { phase: 'failed'; message: string };

/** Says it in a fixed place; screen readers hear changes without being interrupted. */
export function SaveState({ state }: { state: SavePhase }) {
  const t = useShellText();
  return (
    <span role="status" className={css.saveState} data-phase={state.phase}>
      {state.phase === 'saved' &&
        t('save.saved', { time: formatMoment(state.at, { seconds: true }).slice(11) })}
      {state.phase === 'saving' && t('save.saving')}
      {state.phase === 'unsaved' && t('save.unsaved')}
      {state.phase === 'failed' && t('save.failed', { why: state.message })}
    </span>
  );
}
