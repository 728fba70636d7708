import { Button } from 'antd';
import { type FormEvent, type RefObject, useEffect, useId, useState } from 'react';
import { SelectField } from '#shell/components/fields.tsx';
import type { PatentSearch } from '../address.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { asStatus, asType, STATUSES, TYPES, useStatusWord, useTypeWord } from '../words.ts';
import { SpanEndField } from './day-field.tsx';
import css from './search.module.css';
import type { ChangeSearch } from './use-search.ts';

/** What is typed and not yet searched. Null: a date that cannot be read. */
interface Draft {
  q: string;
  applicant: string;
  ipc: string;
  from: string | null;
  to: string | null;
}

const typedIn = (search: PatentSearch): Draft => ({
  q: search.q ?? '',
  applicant: search.applicant ?? '',
  ipc: search.ipc ?? '',
  from: search.from ?? '',
  to: search.to ?? '',
});

/** The search box and the fields below it. Lists search at once; what is typed does so by Enter, the button, or leaving the field. */
export function SearchForm({
  search,
  box,
  folded,
  onChange,
  onEnterResults,
}: {
  search: PatentSearch;
  /** The search box, for the key `/`. */
  box: RefObject<HTMLInputElement | null>;
  /** On narrow screens the fields below the box are folded away. */
  folded: boolean;
  onChange: ChangeSearch;
  /** The arrow down leads from the box to the results. */
  onEnterResults: () => void;
}) {
  const t = useText();
  const id = useId();
  const [draft, setDraft] = useState(() => typedIn(search));
  const { q, applicant, ipc, from, to } = search;
  useEffect(() => setDraft(typedIn({ q, applicant, ipc, from, to })), [q, applicant, ipc, from, to]);

  function commit(event?: FormEvent) {
    event?.preventDefault();
    if (draft.from === null || draft.to === null) return;
    const next = {
      q: draft.q.trim() || undefined,
      applicant: draft.applicant.trim() || undefined,
      ipc: draft.ipc.trim() || undefined,
      from: draft.from || undefined,
      to: draft.to || undefined,
    };
    const names = Object.keys(next) as (keyof typeof next)[];
    if (names.some((name) => next[name] !== search[name])) onChange(next);
  }

  const fields = (
    <div className={css.fields}>
      <span className={css.field}>
        <label htmlFor={`${id}-applicant`}>{t('search.applicant')}</label>
        <input
          id={`${id}-applicant`}
          type="text"
          value={draft.applicant}
          maxLength={200}
          size={16}
          placeholder={t('search.organisation')}
          autoComplete="off"
          onChange={(event) => setDraft({ ...draft, applicant: event.target.value })}
          onBlur={() => commit()}
        />
      </span>
      <span className={css.field}>
        <label htmlFor={`${id}-ipc`}>{t('search.ipc')}</label>
        <input
          id={`${id}-ipc`}
          type="text"
          size={10}
          value={draft.ipc}
          maxLength={40}
          placeholder="A47L 1/03"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setDraft({ ...draft, ipc: event.target.value })}
          onBlur={() => commit()}
        />
      </span>
      <fieldset className={css.field}>
        <legend className="visually-hidden">{t('search.published')}</legend>
        <span aria-hidden="true" className={css.fieldName}>
          {t('search.published')}
        </span>
        <SpanEndField
          end="from"
          value={search.from ?? ''}
          onRead={(day) => setDraft({ ...draft, from: day })}
          onCommit={commit}
        />
        <span aria-hidden="true">–</span>
        <SpanEndField
          end="to"
          value={search.to ?? ''}
          onRead={(day) => setDraft({ ...draft, to: day })}
          onCommit={commit}
        />
      </fieldset>
      <Lists search={search} onChange={onChange} />
    </div>
  );

  return (
    <search>
      <form className={css.form} onSubmit={commit}>
        <div className={css.boxRow}>
          <label htmlFor={`${id}-q`} className="visually-hidden">
            {t('search.box')}
          </label>
          <input
            id={`${id}-q`}
            ref={box}
            type="search"
            className={css.box}
            value={draft.q}
            maxLength={1000}
            placeholder={t('search.placeholder')}
            aria-describedby={`${id}-help`}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            onChange={(event) => setDraft({ ...draft, q: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              onEnterResults();
            }}
          />
          <Button type="primary" htmlType="submit" size="large">
            {t('search.submit')}
          </Button>
        </div>
        <p id={`${id}-help`} className={css.help}>
          {t('search.help')}
        </p>
        {folded ? (
          <details className={css.foldedFields}>
            <summary>{t('search.more')}</summary>
            {fields}
          </details>
        ) : (
          fields
        )}
      </form>
    </search>
  );
}

function Lists({ search, onChange }: { search: PatentSearch; onChange: ChangeSearch }) {
  const t = useText();
  const regions = useRegions();
  const typeWord = useTypeWord();
  const statusWord = useStatusWord();
  const { region } = search;
  const known = region === undefined || regions.choices.some((c) => c.value === region);
  return (
    <>
      <SelectField
        label={t('search.region')}
        value={region}
        all={t('search.anyRegion')}
        choices={known ? regions.choices : [...regions.choices, { value: region, label: region }]}
        onChange={(value) => onChange({ region: value })}
      />
      <SelectField
        label={t('search.type')}
        value={search.type}
        all={t('search.anyType')}
        choices={TYPES.map((value) => ({ value, label: typeWord(value) }))}
        onChange={(value) => onChange({ type: asType(value ?? '') ?? undefined })}
      />
      <SelectField
        label={t('search.status')}
        value={search.status}
        all={t('search.anyStatus')}
        choices={STATUSES.map((value) => ({ value, label: statusWord(value) }))}
        onChange={(value) => onChange({ status: asStatus(value ?? '') ?? undefined })}
      />
    </>
  );
}
