import { FieldRow, SelectField, Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import type { ItemFilter, Person, Tag } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

const STATES = ['keep', 'dismiss', 'undecided', 'disputed'] as const;

/** Narrows a collection by state, rating, tag and person; states show how many there are. */
export function Filters({
  filter,
  counts,
  people,
  tags,
  onChange,
}: {
  filter: ItemFilter;
  counts: Record<(typeof STATES)[number] | 'all', number>;
  people: readonly Person[];
  tags: readonly Tag[];
  onChange: (change: ItemFilter) => void;
}) {
  const t = useText();
  return (
    <div className={css.filters}>
      <FieldRow label={t('filter.label')}>
        <ToggleGroup>
          <Toggle pressed={filter.state === undefined} onChange={() => onChange({ state: undefined })}>
            {t('filter.all')} {formatNumber(counts.all)}
          </Toggle>
          {STATES.map((state) => (
            <Toggle
              key={state}
              pressed={filter.state === state}
              onChange={(on) => onChange({ state: on ? state : undefined })}
            >
              {t(`state.${state}`)} {formatNumber(counts[state])}
            </Toggle>
          ))}
        </ToggleGroup>
        <SelectField
          label={t('filter.rating')}
          all={t('filter.all')}
          value={filter.rating === undefined ? undefined : String(filter.rating)}
          choices={[1, 2, 3, 4, 5].map((n) => ({
            value: String(n),
            label: t('filter.ratingAtLeast', { n }),
          }))}
          onChange={(value) => onChange({ rating: value === undefined ? undefined : Number(value) })}
        />
        {tags.length > 0 && (
          <SelectField
            label={t('filter.tag')}
            all={t('filter.all')}
            value={filter.tag}
            choices={tags.map((tag) => ({ value: tag.id, label: tag.name }))}
            onChange={(tag) => onChange({ tag })}
          />
        )}
        {people.length > 1 && (
          <SelectField
            label={t('filter.person')}
            all={t('filter.all')}
            value={filter.person}
            choices={people.map((p) => ({ value: p.id, label: p.name }))}
            onChange={(person) => onChange({ person })}
          />
        )}
      </FieldRow>
    </div>
  );
}
