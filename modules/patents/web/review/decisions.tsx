import type { ReviewActions } from '../slots.ts';
import { useText } from '../text.ts';
import css from './review.module.css';

/** Keep, dismiss, rate and tag the record that is being read. */
export function Decisions({
  number,
  review,
  onNext,
}: {
  number: string;
  review: ReviewActions;
  onNext: () => void;
}) {
  const t = useText();
  const mark = review.markOf(number);
  const decide = (kept: boolean) => {
    review.mark(number, { kept: mark.kept === kept ? null : kept });
    if (mark.kept !== kept) onNext();
  };
  return (
    <span className={css.decisions}>
      <button type="button" aria-pressed={mark.kept === true} onClick={() => decide(true)}>
        {t('review.keep')}
      </button>
      <button type="button" aria-pressed={mark.kept === false} onClick={() => decide(false)}>
        {t('review.dismiss')}
      </button>
      <fieldset className={css.rating}>
        <legend className="visually-hidden">{t('review.rate')}</legend>
        {[1, 2, 3, 4, 5].map((n) => (
          <button
            key={n}
            type="button"
            aria-pressed={mark.rating >= n}
            aria-label={t('review.rateAs', { count: n })}
            onClick={() => review.mark(number, { rating: mark.rating === n ? 0 : n })}
          >
            <span aria-hidden="true">{mark.rating >= n ? '★' : '☆'}</span>
          </button>
        ))}
      </fieldset>
      {review.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          aria-pressed={mark.tags.includes(tag)}
          onClick={() =>
            review.mark(number, {
              tags: mark.tags.includes(tag) ? mark.tags.filter((one) => one !== tag) : [...mark.tags, tag],
            })
          }
        >
          {tag}
        </button>
      ))}
    </span>
  );
}
