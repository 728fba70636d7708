import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { FormColumn } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { usePageSearch } from '#shell/page-search';
import { queryOf } from '#shell/query';
import {
  createWatch,
  listObjects,
  listQueries,
  WATCH_KINDS,
  type WatchKind,
  type WatchNotice,
} from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { NoticeField } from '../parts/notice-field.tsx';
import { NewWatchSearch } from '../search.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';

/** A new watch; other pages link here with what is to be watched. */
export function NewWatchPage() {
  const t = useText();
  const id = useId();
  const navigate = useNavigate();
  const { act, busy, problem } = useAct();
  const [given] = usePageSearch(NewWatchSearch);
  const [kind, setKind] = useState<WatchKind>(given.kind ?? 'query');
  const [form, setForm] = useState({
    name: given.name ?? '',
    q: given.q ?? '',
    filter: given.filter ?? '',
    subject: given.subject ?? '',
    saved: given.saved ?? '',
    collection: given.collection ?? '',
  });
  const [notice, setNotice] = useState<WatchNotice>('each');
  const queries = useQuery(queryOf(listQueries, {}));
  const collections = useQuery(queryOf(listObjects, { query: { kind: 'collection' } }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const of = {
    query: form.q || form.filter,
    saved: form.saved,
    applicant: form.subject,
    class: form.subject,
    collection: form.collection,
  }[kind].trim();
  const called = form.name.trim() || of.slice(0, 100);
  const send = async () => {
    const { q, filter, subject, saved, collection } = form;
    const name =
      form.name.trim() ||
      (kind === 'saved'
        ? (queries.data?.queries.find((one) => one.id === saved)?.name ?? called)
        : kind === 'collection'
          ? (collections.data?.objects.find((one) => one.id === collection)?.name ?? called)
          : called);
    const body = {
      ...{ name, kind, notice },
      ...(kind === 'query' && { q, filter }),
      ...(kind === 'saved' && { saved }),
      ...(kind === 'collection' && { collection }),
      ...((kind === 'applicant' || kind === 'class') && { subject }),
    };
    const made = await act(() => call(createWatch, { body }));
    if (made) await navigate({ to: '/workbench/watches/$id', params: { id: made.id } });
  };
  return (
    <article>
      <PageHeader
        title={t('watch.new')}
        before={<Link to="/workbench">{t('back')}</Link>}
        subtitle={t('watch.begins')}
      />
      <FormColumn>
        {problem}
        <div className={css.form}>
          <div>
            <label htmlFor={`${id}-kind`}>{t('watches.kind')}</label>
            <select id={`${id}-kind`} value={kind} onChange={(e) => setKind(e.target.value as WatchKind)}>
              {WATCH_KINDS.map((one) => (
                <option key={one} value={one}>
                  {t(`kind.${one}`)}
                </option>
              ))}
            </select>
          </div>
          {kind === 'query' && (
            <>
              <div>
                <label htmlFor={`${id}-q`}>{t('queries.q')}</label>
                <Input.TextArea
                  id={`${id}-q`}
                  rows={4}
                  value={form.q}
                  onChange={(e) => set({ q: e.target.value })}
                />
              </div>
              <div>
                <label htmlFor={`${id}-filter`}>{t('queries.filter')}</label>
                <small>{t('queries.filterHelp')}</small>
                <Input
                  id={`${id}-filter`}
                  value={form.filter}
                  onChange={(e) => set({ filter: e.target.value })}
                />
              </div>
            </>
          )}
          {(kind === 'applicant' || kind === 'class') && (
            <div>
              <label htmlFor={`${id}-subject`}>{t(`watch.subject.${kind}`)}</label>
              <Input
                id={`${id}-subject`}
                value={form.subject}
                maxLength={300}
                onChange={(e) => set({ subject: e.target.value })}
              />
            </div>
          )}
          {kind === 'saved' && (
            <div>
              <label htmlFor={`${id}-saved`}>{t('watch.saved')}</label>
              <select id={`${id}-saved`} value={form.saved} onChange={(e) => set({ saved: e.target.value })}>
                <option value="">{t('watch.choose')}</option>
                {queries.data?.queries.map((one) => (
                  <option key={one.id} value={one.id}>
                    @{one.name}
                  </option>
                ))}
              </select>
            </div>
          )}
          {kind === 'collection' && (
            <div>
              <label htmlFor={`${id}-collection`}>{t('watch.collection')}</label>
              <select
                id={`${id}-collection`}
                value={form.collection}
                onChange={(e) => set({ collection: e.target.value })}
              >
                <option value="">{t('watch.choose')}</option>
                {collections.data?.objects.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div>
            <label htmlFor={`${id}-name`}>{t('name')}</label>
            <Input
              id={`${id}-name`}
              value={form.name}
              maxLength={100}
              placeholder={kind === 'saved' || kind === 'collection' ? '' : called}
              onChange={(e) => set({ name: e.target.value })}
            />
          </div>
          <NoticeField id={`${id}-notice`} value={notice} onChange={setNotice} />
          <div>
            <Button type="primary" loading={busy} disabled={of === ''} onClick={() => void send()}>
              {t('watch.new')}
            </Button>
          </div>
        </div>
      </FormColumn>
    </article>
  );
}
