import { useRegions } from '#shell/regions';
import type { FacetView, RegisterView } from '../../contract.ts';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from './list.module.css';
import { allChosen, toggled, WIDE } from './narrowing.ts';

/** What the list is narrowed to, each taken away with one press. */
export function Chips({
  register,
  facets,
  search,
  onChange,
}: {
  register: RegisterView;
  facets: readonly FacetView[];
  search: ListSearch;
  onChange: (change: Partial<ListSearch>) => void;
}) {
  const t = useText();
  const regions = useRegions();
  const chips: { key: string; label: string; without: Partial<ListSearch> }[] = [];
  if (search.q)
    chips.push({
      key: 'q',
      label: t('chip.q', { q: search.q }),
      without: { q: undefined, page: undefined },
    });
  if (search.due !== undefined)
    chips.push({
      key: 'due',
      label: t('chip.due', { days: search.due }),
      without: { due: undefined, page: undefined },
    });
  for (const { field, value } of allChosen(search)) {
    const facet = facets.find((f) => f.field === field);
    const found = facet?.values.find((v) => v.value === value);
    // A value that no entry has under the other conditions is not among the facets: its word comes from the declaration.
    const declared = register.fields.find((f) => f.key === field);
    const choices = declared?.choices ?? declared?.items[0]?.choices;
    const choice = choices?.find((c) => c.value === value)?.label;
    const word =
      found?.label ||
      choice ||
      (value === '' ? t('facet.none') : field === 'region' ? regions.nameOf(value) : value);
    chips.push({
      key: `${field} ${value}`,
      label: facet ? t('chip.facet', { field: facet.label, value: word }) : word,
      without: toggled(search, field, value),
    });
  }
  if (chips.length === 0) return null;
  return (
    <ul className={`${css.chips} no-print`} aria-label={t('chip.label')}>
      {chips.map((chip) => (
        <li key={chip.key}>
          {chip.label}
          <button
            type="button"
            aria-label={t('chip.remove', { label: chip.label })}
            onClick={() => onChange(chip.without)}
          >
            ✕
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li className={css.clearAll}>
          <button type="button" onClick={() => onChange(WIDE)}>
            {t('chip.clear')}
          </button>
        </li>
      )}
    </ul>
  );
}
