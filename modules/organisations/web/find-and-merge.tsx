import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal } from 'antd';
import { useEffect, useId, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { queryOf } from '#shell/query';
import { listOrganisations, type Organisation, type OrganisationRow } from '../contract.ts';
import { Code, FormerNames } from './marks.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Looks for the other one by name or code, then compares and merges. */
export function FindAndMerge({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(organisation.name);
  const [q, setQ] = useState(organisation.name);
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    ...queryOf(listOrganisations, { query: { q, limit: 20 } }),
    placeholderData: (before) => before,
  });
  const others = found.data?.organisations.filter((one) => one.id !== organisation.id);
  const other = others?.find((one) => one.id === chosen);
  if (other)
    return (
      <MergeDialog
        members={[organisation, other]}
        onClose={onClose}
        onMerged={(survivor) => void navigate({ to: '/organisations/$id', params: { id: survivor } })}
      />
    );
  return (
    <Modal open title={t('merge.find')} width={640} footer={null} onCancel={onClose}>
      <label htmlFor={id}>{t('merge.findLabel')}</label>
      <Input id={id} type="search" value={typed} onChange={(e) => setTyped(e.target.value)} />
      {found.error && !found.data ? (
        <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />
      ) : others?.length === 0 ? (
        <p className={css.empty}>{t('merge.findNothing')}</p>
      ) : (
        <ul className={css.found} aria-label={t('merge.find')}>
          {others?.map((one) => (
            <Found key={one.id} one={one} onChoose={() => setChosen(one.id)} />
          ))}
        </ul>
      )}
    </Modal>
  );
}

function Found({ one, onChoose }: { one: OrganisationRow; onChoose: () => void }) {
  return (
    <li>
      <button type="button" onClick={onChoose}>
        <span>
          {one.name}
          <FormerNames names={one.formerNames} />
        </span>
        <span>
          <Code code={one.code} />
          <span className={css.sub}>{one.region?.name}</span>
        </span>
      </button>
    </li>
  );
}
