import { ApiError } from '#shell/api';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';
import { FormDialog } from './ask.tsx';
import { ChooseCollection, useChoice } from './choose-collection.tsx';
import { collectionFor, type Place, rememberCollection } from './collections.ts';

/** Puts something into a collection that is chosen or made here. */
export function CollectDialog<T>({
  title,
  note,
  send,
  onDone,
  onClose,
}: {
  title: string;
  /** What will happen, below the choice. */
  note?: string;
  send: (collection: string) => Promise<T>;
  onDone: (place: Place, result: T) => void;
  onClose: () => void;
}) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const choice = useChoice();
  const { chosen } = choice;
  const add = async () => {
    if (!chosen || busy) return;
    const done = await act(async () => {
      const place = await collectionFor(chosen);
      try {
        return { place, result: await send(place.id) };
      } catch (error) {
        if (error instanceof ApiError && error.code === 'workbench_gone') choice.clear();
        // It is there now: the next try goes into it.
        else if (!('id' in chosen)) choice.setPicked(place.id);
        throw error;
      }
    });
    if (!done) return;
    rememberCollection(done.place.id);
    onDone(done.place, done.result);
    onClose();
  };
  return (
    <FormDialog
      title={title}
      action={t('choose.add')}
      busy={busy}
      disabled={!chosen}
      problem={problem}
      onSend={() => void add()}
      onClose={onClose}
    >
      <div className={css.form}>
        <ChooseCollection choice={choice} onEnter={() => void add()} />
        {note && <p className={css.muted}>{note}</p>}
      </div>
    </FormDialog>
  );
}
