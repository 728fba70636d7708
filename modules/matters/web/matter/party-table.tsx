import { Button } from 'antd';
import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { dismissParty, renewCode } from '../../contract.ts';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { AdmitForm } from './admit-form.tsx';
import { CodeSlip } from './code-slip.tsx';
import { useEntering } from './use-entering.ts';

/** A code that was just made, and for whom. */
interface Given {
  name: string;
  code: string;
}

/** Whoever is let in to a matter; the office lets others in, and gives another code for one that was lost. */
export function PartyTable({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const enter = useEntering();
  const lang = useLang();
  const [asking, setAsking] = useState<{ no: number; what: 'renew' | 'end' } | null>(null);
  const [admitting, setAdmitting] = useState(false);
  const [given, setGiven] = useState<Given | null>(null);
  const office = matter.admits.length > 0;
  const asked = matter.parties.find(({ no }) => no === asking?.no);
  const params = { number: matter.number, no: asking?.no ?? 0 };
  const take = (answer: { matter: Matter; code: string }, name: string) => {
    setGiven({ name, code: answer.code });
    onDone(answer.matter);
  };
  return (
    <>
      <ScrollBox label={t('parties')}>
        <table className={css.steps}>
          <Heads
            columns={[
              'party.name',
              'party.role',
              'party.since',
              ...(office ? (['party.access'] as const) : []),
            ]}
          />
          <tbody>
            {matter.parties.map((party) => (
              <tr key={party.no} data-struck={party.until !== null} className={css.paperRow}>
                <th scope="row">
                  <span className={css.paperTitle}>{party.name}</span>
                </th>
                <td data-label={t('party.role')}>
                  {t(party.agent ? 'party.agent' : 'party.itself', { role: party.role.title[lang] })}
                </td>
                <td className={css.day} data-label={t('party.since')}>
                  {party.until === null
                    ? party.since
                    : t('party.until', { since: party.since, until: party.until })}
                </td>
                {office && (
                  <td data-label={t('party.access')}>
                    {party.until === null && t(party.account ? 'party.account' : 'party.code')}
                    {party.until === null && (
                      <span className={`${css.strike} no-print`}>
                        <PlainButton onClick={() => setAsking({ no: party.no, what: 'renew' })}>
                          {t('party.renew')}
                        </PlainButton>{' '}
                        {party.no !== 1 && (
                          <PlainButton onClick={() => setAsking({ no: party.no, what: 'end' })}>
                            {t('party.end')}
                          </PlainButton>
                        )}
                      </span>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {given && (
        <CodeSlip
          alone
          matter={matter}
          title={t('slip.title', { name: given.name })}
          code={given.code}
          onHide={() => setGiven(null)}
        >
          <p>{t('slip.text', { address: `${location.origin}/services/status` })}</p>
        </CodeSlip>
      )}
      {office && !admitting && (
        <p className={`${css.below} no-print`}>
          <Button onClick={() => setAdmitting(true)}>{t('party.admit')}</Button>
        </p>
      )}
      {admitting && (
        <AdmitForm
          matter={matter}
          onDone={(answer, name) => {
            setAdmitting(false);
            take(answer, name);
          }}
          onClose={() => setAdmitting(false)}
        />
      )}
      <ConfirmDialog
        open={asking !== null}
        title={t(asking?.what === 'end' ? 'party.endTitle' : 'party.renewTitle', { name: asked?.name ?? '' })}
        action={t(asking?.what === 'end' ? 'party.end' : 'party.renew')}
        danger={asking?.what === 'end'}
        reason={{ label: t('paper.reason'), min: 2 }}
        onConfirm={async (reason) => {
          const body = { version: matter.version, reason };
          if (asking?.what === 'end') onDone(await enter(dismissParty, { params, body }));
          else take(await enter(renewCode, { params, body }), asked?.name ?? '');
        }}
        onClose={() => setAsking(null)}
      >
        <p>{t(asking?.what === 'end' ? 'party.endText' : 'party.renewText')}</p>
      </ConfirmDialog>
    </>
  );
}
