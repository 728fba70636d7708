import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { PatentQuery } from '#modules/patents/contract';
import { call } from '#shell/api';
import { PlainButton } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { addResult, type Kept, LIMITS, listQueries } from '../../contract.ts';
import { Adding } from '../parts/adding.tsx';
import { CollectDialog } from '../parts/collect-dialog.tsx';
import { useDoor } from '../parts/door.ts';
import { QueryDialog } from '../parts/query-dialog.tsx';
import { WatchDialog } from '../parts/watch-dialog.tsx';
import { useText } from '../text.ts';
import css from './patents.module.css';
import { Unstored } from './unstored.tsx';

type Open = 'save' | 'watch' | 'collect';

/** Under the totals of a result: saves its query, watches it, puts all of it into a collection. */
export function Result({ query, total }: { query: PatentQuery; total: number }) {
  const t = useText();
  const { signedIn, enter } = useDoor();
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState<{ what: ReactNode; of: string | null } | null>(null);
  const of: Kept = { q: query.q ?? '', dialect: query.dialect ?? null, filter: query.filter ?? '' };
  const asked = `${of.q} ${of.filter}`;
  const say = (what: ReactNode) => setSaid({ what, of: asked });
  // Everything can be neither saved nor watched.
  if (of.q.trim() === '' && of.filter === '') return <Unstored />;
  const button = (which: Open, label: string) => (
    <PlainButton
      onClick={() =>
        enter(() => {
          setSaid(null);
          setOpen(which);
        })
      }
    >
      {label}
    </PlainButton>
  );
  const close = () => setOpen(null);
  return (
    <>
      <div className={`${css.result} no-print`}>
        {!signedIn && <span className={css.muted}>{t('beside.afterSignIn')}</span>}
        {button('save', t('beside.save'))}
        {button('watch', t('beside.watch'))}
        {total > 0 && button('collect', t('beside.addAll'))}
        <span role="status" className={css.said}>
          {/* What was said of a query goes with it; the work that goes on stays in sight. */}
          {said && (said.of === null || said.of === asked) && said.what}
        </span>
      </div>
      <Unstored />
      {open === 'save' && <SaveDialog of={of} onSaid={say} onClose={close} />}
      {open === 'watch' && (
        <WatchDialog
          title={t('beside.watch')}
          note={t('watch.begins')}
          name={of.q || of.filter}
          of={of}
          onDone={(watch) =>
            say(
              <Link to="/workbench/watches/$id" params={{ id: watch.id }}>
                {t('beside.watching', { name: watch.name })}
              </Link>,
            )
          }
          onClose={close}
        />
      )}
      {open === 'collect' && (
        <CollectDialog
          title={t('beside.addAllTitle', { count: formatNumber(total) })}
          note={t(query.group ? 'beside.addFamilies' : 'beside.addHelp', {
            most: formatNumber(LIMITS.items),
          })}
          send={(id) => call(addResult, { params: { id }, body: of })}
          onDone={(place, begun) =>
            setSaid({
              of: null,
              what: (
                <>
                  <Adding job={{ id: begun.job, total: begun.total }} />{' '}
                  <Link to="/workbench/collections/$id" params={{ id: place.id }}>
                    {t('beside.open', { name: place.name })}
                  </Link>
                </>
              ),
            })
          }
          onClose={close}
        />
      )}
    </>
  );
}

function SaveDialog({
  of,
  onSaid,
  onClose,
}: {
  of: Kept;
  onSaid: (said: ReactNode) => void;
  onClose: () => void;
}) {
  const t = useText();
  const list = useQuery(queryOf(listQueries, {}));
  return (
    <QueryDialog
      given={of}
      organisations={list.data?.organisations ?? []}
      publish={list.data?.publish ?? false}
      onDone={(saved) => onSaid(t('beside.saved', { name: saved.name }))}
      onClose={onClose}
    />
  );
}
