import { useText } from '../text.ts';
import { useFacetWords } from './facet-words.ts';
import css from './facets.module.css';
import type { Chosen } from './filter.ts';

/** What the result is narrowed to by facets, each taken away with one press. */
export function FilterChips({
  chosen,
  onChoose,
}: {
  chosen: readonly Chosen[];
  onChoose: (chosen: Chosen[]) => void;
}) {
  const t = useText();
  const word = useFacetWords();
  if (chosen.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={t('chip.label')}>
      {chosen.map((one) => {
        const name = t(`facet.${one.facet}`);
        const value = word(one.facet, one.value);
        const label = t(one.not ? 'chip.not' : 'chip.is', { name, value });
        return (
          <li key={`${one.facet} ${one.value}`} data-not={one.not}>
            {label}
            <button
              type="button"
              aria-label={t('chip.remove', { label })}
              title={t('chip.remove', { label })}
              onClick={() => onChoose(chosen.filter((c) => c !== one))}
            >
              <span aria-hidden="true">✕</span>
            </button>
          </li>
        );
      })}
      {chosen.length > 1 && (
        <li className={css.clear}>
          <button type="button" onClick={() => onChoose([])}>
            {t('chip.clear')}
          </button>
        </li>
      )}
    </ul>
  );
}
