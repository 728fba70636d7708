import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { queryOf } from '#shell/query';
import {
  type Added,
  addItems,
  type Kept,
  listWatches,
  markRecords,
  type RecordMark,
  tagRecords,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { CollectDialog } from '../parts/collect-dialog.tsx';
import { lastCollection, type Place } from '../parts/collections.ts';
import { useDoor } from '../parts/door.ts';
import { TagField } from '../parts/tag-field.tsx';
import { sameWatch, WatchDialog } from '../parts/watch-dialog.tsx';
import { useText } from '../text.ts';
import css from './patents.module.css';
import { RecordItem } from './record-item.tsx';
import { AddedTo } from './selection.tsx';
import { Unstored } from './unstored.tsx';

/** Under the head of a record: what one's workbench holds of it, and everything that can be kept of it. */
export function Record({ number }: { number: string }) {
  const t = useText();
  const { known, signedIn, enter } = useDoor();
  if (!known) return null;
  if (!signedIn)
    return (
      <p className={`${css.visitor} no-print`}>
        <PlainButton onClick={() => enter(() => {})}>{t('beside.recordSignIn')}</PlainButton>
      </p>
    );
  return <OwnWorkbench number={number} />;
}

const markQuery = (number: string) =>
  queryOptions<RecordMark, ApiError>({
    queryKey: [markRecords.path, number],
    queryFn: async ({ signal }) => {
      const { marks } = await call(markRecords, { body: { numbers: [number] }, signal });
      return marks[0] ?? { number, tags: [], collections: [] };
    },
  });

function OwnWorkbench({ number }: { number: string }) {
  const t = useText();
  const { act, problem } = useAct();
  const marks = useQuery(markQuery(number));
  const [collecting, setCollecting] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [said, setSaid] = useState<{ place: Place; added: Added } | null>(null);
  const collections = marks.data?.collections ?? [];
  const opened = collections.find((one) => one.id === (picked ?? lastCollection())) ?? collections[0] ?? null;
  if (marks.error)
    return <ErrorPanel error={marks.error} what={t('beside.record')} onRetry={() => void marks.refetch()} />;
  return (
    <section className={`${css.record} no-print`} aria-label={t('beside.record')} aria-busy={!marks.data}>
      <span className={css.name}>{t('collections.title')}</span>
      <div className={css.line}>
        {collections.map((one) => (
          <button
            key={one.id}
            type="button"
            className={css.place}
            aria-pressed={one.id === opened?.id}
            onClick={() => setPicked(one.id)}
          >
            {one.name}
            {one.state && ` · ${t(`state.${one.state}`)}`}
          </button>
        ))}
        <Button size="small" onClick={() => setCollecting(true)}>
          {t('beside.add')}
        </Button>
        <span role="status" className={css.said}>
          {said && <AddedTo place={said.place} added={said.added} />}
        </span>
      </div>
      {marks.data && !opened && <p className={css.hint}>{t('beside.none')}</p>}
      {opened && <RecordItem key={opened.id} collection={opened.id} number={number} />}
      <span className={css.name}>{t('tags.title')}</span>
      <div className={css.line}>
        <TagField
          on={marks.data?.tags.map((tag) => tag.id) ?? []}
          onToggle={(tag, on) =>
            void act(() =>
              call(tagRecords, { params: { id: tag.id }, body: { numbers: [number], remove: !on } }),
            )
          }
        />
        {problem}
      </div>
      <span className={css.name}>{t('watches.title')}</span>
      <div className={css.line}>
        <RecordWatch number={number} />
      </div>
      <Unstored />
      {collecting && (
        <CollectDialog
          title={t('beside.addTitle', { count: 1 })}
          send={(id) => call(addItems, { params: { id }, body: { numbers: [number] } })}
          onDone={(place, added) => {
            setSaid({ place, added });
            setPicked(place.id);
          }}
          onClose={() => setCollecting(false)}
        />
      )}
    </section>
  );
}

/** Watches this one publication; its legal status is part of what an import may change. */
function RecordWatch({ number }: { number: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const list = useQuery(queryOf(listWatches, {}));
  const of: Kept = { q: `PN=${number}`, dialect: 'zc', filter: '' };
  const same = sameWatch(list.data?.watches, of);
  if (same)
    return (
      <Link to="/workbench/watches/$id" params={{ id: same.id }}>
        {t('beside.watching', { name: same.name })}
      </Link>
    );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('beside.watchRecord')}
      </Button>
      {open && (
        <WatchDialog
          title={t('beside.watchRecord')}
          note={t('beside.watchRecordHelp', { number })}
          name={number}
          of={of}
          onDone={() => setOpen(false)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
