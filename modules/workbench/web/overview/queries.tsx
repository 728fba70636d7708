import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { queryOf } from '#shell/query';
import { deleteQuery, listQueries, queryFeed, type SavedQuery } from '../../contract.ts';
import { AskDelete } from '../parts/ask.tsx';
import { ReachMark } from '../parts/marks.tsx';
import { QueryDialog } from '../parts/query-dialog.tsx';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { Section } from './section.tsx';

/** Queries under names, own ones and those of the organisation. */
export function Queries() {
  const t = useText();
  const list = useQuery(queryOf(listQueries, {}));
  const [open, setOpen] = useState<SavedQuery | 'new' | null>(null);
  const [dropping, setDropping] = useState<SavedQuery | null>(null);
  const queries = list.data?.queries ?? [];
  return (
    <Section
      title={t('queries.title')}
      list={list}
      empty={list.data && queries.length === 0 ? t('queries.empty') : undefined}
      tools={<Button onClick={() => setOpen('new')}>{t('queries.new')}</Button>}
    >
      <ul className={css.rows}>
        {queries.map((query) => (
          <li key={query.id} className={css.row}>
            <span className={css.rowMain}>
              <Link
                to="/patents"
                search={{ q: query.q || undefined, filter: query.filter || undefined } as never}
              >
                @{query.name}
              </Link>
              <span className={css.sub}>{query.note || query.reading}</span>
            </span>
            <span className={css.rowSide}>
              <ReachMark of={query} />
              <Link
                to="/workbench/watches/new"
                search={{ kind: 'saved', saved: query.id, name: query.name } as never}
              >
                {t('queries.watch')}
              </Link>
              {query.public && <a href={queryFeed.path.replace(':id', query.id)}>{t('queries.rss')}</a>}
              {query.abilities.change && (
                <>
                  <button type="button" className={css.quiet} onClick={() => setOpen(query)}>
                    {t('queries.edit')}
                  </button>
                  <button type="button" className={css.quiet} onClick={() => setDropping(query)}>
                    {t('delete')}
                  </button>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {open && list.data && (
        <QueryDialog
          query={open === 'new' ? undefined : open}
          organisations={list.data.organisations}
          publish={list.data.publish}
          onClose={() => setOpen(null)}
        />
      )}
      {dropping && <DropQuery query={dropping} onClose={() => setDropping(null)} />}
    </Section>
  );
}

function DropQuery({ query, onClose }: { query: SavedQuery; onClose: () => void }) {
  const t = useText();
  return (
    <AskDelete
      title={t('delete')}
      text={t('queries.deleteText', { name: query.name })}
      onConfirm={() => call(deleteQuery, { params: { id: query.id }, query: { version: query.version } })}
      onClose={onClose}
    />
  );
}
