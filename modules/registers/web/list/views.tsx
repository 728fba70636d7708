import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { TextField } from '#shell/components/fields.tsx';
import { keyOf, queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { deleteView, listViews, saveView } from '../../contract.ts';
import shared from '../registers.module.css';
import type { ListSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from './list.module.css';
import { queryText, viewSearch } from './narrowing.ts';

/** The list as it is narrowed now, kept under a name: for oneself, or for everybody who works with the register. */
export function Views({ register, search }: { register: string; search: ListSearch }) {
  const t = useText();
  const session = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [share, setShare] = useState(false);
  const params = { register };
  const views = useQuery({
    ...queryOf(listViews, { params }, { interactive: false }),
    enabled: session.signedIn,
  });
  const query = queryText(search, { order: true });
  const done = () => queries.invalidateQueries({ queryKey: keyOf(listViews) });
  const save = useMutation({
    mutationFn: () => call(saveView, { params, body: { name: name.trim(), query, shared: share } }),
    onSuccess: async () => {
      setName('');
      await done();
    },
  });
  const forget = useMutation({
    mutationFn: (view: string) => call(deleteView, { params: { register, id: view } }),
    onSuccess: done,
  });
  if (!session.signedIn) return null;
  const all = views.data?.views ?? [];
  const failure = save.error ?? forget.error;
  const replaced = all.some((v) => v.own && v.name === name.trim());

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) save.mutate();
  }
  return (
    <details className={css.fold}>
      <summary>
        {t('views.title')}
        {all.length > 0 && <span className={css.foldValue}>{all.length}</span>}
      </summary>
      <div className={css.panel}>
        {all.length === 0 ? (
          <p className={css.explain}>{t('views.empty')}</p>
        ) : (
          <ul className={css.views}>
            {all.map((view) => (
              <li key={view.id} data-current={view.query === query}>
                <Link to="." search={viewSearch(view.query) as never} replace>
                  {view.name}
                </Link>
                <span className={shared.muted}>
                  {view.own
                    ? t(view.shared ? 'views.ownShared' : 'views.own')
                    : t('views.by', { by: view.by })}
                </span>
                {view.own && (
                  <button
                    type="button"
                    className={shared.plain}
                    disabled={forget.isPending}
                    aria-label={t('views.deleteNamed', { name: view.name })}
                    onClick={() => forget.mutate(view.id)}
                  >
                    {t('views.delete')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
        <form className={css.saveView} onSubmit={onSubmit}>
          <TextField label={t('views.name')} size={26} maxLength={60} value={name} onChange={setName} />
          <label className={css.check}>
            <input type="checkbox" checked={share} onChange={(event) => setShare(event.target.checked)} />
            {t('views.share')}
          </label>
          <button type="submit" className={shared.action} disabled={!name.trim() || save.isPending}>
            {t(replaced ? 'views.replace' : 'views.save')}
          </button>
        </form>
        {failure && (
          <p role="alert" className={css.wrong}>
            {failure instanceof ApiError && failure.message ? failure.message : t('lost')}
          </p>
        )}
      </div>
    </details>
  );
}
