import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { formatMoment, formatNumber } from '#shell/format';
import type { CollectionItem, Tag } from '../../contract.ts';
import { ItemNote } from '../parts/item-note.tsx';
import { Stars, Words } from '../parts/marks.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { StateMark } from './items.tsx';
import type { Reviewing } from './use-review.ts';

/** One publication of a collection to be read and decided. */
export function ReviewPanel({
  item,
  place,
  edit,
  tags,
  collection,
  review,
  onStep,
  onClose,
}: {
  item: CollectionItem;
  place: { at: number; total: number };
  edit: boolean;
  tags: readonly Tag[];
  collection: string;
  review: Reviewing;
  onStep: (by: number) => void;
  onClose: () => void;
}) {
  const t = useText();
  const whyId = useId();
  const [why, setWhy] = useState('');
  const { hit, number } = item;
  const own = item.own?.choice ?? null;
  const decide = async (choice: 'keep' | 'dismiss', settles = false) => {
    const again = !settles && own === choice;
    if (await review.send({ choice: again ? null : choice, why, settles })) setWhy('');
  };
  return (
    <div className={css.panel}>
      <div className={css.sectionTools}>
        <span className={css.muted}>
          {t('review.place', { at: formatNumber(place.at), total: formatNumber(place.total) })}
        </span>
        <button type="button" className={css.quiet} disabled={place.at === 1} onClick={() => onStep(-1)}>
          ←<span className="visually-hidden"> k</span>
        </button>
        <button
          type="button"
          className={css.quiet}
          disabled={place.at >= place.total}
          onClick={() => onStep(1)}
        >
          →<span className="visually-hidden"> j</span>
        </button>
        <button type="button" className={css.quiet} onClick={onClose}>
          {t('close')}
        </button>
      </div>
      <h2>{hit?.title || number}</h2>
      <p className={css.itemFacts}>
        <Link to="/patents/$number" params={{ number }}>
          {number} · {t('review.open')}
        </Link>
        {hit && (
          <>
            <span>{hit.applicants.join('; ')}</span>
            <span>{hit.publicationDate}</span>
            <span>{hit.ipc.slice(0, 3).join(' ')}</span>
            <span>{t(`status.${hit.legalStatus}`)}</span>
          </>
        )}
        <StateMark item={item} />
      </p>
      {hit ? <p className={css.abstract}>{hit.abstract}</p> : <p className={css.muted}>{t('notInCorpus')}</p>}
      {review.problem}
      {edit && (
        <>
          <p className={css.keys}>{t('collection.keys')}</p>
          <div className={css.decide}>
            {(['keep', 'dismiss'] as const).map((choice) => (
              <button
                key={choice}
                type="button"
                className={css.choice}
                aria-pressed={own === choice}
                disabled={review.busy}
                onClick={() => void decide(choice)}
              >
                {t(`state.${choice}`)}
              </button>
            ))}
            <Stars value={item.own?.rating ?? null} onRate={(rating) => void review.send({ rating })} />
          </div>
          <div className={css.panelBlock}>
            <label htmlFor={whyId} className="visually-hidden">
              {t('review.why')}
            </label>
            <Input
              id={whyId}
              value={why}
              maxLength={2000}
              placeholder={t('review.why')}
              onChange={(e) => setWhy(e.target.value)}
            />
          </div>
        </>
      )}
      {(item.decisions.length > 1 || item.decisions.some((d) => !d.own)) && (
        <div className={css.panelBlock}>
          <h3>{t('review.words')}</h3>
          <Words decisions={item.decisions} />
          {edit && item.disputed && (
            <>
              <p className={css.keys}>{t('review.settleHelp')}</p>
              <div className={css.decide}>
                {(['keep', 'dismiss'] as const).map((choice) => (
                  <Button key={choice} disabled={review.busy} onClick={() => void decide(choice, true)}>
                    {t('review.settle', { choice: t(`state.${choice}`) })}
                  </Button>
                ))}
              </div>
            </>
          )}
        </div>
      )}
      {edit && tags.length > 0 && (
        <div className={css.panelBlock}>
          <h3>{t('review.tags')}</h3>
          <div className={css.itemFacts}>
            {tags.map((tag) => {
              const on = item.tags.some((mark) => mark.id === tag.id);
              return (
                <button
                  key={tag.id}
                  type="button"
                  className={css.tag}
                  data-colour={tag.colour}
                  aria-pressed={on}
                  onClick={() => void review.send(on ? { removeTags: [tag.id] } : { addTags: [tag.id] })}
                >
                  {tag.name}
                </button>
              );
            })}
          </div>
        </div>
      )}
      <ItemNote item={item} edit={edit} collection={collection} />
      {item.addedBy.name && (
        <p className={css.sub}>
          {t('review.added', { by: item.addedBy.name, at: formatMoment(item.addedAt) })}
        </p>
      )}
    </div>
  );
}
