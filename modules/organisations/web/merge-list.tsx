import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { formatMoment } from '#shell/format';
import { type OrganisationMerge, undoOrganisationMerge } from '../contract.ts';
import css from './organisations.module.css';
import { useRefresh } from './refresh.ts';
import { useText } from './text.ts';

/** Merges that were made, each with the way back. */
export function MergeList({ merges }: { merges: readonly OrganisationMerge[] }) {
  const t = useText();
  const refresh = useRefresh();
  const [asked, setAsked] = useState<OrganisationMerge | null>(null);
  return (
    <>
      <ol className={css.merges}>
        {merges.map((m) => (
          <li key={m.id} data-undone={m.undoneAt !== null}>
            <div>
              <Link to="/organisations/$id" params={{ id: m.loser.id }}>
                {m.loser.name}
              </Link>{' '}
              →{' '}
              <Link to="/organisations/$id" params={{ id: m.survivor.id }}>
                {m.survivor.name}
              </Link>
            </div>
            <div className={css.reasonLine}>{m.reason}</div>
            {m.adopted.length > 0 && (
              <div className={css.sub}>
                {t('merges.adopted', {
                  fields: m.adopted.map((f) => `${f.label} ${f.value}`).join(t('listComma')),
                })}
              </div>
            )}
            <div className={css.sub}>
              {formatMoment(m.at)} · {m.by}
            </div>
            {m.undoneAt && (
              <div className={css.sub}>
                {t('merges.undone', { at: formatMoment(m.undoneAt), by: m.undoneBy ?? '' })}
              </div>
            )}
            {m.abilities.undo && (
              <Button size="small" onClick={() => setAsked(m)}>
                {t('undo')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {asked && (
        <ConfirmDialog
          open
          title={t('undo.title')}
          action={t('undo')}
          onConfirm={async () => {
            await call(undoOrganisationMerge, { params: { id: asked.id } });
            await refresh();
          }}
          onClose={() => setAsked(null)}
        >
          <p>{t('undo.note', { loser: asked.loser.name, survivor: asked.survivor.name })}</p>
          <p className={css.sub}>{t('undo.links')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
