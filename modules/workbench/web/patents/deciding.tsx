import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queries } from '#shell/query';
import { StateMark } from '../collection/items.tsx';
import type { Place } from '../parts/collections.ts';
import { TagField } from '../parts/tag-field.tsx';
import { useKeys } from '../parts/use-keys.ts';
import { useText } from '../text.ts';
import shared from '../workbench.module.css';
import { decisions, itemQuery, useWaiting } from './decisions-store.ts';
import { OwnWordField } from './own-word.tsx';
import css from './patents.module.css';
import { type Pending, withWaiting } from './queue.ts';
import { ownChoice } from './record-item.tsx';

const NOTHING = { choice: null, rating: null, tags: [] };

/**
 * Decides of the record that is read, by keys or by pressing: s keeps, x dismisses, 1 to 5 rate and 0 takes the rating back,
 * t leads to the tags. Reading goes on at once; decisions are stored one after another.
 */
export function Deciding({
  place,
  number,
  following,
  saving,
  onNext,
  onOther,
}: {
  place: Place;
  number: string | undefined;
  following: string | undefined;
  /** Decisions that are being stored. */
  saving: number;
  onNext: () => void;
  /** Wants another collection. */
  onOther: () => void;
}) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const { steps } = useWaiting();
  const { data } = useQuery({ ...itemQuery(place.id, number ?? ''), enabled: number !== undefined });
  useEffect(() => {
    if (following) void queries.prefetchQuery(itemQuery(place.id, following));
  }, [following, place.id]);
  const item = data?.item ?? null;
  const word = withWaiting(
    item
      ? {
          choice: ownChoice(item.own?.choice ?? null),
          rating: item.own?.rating ?? null,
          tags: item.tags.map((tag) => tag.id),
        }
      : NOTHING,
    steps,
    place.id,
    number ?? '',
  );
  const say = (step: Pending['step']) => {
    if (number) decisions.add({ collection: place.id, number, step });
  };
  const choose = (choice: 'keep' | 'dismiss' | null) => {
    // Of a record that is not there yet nothing can be said, and nobody may be led past it.
    if (!number) return;
    say({ choice });
    if (choice !== null) onNext();
  };
  const key = (choice: 'keep' | 'dismiss') => () => choose(word.choice === choice ? null : choice);
  useKeys(
    {
      s: key('keep'),
      x: key('dismiss'),
      t: () => tagField.current?.focus(),
      ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [String(n), () => say({ rating: n })])),
      0: () => say({ rating: null }),
    },
    box,
  );
  return (
    <div ref={box}>
      <p className={css.where}>
        {t('review.keptIn')}{' '}
        <a href={`/workbench/collections/${place.id}`} target="_blank" rel="noreferrer">
          {place.name}
        </a>
        <button type="button" className={shared.quiet} onClick={onOther}>
          {t('review.other')}
        </button>
        <span role="status" className={css.muted}>
          {saving > 0 ? t('review.saving', { count: saving }) : ''}
        </span>
      </p>
      <div className={css.line}>
        <OwnWordField word={word} keys onChoice={choose} onRate={(rating) => say({ rating })} />
        {item?.decisions.some((d) => !d.own) && <StateMark item={item} />}
        <TagField
          on={word.tags}
          field={tagField}
          onToggle={(tag, on) => say(on ? { addTags: [tag.id] } : { removeTags: [tag.id] })}
          onLeave={() =>
            box.current?.closest('dialog')?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
          }
        />
        <span className={css.keys}>{t('review.keys')}</span>
      </div>
    </div>
  );
}
