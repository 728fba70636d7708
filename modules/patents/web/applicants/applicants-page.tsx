import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, message } from 'antd';
import { useEffect, useId, useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { Pager } from '#shell/components/pager.tsx';
import { PageWait } from '#shell/components/skeleton.tsx';
import { formatNumber } from '#shell/format';
import { usePageSearch } from '#shell/page-search';
import { keyOf, queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { applyApplicantRules, listApplicantProposals, listApplicants } from '../../contract/applicants.ts';
import { PATENTS_APPLICANTS } from '../../contract/permissions.ts';
import { ApplicantsSearch } from '../address.ts';
import { useText } from '../text.ts';
import css from './applicants.module.css';
import { Proposals } from './proposals.tsx';

const SIZE = 50;

/** Applicants that are organisations, most publications first. */
export function ApplicantsPage() {
  const t = useText();
  const [search, navigate] = usePageSearch(ApplicantsSearch);
  const q = search.q ?? '';
  const page = search.page ?? 1;
  const found = useQuery({
    ...queryOf(listApplicants, { query: { q, page, size: SIZE } }),
    placeholderData: keepPreviousData,
  });
  const mayDecide = useSession().may(PATENTS_APPLICANTS);
  return (
    <>
      <PageHeader
        title={t('applicants.title')}
        subtitle={t('applicants.subtitle')}
        before={<Link to="/patents">{t('search.title')}</Link>}
        actions={mayDecide && <ApplyRules />}
      />
      {mayDecide && <Proposals />}
      <Find q={q} onFind={(text) => navigate({ q: text || undefined, page: undefined })} />
      {found.error && !found.data ? (
        <ErrorPanel error={found.error} what={t('applicants.what')} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <PageWait />
      ) : found.data.total === 0 ? (
        <p className={css.empty}>{q === '' ? t('applicants.empty') : t('applicants.none', { q })}</p>
      ) : (
        <>
          <p className={css.note} role="status">
            {t('applicants.total', { count: formatNumber(found.data.total) })}
          </p>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('applicants.name')}</th>
                <th scope="col" className={css.figure}>
                  {t('applicants.names')}
                </th>
                <th scope="col" className={css.figure}>
                  {t('applicants.records')}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.data.applicants.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link to="/patents/applicants/$id" params={{ id: one.id }}>
                      {one.name}
                    </Link>
                  </th>
                  <td className={css.figure}>{formatNumber(one.names)}</td>
                  <td className={css.figure}>{formatNumber(one.records)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Pager page={page} size={SIZE} total={found.data.total} />
        </>
      )}
    </>
  );
}

function Find({ q, onFind }: { q: string; onFind: (text: string) => void }) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  return (
    <search className={css.find}>
      <label htmlFor={id}>{t('applicants.find')}</label>
      <Input.Search
        id={id}
        value={typed}
        allowClear
        onChange={(event) => setTyped(event.target.value)}
        onSearch={(text) => onFind(text.trim())}
      />
    </search>
  );
}

function ApplyRules() {
  const t = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      loading={busy}
      onClick={async () => {
        setBusy(true);
        try {
          await call(applyApplicantRules, { body: {} });
          message.info(t('applicants.applied'));
          await client.invalidateQueries({ queryKey: keyOf(listApplicantProposals) });
        } catch (error) {
          message.error((error as Error).message);
        } finally {
          setBusy(false);
        }
      }}
    >
      {t('applicants.apply')}
    </Button>
  );
}
