import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { formatNumber } from '#shell/format';
import { type Added, addItems } from '../../contract.ts';
import { CollectDialog } from '../parts/collect-dialog.tsx';
import type { Place } from '../parts/collections.ts';
import { useDoor } from '../parts/door.ts';
import { useText } from '../text.ts';
import css from './patents.module.css';

/** In the bar of the selection: puts the ticked publications into a collection. */
export function Selection({ numbers }: { numbers: readonly string[] }) {
  const t = useText();
  const { signedIn, enter } = useDoor();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<{ place: Place; added: Added; of: readonly string[] } | null>(null);
  return (
    <>
      <Button onClick={() => enter(() => setOpen(true))}>
        {t(signedIn ? 'beside.add' : 'beside.addSignIn')}
      </Button>
      <span role="status" className={css.said}>
        {said?.of === numbers && <AddedTo place={said.place} added={said.added} />}
      </span>
      {open && (
        <CollectDialog
          title={t('beside.addTitle', { count: formatNumber(numbers.length) })}
          send={(id) => call(addItems, { params: { id }, body: { numbers: [...numbers] } })}
          onDone={(place, added) => setSaid({ place, added, of: numbers })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** What became of publications that were added, and the way to the collection. */
export function AddedTo({ place, added }: { place: Place; added: Added }) {
  const t = useText();
  return (
    <>
      {t('beside.added', { added: formatNumber(added.added), already: formatNumber(added.already) })}{' '}
      <Link to="/workbench/collections/$id" params={{ id: place.id }}>
        {t('beside.open', { name: place.name })}
      </Link>
    </>
  );
}
