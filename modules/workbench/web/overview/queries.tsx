import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { queryOf } from '#shell/query';
import {
  changeQuery,
  deleteQuery,
  listQueries,
  queryFeed,
  type SavedQuery,
  saveQuery,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { AskDelete, FormDialog } from '../parts/ask.tsx';
import { ReachMark } from '../parts/marks.tsx';
import { ReachFields } from '../parts/reach-fields.tsx';
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

function QueryDialog({
  query,
  organisations,
  publish,
  onClose,
}: {
  query: SavedQuery | undefined;
  organisations: readonly { id: string; name: string }[];
  publish: boolean;
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [form, setForm] = useState({
    name: query?.name ?? '',
    q: query?.q ?? '',
    filter: query?.filter ?? '',
    note: query?.note ?? '',
  });
  const [reach, setReach] = useState({
    organisation: query?.organisation?.id ?? null,
    public: query?.public ?? false,
  });
  const send = async () => {
    const body = { ...form, dialect: query?.q === form.q ? query.dialect : null, ...reach };
    const done = await act(() =>
      query
        ? call(changeQuery, { params: { id: query.id }, body: { ...body, version: query.version } })
        : call(saveQuery, { body }),
    );
    if (done) onClose();
  };
  return (
    <FormDialog
      title={query ? t('queries.edit') : t('queries.new')}
      action={t('save')}
      busy={busy}
      disabled={form.name.trim() === '' || (form.q.trim() === '' && form.filter.trim() === '')}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <small>{t('queries.nameHelp')}</small>
          <Input
            id={`${id}-name`}
            value={form.name}
            maxLength={60}
            prefix="@"
            onChange={(e) => setForm({ ...form, name: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-q`}>{t('queries.q')}</label>
          <Input.TextArea
            id={`${id}-q`}
            rows={4}
            value={form.q}
            onChange={(e) => setForm({ ...form, q: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-filter`}>{t('queries.filter')}</label>
          <small>{t('queries.filterHelp')}</small>
          <Input
            id={`${id}-filter`}
            value={form.filter}
            onChange={(e) => setForm({ ...form, filter: e.target.value })}
          />
        </div>
        <div>
          <label htmlFor={`${id}-note`}>{t('note')}</label>
          <Input.TextArea
            id={`${id}-note`}
            rows={2}
            maxLength={2000}
            value={form.note}
            onChange={(e) => setForm({ ...form, note: e.target.value })}
          />
        </div>
        <ReachFields organisations={organisations} publish={publish} value={reach} onChange={setReach} />
      </div>
    </FormDialog>
  );
}
