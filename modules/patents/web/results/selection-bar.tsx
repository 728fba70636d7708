import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useContext } from 'react';
import { formatNumber } from '#shell/format';
import type { PatentHit } from '../../contract/search.ts';
import { CopyButton } from '../copy-button.tsx';
import { PatentSlots } from '../slots.ts';
import { useText } from '../text.ts';
import { setSelection, tick, useSelection } from './selection.ts';
import css from './selection-bar.module.css';

/** Most numbers that a query is made of. */
const MOST_SHOWN = 200;

/** What is ticked, over all pages, and what can be done with it. */
export function SelectionBar({
  hits,
  onExport,
}: {
  hits: readonly PatentHit[];
  /** Wants a file of the ticked publications. */
  onExport: (numbers: readonly string[]) => void;
}) {
  const t = useText();
  const selected = useSelection();
  const { Selection } = useContext(PatentSlots);
  const here = hits.map((hit) => hit.publicationNumber);
  const all = here.length > 0 && here.every((n) => selected.includes(n));
  const some = here.some((n) => selected.includes(n));
  return (
    <div className={`${css.bar} no-print`} data-some={selected.length > 0}>
      <label className={css.all}>
        <input
          type="checkbox"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some && !all;
          }}
          onChange={(event) => tick(here, event.target.checked)}
        />
        {t('selection.page')}
      </label>
      <span role="status">
        {selected.length > 0 &&
          t('selection.count', { count: selected.length, total: formatNumber(selected.length) })}
      </span>
      {selected.length > 0 && (
        <>
          <CopyButton
            text={selected.join('\n')}
            label={t('selection.copy')}
            done={t('selection.copied', { count: selected.length, total: formatNumber(selected.length) })}
          />
          <Button onClick={() => onExport(selected)}>{t('export.open')}</Button>
          {selected.length <= MOST_SHOWN && (
            <Link to="/patents" search={{ q: `PN=(${selected.join(' OR ')})` } as never}>
              {t('selection.show')}
            </Link>
          )}
          {Selection && <Selection numbers={selected} />}
          <button type="button" className={css.clear} onClick={() => setSelection([])}>
            {t('selection.clear')}
          </button>
        </>
      )}
    </div>
  );
}
