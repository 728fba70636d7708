import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { call } from '#shell/api';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { deleteObject, listObjects, type WorkbenchObject } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { AskDelete } from './ask.tsx';
import { ReachMark } from './marks.tsx';
import { ObjectDialog } from './object-dialog.tsx';
import { ShareDialog } from './share-dialog.tsx';

/** Head of a collection or tree: name, note, who sees it, and what its keepers may do with the whole of it. */
export function ObjectHead({ object, children }: { object: WorkbenchObject; children?: ReactNode }) {
  const t = useText();
  const navigate = useNavigate();
  const { signedIn } = useSession();
  const [open, setOpen] = useState<'edit' | 'share' | 'delete' | null>(null);
  const { manage } = object.abilities;
  const mine = useQuery({ ...queryOf(listObjects, {}), enabled: signedIn && manage });
  return (
    <>
      <PageHeader
        title={object.name}
        before={signedIn ? <Link to="/workbench">{t('back')}</Link> : undefined}
        subtitle={
          <>
            {object.note && <span className={css.itemNote}>{object.note}</span>}
            <span className={css.itemFacts}>
              <ReachMark of={object} />
              <span>{t('changedAt', { at: formatMoment(object.updatedAt), by: object.updatedBy })}</span>
            </span>
          </>
        }
        actions={
          <>
            {children}
            {manage && (
              <>
                <Button onClick={() => setOpen('edit')}>{t('collection.settings')}</Button>
                <Button onClick={() => setOpen('share')}>{t('objects.share')}</Button>
                <Button danger onClick={() => setOpen('delete')}>
                  {t('delete')}
                </Button>
              </>
            )}
          </>
        }
      />
      {open === 'edit' && mine.data && (
        <ObjectDialog
          kind={object.kind}
          object={object}
          organisations={mine.data.organisations}
          publish={mine.data.publish}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'share' && <ShareDialog object={object} onClose={() => setOpen(null)} />}
      {open === 'delete' && (
        <AskDelete
          title={t('delete')}
          text={t('objects.deleteText', { name: object.name })}
          onConfirm={async () => {
            await call(deleteObject, { params: { id: object.id }, query: { version: object.version } });
            await navigate({ to: '/workbench' });
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
