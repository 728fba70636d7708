import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import {
  type Applicant,
  type ApplicantRow,
  listApplicants,
  mergeApplicants,
} from '../../contract/applicants.ts';
import { useText } from '../text.ts';
import css from './applicants.module.css';
import { useRefreshApplicants } from './refresh.ts';

const SHOWN = 8;

/** Looks for the applicant that this one goes with, and merges with a reason. */
export function MergeDialog({ applicant, onClose }: { applicant: Applicant; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const navigate = useNavigate();
  const refresh = useRefreshApplicants();
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<ApplicantRow | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    ...queryOf(listApplicants, { query: { q, size: SHOWN } }),
    enabled: q.length > 1,
  });
  const others = q.length > 1 ? found.data?.applicants.filter((one) => one.id !== applicant.id) : undefined;
  return (
    <ConfirmDialog
      open
      title={t('applicant.mergeTitle')}
      action={chosen ? t('applicant.mergeDo', { name: chosen.name }) : t('applicant.mergeFind')}
      // Until somebody is chosen there is nothing to confirm: no reason is ever long enough.
      reason={{ label: t('applicant.reason'), min: chosen ? 2 : Number.POSITIVE_INFINITY }}
      onConfirm={async (reason) => {
        const made = await call(mergeApplicants, {
          params: { id: applicant.id },
          body: { into: chosen!.id, reason },
        });
        await refresh();
        void navigate({ to: '/patents/applicants/$id', params: { id: made.id } });
      }}
      onClose={onClose}
    >
      <p>{t('applicant.mergeText', { name: applicant.name })}</p>
      <label htmlFor={id}>{t('applicant.mergeFind')}</label>
      <Input
        id={id}
        type="search"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(null);
        }}
      />
      {others?.length === 0 && <p className={css.note}>{t('applicants.none', { q })}</p>}
      <ul className={css.found} aria-label={t('applicant.mergeFind')}>
        {others?.map((one) => (
          <li key={one.id}>
            <button type="button" aria-pressed={chosen?.id === one.id} onClick={() => setChosen(one)}>
              <span>{one.name}</span>
              <span className={css.muted}>
                {t('applicant.recordsUnit', { count: formatNumber(one.records) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
