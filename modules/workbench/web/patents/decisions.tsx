import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useAct } from '../parts/act.tsx';
import { ChooseCollection, useChoice } from '../parts/choose-collection.tsx';
import { collectionFor, type Place, rememberCollection } from '../parts/collections.ts';
import { useDoor } from '../parts/door.ts';
import { useKeys } from '../parts/use-keys.ts';
import { useText } from '../text.ts';
import { Deciding } from './deciding.tsx';
import { decisions, useWaiting } from './decisions-store.ts';
import css from './patents.module.css';
import { Unstored } from './unstored.tsx';

/** While records are read one after another: decides of them. First somebody says in which collection it is kept. */
export function Decisions({
  number,
  following,
  onNext,
}: {
  number: string | undefined;
  following: string | undefined;
  onNext: () => void;
}) {
  const t = useText();
  const { known, signedIn, enter } = useDoor();
  const [place, setPlace] = useState<Place | null>(null);
  const [choosing, setChoosing] = useState(false);
  const { steps, failure } = useWaiting();
  if (!known) return null;
  // Who was signed in goes on where the session ran out: the next decision asks to sign in again.
  if (!signedIn && !place) return <Button onClick={() => enter(() => {})}>{t('beside.reviewSignIn')}</Button>;
  const choose = (next: Place) => {
    // What could not be stored in the one before goes to the one that was chosen instead.
    if (place && failure !== null) decisions.move(place.id, next.id);
    rememberCollection(next.id);
    setPlace(next);
    setChoosing(false);
  };
  return (
    <div className={css.review}>
      {place && !choosing ? (
        <Deciding
          key={place.id}
          place={place}
          number={number}
          following={following}
          saving={failure === null ? steps.length : 0}
          onNext={onNext}
          onOther={() => setChoosing(true)}
        />
      ) : (
        <Choosing onChosen={choose} onCancel={place ? () => setChoosing(false) : undefined} />
      )}
      <Unstored onElsewhere={place && !choosing ? () => setChoosing(true) : undefined} />
    </div>
  );
}

/** Where decisions shall be kept. */
function Choosing({
  onChosen,
  onCancel,
}: {
  onChosen: (place: Place) => void;
  onCancel: (() => void) | undefined;
}) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const choice = useChoice();
  const box = useRef<HTMLDivElement>(null);
  const begin = async () => {
    const { chosen } = choice;
    if (!chosen || busy) return;
    const place = await act(() => collectionFor(chosen));
    if (!place) return;
    // The keys belong to the text again.
    box.current?.closest('dialog')?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    onChosen(place);
  };
  // Who decides before having chosen is led to the choice.
  const lead = () => box.current?.querySelector<HTMLElement>('select, input')?.focus();
  useKeys({ s: lead, x: lead, ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [String(n), lead])) }, box);
  return (
    <div ref={box}>
      <p className={css.where}>{t('review.choose')}</p>
      <div className={css.choosing}>
        <ChooseCollection choice={choice} onEnter={() => void begin()} />
        <Button type="primary" loading={busy} disabled={!choice.chosen} onClick={() => void begin()}>
          {t('review.begin')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
      </div>
      {problem}
    </div>
  );
}
