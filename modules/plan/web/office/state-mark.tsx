import css from './office.module.css';
import { useText } from './text.ts';

/** States of a report and of what is still to be reported. */
export type TaskState = 'open' | 'draft' | 'submitted' | 'returned' | 'accepted';

const shapes: Record<TaskState, string> = {
  open: '○',
  draft: '◐',
  submitted: '◆',
  returned: '■',
  accepted: '●',
};

/** A report's state: shape, word and colour, like a light. */
export function StateMark({ state }: { state: TaskState }) {
  const word = useStateWord();
  return (
    <span className={css.state} data-state={state}>
      <span aria-hidden="true">{shapes[state]}</span> {word(state)}
    </span>
  );
}

/** The word of a state in the language of the page. */
export function useStateWord(): (state: TaskState) => string {
  const t = useText();
  const words: Record<TaskState, string> = {
    open: t('state.open'),
    draft: t('state.draft'),
    submitted: t('state.submitted'),
    returned: t('state.returned'),
    accepted: t('state.accepted'),
  };
  return (state) => words[state];
}
