import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { Entry, EntryAction, RegisterView } from '../../contract.ts';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';

const ActionDialog = lazy(async () => ({ default: (await import('./action-dialog.tsx')).ActionDialog }));

/** What may be done next, as the server says; the step forward stands out. */
export function Actions({ register, entry }: { register: RegisterView; entry: Entry }) {
  const t = useText();
  const words = useWords();
  const [asked, setAsked] = useState<EntryAction | null>(null);
  const params = { register: register.id, no: entry.no };
  const forward = entry.abilities.actions.find((a) => a === 'verify' || a === 'publish');
  return (
    <>
      {entry.abilities.actions.map((action) => (
        <button
          key={action}
          type="button"
          className={shared.action}
          data-main={action === forward || undefined}
          data-danger={action === 'remove' || undefined}
          onClick={() => setAsked(action)}
        >
          {words.action(action)}
        </button>
      ))}
      {entry.abilities.edit && (
        <>
          <Link
            to="/registers/$register/$no/edit"
            params={params}
            search={{ mode: 'correct' } as never}
            className={shared.action}
            title={t('mode.correctHelp')}
          >
            {t('mode.correct')}
          </Link>
          <Link
            to="/registers/$register/$no/edit"
            params={params}
            search={{ mode: 'change' } as never}
            className={shared.action}
            title={t('mode.changeHelp')}
          >
            {t('mode.change')}
          </Link>
        </>
      )}
      <button type="button" className={shared.action} onClick={() => window.print()}>
        {t('entry.print')}
      </button>
      {asked && (
        <Suspense>
          <ActionDialog key={asked} entry={entry} action={asked} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}
