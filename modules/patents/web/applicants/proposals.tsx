import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import {
  type ApplicantLink,
  answerApplicantProposal,
  listApplicantProposals,
} from '../../contract/applicants.ts';
import { useText } from '../text.ts';
import css from './applicants.module.css';
import { useRefreshApplicants } from './refresh.ts';
import { useRuleWords } from './rule-words.ts';

const FIRST = 5;

/** What rules propose and a person decides; the oldest first, a few at a time. */
export function Proposals() {
  const t = useText();
  const [size, setSize] = useState(FIRST);
  const waiting = useQuery(queryOf(listApplicantProposals, { query: { size } }));
  if (waiting.error && !waiting.data)
    return (
      <ErrorPanel
        error={waiting.error}
        what={t('applicants.proposals')}
        onRetry={() => void waiting.refetch()}
      />
    );
  if (!waiting.data || waiting.data.total === 0) return null;
  const { proposals, total } = waiting.data;
  return (
    <section className={css.proposals} aria-labelledby="proposals">
      <h2 id="proposals">
        {t('applicants.proposals')} <span className={css.count}>{formatNumber(total)}</span>
      </h2>
      <p className={css.note}>{t('applicants.proposalsNote')}</p>
      <ul>
        {proposals.map((one) => (
          <Proposal key={one.id} link={one} />
        ))}
      </ul>
      {total > proposals.length && (
        <Button type="link" onClick={() => setSize(Math.min(200, size + 20))}>
          {t('applicants.more', { count: Math.min(20, total - proposals.length) })}
        </Button>
      )}
    </section>
  );
}

function Proposal({ link }: { link: ApplicantLink }) {
  const t = useText();
  const words = useRuleWords();
  const refresh = useRefreshApplicants();
  const [failure, setFailure] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const answer = async (accept: boolean) => {
    setBusy(true);
    setFailure(null);
    try {
      await call(answerApplicantProposal, { params: { id: link.id }, body: { accept, reason: '' } });
      await refresh();
    } catch (error) {
      setFailure(error as Error);
      setBusy(false);
    }
  };
  return (
    <li>
      <div>
        <p className={css.pair}>
          <Name {...link.member} />
          <span aria-hidden="true">→</span>
          <Name {...link.head} />
        </p>
        <p className={css.note}>{words(link)}</p>
        {failure && (
          <p className={css.failure} role="alert">
            {failure.message}
          </p>
        )}
      </div>
      <div className={css.buttons}>
        <Button size="small" disabled={busy} onClick={() => void answer(true)}>
          {t('applicants.accept')}
        </Button>
        <Button size="small" disabled={busy} onClick={() => void answer(false)}>
          {t('applicants.decline')}
        </Button>
      </div>
    </li>
  );
}

function Name({ id, name }: { id: string; name: string }) {
  return (
    <Link to="/patents/applicants/$id" params={{ id }}>
      {name}
    </Link>
  );
}
