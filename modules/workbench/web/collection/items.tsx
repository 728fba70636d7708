import { Button } from 'antd';
import { formatNumber } from '#shell/format';
import type { CollectionItem } from '../../contract.ts';
import { HitLine } from '../parts/hit-line.tsx';
import { MeanRating, TagMark } from '../parts/marks.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import type { ItemList } from './use-items.ts';

/** The list of a collection; a press opens one beside it. */
export function Items({
  list,
  total,
  current,
  picked,
  onPick,
  onOpen,
}: {
  list: ItemList;
  total: number;
  current: string | undefined;
  /** Null: nothing can be chosen. */
  picked: readonly string[] | null;
  onPick: (picked: readonly string[]) => void;
  onOpen: (number: string) => void;
}) {
  const t = useText();
  const { items } = list;
  return (
    <div>
      <ul className={css.items}>
        {items.map((item) => (
          <li
            key={item.number}
            data-number={item.number}
            data-current={item.number === current}
            className={picked ? css.item : `${css.item} ${css.itemPlain}`}
          >
            {picked && (
              <input
                type="checkbox"
                aria-label={t('collection.pick', { number: item.number })}
                checked={picked.includes(item.number)}
                onChange={(e) =>
                  onPick(
                    e.target.checked ? [...picked, item.number] : picked.filter((n) => n !== item.number),
                  )
                }
              />
            )}
            <div>
              <HitLine number={item.number} hit={item.hit}>
                <StateMark item={item} />
                <MeanRating rating={item.rating} ratings={item.ratings} />
                {item.tags.map((tag) => (
                  <TagMark key={tag.id} name={tag.name} colour={tag.colour} />
                ))}
                <button type="button" className={css.quiet} onClick={() => onOpen(item.number)}>
                  {t('collection.review')}
                </button>
              </HitLine>
              {item.note && <p className={css.itemNote}>{item.note}</p>}
            </div>
          </li>
        ))}
      </ul>
      {list.more && (
        <div className={css.foot}>
          <Button onClick={list.loadMore} loading={list.loading}>
            {t('more')}
          </Button>{' '}
          <span className={css.muted}>
            {formatNumber(items.length)} / {formatNumber(total)}
          </span>
        </div>
      )}
    </div>
  );
}

/** What holds of an item, and whether people differ. */
export function StateMark({ item }: { item: Pick<CollectionItem, 'state' | 'disputed' | 'settled'> }) {
  const t = useText();
  return (
    <>
      {item.state && (
        <span className={css.mark} data-kind={item.state}>
          {t(`state.${item.state}`)}
        </span>
      )}
      {item.disputed && (
        <span className={css.mark} data-kind="disputed">
          {t('state.disputed')}
        </span>
      )}
      {item.settled && !item.disputed && <span className={css.mark}>{t('state.settled')}</span>}
    </>
  );
}
