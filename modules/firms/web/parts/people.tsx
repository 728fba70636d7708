import { Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { DataTable } from '#shell/components/data-table.tsx';
import { formatMoment } from '#shell/format';
import type { FirmPerson } from '../../contract.ts';
import css from '../firms.module.css';
import { useText } from '../text.ts';

/** What can be asked of a person. */
export type PersonAct = 'disable' | 'enable' | 'password';

/** The people of a firm, and what may be done with each; dangerous things ask first. */
export function People({
  people,
  onAct,
}: {
  people: readonly FirmPerson[];
  /** Rejects with why it failed. */
  onAct: (act: PersonAct, person: FirmPerson) => Promise<void>;
}) {
  const t = useText();
  const [asking, setAsking] = useState<{ act: PersonAct; person: FirmPerson } | null>(null);
  const acts = people.some((p) => p.abilities.disable || p.abilities.enable || p.abilities.password);
  return (
    <>
      <DataTable<FirmPerson>
        caption={t('firm.people')}
        rows={people}
        rowKey={(p) => p.account}
        empty={<p>{t('firm.noPeople')}</p>}
        columns={[
          {
            id: 'name',
            title: t('people.name'),
            cell: (p) => (
              <>
                {p.name}
                <span className={css.sub}>{[p.username, p.email].filter(Boolean).join(' · ')}</span>
              </>
            ),
          },
          {
            id: 'role',
            title: t('people.role'),
            width: 90,
            cell: (p) => (p.manager ? t('people.manager') : t('people.user')),
          },
          {
            id: 'state',
            title: t('people.state'),
            cell: (p) => (
              <>
                {p.active ? t('people.on') : <span className={css.off}>{t('people.off')}</span>}
                {p.active && p.oneTime && <span className={css.sub}>{t('people.oneTime')}</span>}
              </>
            ),
          },
          {
            id: 'last',
            title: t('people.last'),
            cell: (p) => (p.lastSignInAt ? formatMoment(p.lastSignInAt) : t('people.never')),
          },
          ...(acts
            ? [
                {
                  id: 'acts',
                  title: t('people.actions'),
                  cell: (person: FirmPerson) => (
                    <Acts person={person} onAsk={(act) => setAsking({ act, person })} />
                  ),
                },
              ]
            : []),
        ]}
      />
      {asking && (
        <Ask {...asking} onConfirm={() => onAct(asking.act, asking.person)} onClose={() => setAsking(null)} />
      )}
    </>
  );
}

function Acts({ person, onAsk }: { person: FirmPerson; onAsk: (act: PersonAct) => void }) {
  const t = useText();
  const { disable, enable, password } = person.abilities;
  if (!disable && !enable && !password) return '—';
  return (
    <div className={css.buttons}>
      {password && (
        <Button size="small" onClick={() => onAsk('password')}>
          {t('people.password')}
          <span className="visually-hidden"> {person.name}</span>
        </Button>
      )}
      {disable && (
        <Button size="small" danger onClick={() => onAsk('disable')}>
          {t('people.disable')}
          <span className="visually-hidden"> {person.name}</span>
        </Button>
      )}
      {enable && (
        <Button size="small" onClick={() => onAsk('enable')}>
          {t('people.enable')}
          <span className="visually-hidden"> {person.name}</span>
        </Button>
      )}
    </div>
  );
}

function Ask({
  act,
  person: { name },
  onConfirm,
  onClose,
}: {
  act: PersonAct;
  person: FirmPerson;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const t = useText();
  const words = {
    disable: { title: t('people.disableTitle', { name }), text: t('people.disableText') },
    enable: { title: `${t('people.enable')} ${name}`, text: '' },
    password: { title: t('people.passwordTitle', { name }), text: t('people.passwordText') },
  }[act];
  return (
    <ConfirmDialog
      open
      danger={act === 'disable'}
      title={words.title}
      action={t(`people.${act}`)}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {words.text && <p>{words.text}</p>}
    </ConfirmDialog>
  );
}
