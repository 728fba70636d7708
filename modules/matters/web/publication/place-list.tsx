import css from '../matters.module.css';
import { type Publication, useText } from '../text.ts';

/** What the rules mask, and as what. */
export function PlaceList({ places }: { places: NonNullable<Publication['proposal']>['masked'] }) {
  const t = useText();
  if (places.length === 0) return <p className={css.muted}>{t('publication.noneMasked')}</p>;
  return (
    <details className={css.dues}>
      <summary>{t('publication.maskedCount', { count: places.length })}</summary>
      <ul>
        {places.map(({ rule, was, is }) => (
          <li key={`${rule} ${was}`}>{t('publication.place', { rule: t(`mask.${rule}`), was, is })}</li>
        ))}
      </ul>
    </details>
  );
}
