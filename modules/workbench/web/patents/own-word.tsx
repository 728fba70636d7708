import { Stars } from '../parts/marks.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import type { OwnWord } from './queue.ts';

/** Keep, dismiss and rate, as pressed by the person who looks at a publication. Pressing again takes it back. */
export function OwnWordField({
  word,
  keys = false,
  onChoice,
  onRate,
}: {
  word: OwnWord;
  /** Shows the keys that do the same. */
  keys?: boolean;
  onChoice: (choice: 'keep' | 'dismiss' | null) => void;
  onRate: (rating: number | null) => void;
}) {
  const t = useText();
  return (
    <>
      {(['keep', 'dismiss'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          className={css.choice}
          aria-pressed={word.choice === choice}
          aria-keyshortcuts={keys ? (choice === 'keep' ? 's' : 'x') : undefined}
          onClick={() => onChoice(word.choice === choice ? null : choice)}
        >
          {t(`state.${choice}`)}
        </button>
      ))}
      <Stars value={word.rating} onRate={onRate} />
    </>
  );
}
