import { useQuery } from '@tanstack/react-query';
import { type Ref, useId, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { queryOf } from '#shell/query';
import { createTag, listTags, type Tag } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';

/** Tags that stand ready to be pressed; the others are found by their names. */
const READY = 12;

/** Puts tags on and takes them off: the ready ones by pressing, any by its name, a new one by a new name. */
export function TagField({
  on,
  field,
  onToggle,
  onLeave,
}: {
  /** Ids of those that are on. */
  on: readonly string[];
  /** The field of the name, for keys that lead there. */
  field?: Ref<HTMLInputElement>;
  onToggle: (tag: Tag, on: boolean) => void;
  /** Escape in the field. */
  onLeave?: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [name, setName] = useState('');
  const tags = useQuery(queryOf(listTags, {})).data?.tags ?? [];
  const worn = tags.filter((tag) => on.includes(tag.id));
  const ready = [...worn, ...tags.filter((tag) => !worn.includes(tag)).slice(0, READY - worn.length)];
  const put = async () => {
    if (name.trim() === '' || busy) return;
    const tag = await act(() => tagFor(name.trim(), tags));
    if (!tag) return;
    onToggle(tag, true);
    setName('');
  };
  return (
    <span className={css.tagField}>
      {ready.map((tag) => (
        <button
          key={tag.id}
          type="button"
          className={css.tag}
          data-colour={tag.colour}
          aria-pressed={on.includes(tag.id)}
          onClick={() => onToggle(tag, !on.includes(tag.id))}
        >
          {tag.name}
        </button>
      ))}
      <input
        ref={field}
        type="text"
        list={id}
        size={12}
        maxLength={40}
        value={name}
        aria-label={t('tagField.label')}
        placeholder={t('tagField.label')}
        onChange={(e) => setName(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') {
            e.preventDefault();
            void put();
          }
          // Leaves the field and not the window around it.
          if (e.key === 'Escape' && onLeave) {
            e.preventDefault();
            setName('');
            onLeave();
          }
        }}
      />
      <datalist id={id}>
        {tags.map((tag) => (
          <option key={tag.id} value={tag.name} />
        ))}
      </datalist>
      {name.trim() !== '' && (
        <button type="button" className={css.quiet} disabled={busy} onClick={() => void put()}>
          {t('tagField.put')}
        </button>
      )}
      {problem}
    </span>
  );
}

/** The tag of that name, own ones first, or a new one of one's own. */
async function tagFor(name: string, tags: readonly Tag[]): Promise<Tag> {
  const named = (list: readonly Tag[]) =>
    list.filter((tag) => tag.name.toLowerCase() === name.toLowerCase()).sort(ownFirst)[0];
  const known = named(tags);
  if (known) return known;
  try {
    return await call(createTag, { body: { name, colour: 'blue' } });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'workbench_name_taken')) throw error;
    const made = named((await call(listTags, {})).tags);
    if (!made) throw error;
    return made;
  }
}

const ownFirst = (a: Tag, b: Tag) => Number(a.organisation !== null) - Number(b.organisation !== null);
