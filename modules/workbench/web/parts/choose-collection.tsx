import { Input } from 'antd';
import { useId, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { useText } from '../text.ts';
import { lastCollection, type Place, useCollections } from './collections.ts';

/** In the list of collections: a new one. No id looks like it. */
const NEW = 'new';

/** What is chosen: a collection, the name of a new one, or nothing yet. */
export type Chosen = Place | { name: string } | null;

/** What is chosen at the moment, for {@link ChooseCollection}. */
export function useChoice() {
  const { list, mine } = useCollections();
  const [picked, setPicked] = useState<string | null>(null);
  const [name, setName] = useState('');
  const offered = mine.find((one) => one.id === lastCollection()) ?? mine[0];
  const value = picked ?? (list.data ? (offered?.id ?? NEW) : '');
  const place = mine.find((one) => one.id === value);
  const chosen: Chosen = value === NEW ? (name.trim() === '' ? null : { name }) : (place ?? null);
  return {
    list,
    mine,
    name,
    setName,
    setPicked,
    // One that is there no more is not silently replaced by another.
    value: value === NEW || place ? value : '',
    chosen,
    /** Own one with the name of the new one: it will be taken instead. */
    same: value === NEW && mine.some((one) => one.own && one.name === name.trim()),
    /** Makes the person choose anew. */
    clear: () => setPicked(''),
  };
}

/** Chooses a collection of those that may be changed, or names a new one. */
export function ChooseCollection({
  choice,
  onEnter,
}: {
  choice: ReturnType<typeof useChoice>;
  /** Enter in the field of the name. */
  onEnter: () => void;
}) {
  const t = useText();
  const id = useId();
  const { list, mine, value } = choice;
  if (list.error)
    return (
      <ErrorPanel error={list.error} what={t('collections.title')} onRetry={() => void list.refetch()} />
    );
  if (!list.data) return <Skeleton rows={2} />;
  return (
    <>
      {mine.length > 0 && (
        <div>
          <label htmlFor={`${id}-place`}>{t('collections.title')}</label>
          <select id={`${id}-place`} value={value} onChange={(e) => choice.setPicked(e.target.value)}>
            {value === '' && <option value="">{t('watch.choose')}</option>}
            {mine.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name} · {t('objects.items', { count: formatNumber(one.size) })}
                {!one.own && one.owner.name && ` · ${t('reach.from', { name: one.owner.name })}`}
              </option>
            ))}
            <option value={NEW}>{t('collections.new')}</option>
          </select>
        </div>
      )}
      {value === NEW && (
        <div>
          <label htmlFor={`${id}-name`}>{t('choose.name')}</label>
          <small>{t(choice.same ? 'choose.same' : 'choose.private')}</small>
          <Input
            id={`${id}-name`}
            value={choice.name}
            maxLength={100}
            onChange={(e) => choice.setName(e.target.value)}
            onPressEnter={onEnter}
          />
        </div>
      )}
    </>
  );
}
