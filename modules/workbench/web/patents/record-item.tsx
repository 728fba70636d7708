import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { StateMark } from '../collection/items.tsx';
import { ItemNote } from '../parts/item-note.tsx';
import { MeanRating } from '../parts/marks.tsx';
import { useText } from '../text.ts';
import { decisions, itemQuery, useWaiting } from './decisions-store.ts';
import { OwnWordField } from './own-word.tsx';
import css from './patents.module.css';
import { type Pending, withWaiting } from './queue.ts';

/** What a collection says of the record that is read: one's own word and rating, what holds, the note. */
export function RecordItem({ collection, number }: { collection: string; number: string }) {
  const t = useText();
  const { data, error, refetch } = useQuery(itemQuery(collection, number));
  const { steps } = useWaiting();
  if (error) return <ErrorPanel error={error} what={t('beside.record')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={2} />;
  const { object, item } = data;
  // Taken out meanwhile; the list of collections is being asked anew.
  if (!item) return null;
  const known = { choice: null, rating: null, tags: [] };
  const own = item.own && { ...known, choice: ownChoice(item.own.choice), rating: item.own.rating };
  const word = withWaiting(own ?? known, steps, collection, number);
  const say = (step: Pending['step']) => decisions.add({ collection, number, step });
  return (
    <>
      <span className={css.name}>{t('beside.word')}</span>
      <div className={css.line}>
        {object.abilities.edit && (
          <OwnWordField
            word={word}
            onChoice={(choice) => say({ choice })}
            onRate={(rating) => say({ rating })}
          />
        )}
        {item.decisions.some((d) => !d.own) && (
          <>
            <StateMark item={item} />
            <MeanRating rating={item.rating} ratings={item.ratings} />
          </>
        )}
        <Link to="/workbench/collections/$id" params={{ id: collection }} search={{ at: number } as never}>
          {t('beside.open', { name: object.name })}
        </Link>
      </div>
      {(object.abilities.edit || item.note) && (
        <>
          <span className={css.name}>{t('review.note')}</span>
          <div className={css.note}>
            <ItemNote item={item} edit={object.abilities.edit} collection={collection} bare />
          </div>
        </>
      )}
    </>
  );
}

/** Words of a collection are these two; a tree has others. */
export function ownChoice(choice: string | null): 'keep' | 'dismiss' | null {
  return choice === 'keep' || choice === 'dismiss' ? choice : null;
}
