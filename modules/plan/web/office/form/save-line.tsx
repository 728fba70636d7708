import { SaveState } from '#shell/components/save-state.tsx';
import { askToSignIn } from '#shell/sign-in-prompt';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { conflictId } from './conflict.tsx';
import type { DraftState } from './draft-saver.ts';

/** Where the typed text stands, with what to do when it cannot be saved just now. */
export function SaveLine({ state }: { state: DraftState }) {
  const t = useText();
  const { status, keptHere } = state;
  const here = keptHere ? t('save.here') : t('save.notHere');
  switch (status.phase) {
    case 'offline':
      return <SaveState state={{ phase: 'failed', message: t('save.offline', { here }) }} />;
    case 'signed-out':
      return (
        <span>
          <SaveState state={{ phase: 'failed', message: t('save.signedOut', { here }) }} />{' '}
          <button type="button" className={css.inlineButton} onClick={() => void askToSignIn()}>
            {t('save.signIn')}
          </button>
        </span>
      );
    case 'conflict':
      return (
        <span>
          <SaveState state={{ phase: 'failed', message: t('save.conflict') }} />{' '}
          <button
            type="button"
            className={css.inlineButton}
            onClick={() => {
              const panel = document.getElementById(conflictId);
              panel?.scrollIntoView({ block: 'center' });
              panel?.focus({ preventScroll: true });
            }}
          >
            {t('save.choose')}
          </button>
        </span>
      );
    case 'closed':
      return <SaveState state={{ phase: 'failed', message: t('save.closed', { here }) }} />;
    case 'refused':
      return <SaveState state={{ phase: 'failed', message: status.error.message || status.error.code }} />;
    case 'clean':
      return <span className={css.muted}>{t('save.auto')}</span>;
    default:
      return <SaveState state={status} />;
  }
}
