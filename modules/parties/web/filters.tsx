import { useEffect, useId, useState } from 'react';
import { DateField, FieldRow, PlainButton, SelectField } from '#shell/components/fields.tsx';
import { usePageSearch } from '#shell/page-search';
import css from './parties.module.css';
import { PartiesSearch } from './search.ts';
import { useText } from './text.ts';
import type { AnyKind } from './words.ts';

/** Words, kind, state and date by which both lists are narrowed. */
export function PartyFilters({
  placeholder,
  kinds,
  uncoded,
  asOf,
}: {
  placeholder: string;
  kinds: readonly AnyKind[];
  /** Offers "without a code". */
  uncoded?: boolean;
  /** The date in force. */
  asOf: string | undefined;
}) {
  const t = useText();
  const id = useId();
  const [search, setSearch] = usePageSearch(PartiesSearch);
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => {
    setTyped(search.q ?? '');
  }, [search.q]);
  const states = uncoded ? (['exists', 'ended', 'uncoded'] as const) : (['exists', 'ended'] as const);
  return (
    <FieldRow label={t('list.filters')}>
      <span className={css.search}>
        <label htmlFor={id}>{t('list.search')}</label>
        <input
          id={id}
          type="search"
          placeholder={placeholder}
          value={typed}
          onChange={(e) => {
            setTyped(e.target.value);
            setSearch({ q: e.target.value || undefined });
          }}
        />
      </span>
      {asOf && (
        <DateField
          label={t('list.asOf')}
          value={search.asOf ?? asOf}
          min="1949-10-01"
          onChange={(day) => setSearch({ asOf: day })}
        />
      )}
      <SelectField
        label={t('list.kind')}
        value={search.kind}
        all={t('list.any')}
        choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => setSearch({ kind })}
      />
      <SelectField
        label={t('list.state')}
        value={search.state}
        all={t('list.any')}
        choices={states.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state) => setSearch({ state: state as PartiesSearch['state'] })}
      />
      {(search.q || search.kind || search.state || search.asOf) && (
        <PlainButton
          onClick={() => setSearch({ q: undefined, kind: undefined, state: undefined, asOf: undefined })}
        >
          {t('list.clear')}
        </PlainButton>
      )}
    </FieldRow>
  );
}
