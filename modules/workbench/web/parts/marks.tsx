import { formatMoment, formatNumber } from '#shell/format';
import type { Decision, SavedQuery, TagColour, WorkbenchObject } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** A tag with its colour. */
export function TagMark({ name, colour }: { name: string; colour: string }) {
  return (
    <span className={css.tag} data-colour={colour}>
      {name}
    </span>
  );
}

/** The word for a colour. */
export function useColourWord(): (colour: TagColour) => string {
  const t = useText();
  return (colour) => t(`colour.${colour}`);
}

/** Stars as figures, for lists: mean and number of people. */
export function MeanRating({ rating, ratings }: { rating: number | null; ratings: number }) {
  const t = useText();
  if (rating === null) return null;
  const full = Math.round(rating);
  return (
    <span
      className={css.starsShown}
      role="img"
      aria-label={t('rating.mean', { value: formatNumber(rating, 1), count: ratings })}
    >
      {'★'.repeat(full)}
      {'☆'.repeat(5 - full)}
    </span>
  );
}

/** Five stars to press. */
export function Stars({ value, onRate }: { value: number | null; onRate: (rating: number | null) => void }) {
  const t = useText();
  return (
    <fieldset className={css.stars}>
      <legend className="visually-hidden">{t('rating.label')}</legend>
      {[1, 2, 3, 4, 5].map((n) => (
        <button
          key={n}
          type="button"
          aria-pressed={(value ?? 0) >= n}
          aria-label={t('rating.give', { n })}
          onClick={() => onRate(value === n ? null : n)}
        >
          <span aria-hidden="true">{(value ?? 0) >= n ? '★' : '☆'}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** Who decided what, when and why. */
export function Words({ decisions }: { decisions: readonly Decision[] }) {
  const t = useText();
  return (
    <ul className={css.words}>
      {decisions.map((d) => (
        <li key={`${d.person.id} ${d.settles}`}>
          <span className={css.mark} data-kind={d.choice ?? undefined}>
            {d.choice ? t(`choice.${d.choice}`) : t('choice.withdrawn')}
          </span>{' '}
          {d.person.name}
          {d.settles && ` · ${t('review.settles')}`}
          {d.rating !== null && ` · ${'★'.repeat(d.rating)}`}{' '}
          <span className={css.muted}>{formatMoment(d.at)}</span>
          {d.why && <span className={css.sub}>{d.why}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Who sees something: only oneself, an organisation, everybody, chosen people. */
export function ReachMark({
  of,
}: {
  of: Pick<WorkbenchObject, 'organisation' | 'public' | 'own' | 'owner'> &
    (Pick<WorkbenchObject, 'shares'> | Pick<SavedQuery, 'name'>);
}) {
  const t = useText();
  const shares = 'shares' in of ? of.shares.length : 0;
  return (
    <>
      {of.public && (
        <span className={css.mark} data-kind="public">
          {t('reach.public')}
        </span>
      )}
      {of.organisation && (
        <span className={css.mark}>{t('reach.organisation', { name: of.organisation.name })}</span>
      )}
      {shares > 0 && <span className={css.mark}>{t('reach.shared', { count: shares })}</span>}
      {!of.own && of.owner.name && <span>{t('reach.from', { name: of.owner.name })}</span>}
      {of.own && !of.public && !of.organisation && shares === 0 && <span>{t('reach.private')}</span>}
    </>
  );
}
