import { useState } from 'react';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { Facts } from '#shell/components/facts.tsx';
import { PlainButton } from '#shell/components/fields.tsx';
import { FormField, Notice } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { decideRecusal, PANEL_PARTS, RECUSAL_ASKED, setPanel } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { useEntering } from './use-entering.ts';

type Part = (typeof PANEL_PARTS)[number];
type AskedBy = (typeof RECUSAL_ASKED)[number];

/** Who decides together on a matter, and who may have nothing to do with it; the head sets both. */
export function Seats({
  matter,
  office,
  onDone,
}: {
  matter: Matter;
  office: boolean;
  onDone: (matter: Matter) => void;
}) {
  const t = useText();
  const [asking, setAsking] = useState<'panel' | 'recusal' | null>(null);
  const { needed, panel, recused } = matter.seats;
  const { seat } = matter.abilities;
  if (panel.length === 0 && recused.length === 0 && !(office && needed) && !seat) return null;
  return (
    <section className={css.part}>
      <h2>{t(needed ? 'seats.title' : 'seats.recusals')}</h2>
      {office && needed && panel.length === 0 && (
        <Notice tone="attention" title={t('seats.none')}>
          <p>{t('seats.noneText')}</p>
        </Notice>
      )}
      <Facts
        items={[
          ...panel.map(({ name, part }) => ({ name: t(`seat.${part}`), value: name })),
          ...recused.map(({ name, on, reason }) => ({
            name: t('seats.recused'),
            value: t('seats.recusedWhy', { name, on, reason }),
          })),
        ]}
      />
      {!office && panel.length > 0 && <p className={css.muted}>{t('seats.askRecusal')}</p>}
      {seat && (
        <p className={`${css.links} no-print`}>
          {needed && <PlainButton onClick={() => setAsking('panel')}>{t('seats.set')}</PlainButton>}
          <PlainButton onClick={() => setAsking('recusal')}>{t('seats.decide')}</PlainButton>
        </p>
      )}
      {asking === 'panel' && <PanelDialog matter={matter} onDone={onDone} onClose={() => setAsking(null)} />}
      {asking === 'recusal' && (
        <RecusalDialog matter={matter} onDone={onDone} onClose={() => setAsking(null)} />
      )}
    </section>
  );
}

interface DialogProps {
  matter: Matter;
  onDone: (matter: Matter) => void;
  onClose: () => void;
}

function PanelDialog({ matter, onDone, onClose }: DialogProps) {
  const t = useText();
  const enter = useEntering();
  const [parts, setParts] = useState<Record<string, Part>>(() =>
    Object.fromEntries(matter.seats.panel.map(({ id, part }) => [id, part])),
  );
  const members = Object.entries(parts).map(([account, part]) => ({ account, part }));
  return (
    <ConfirmDialog
      open
      title={t('seats.set')}
      action={t('seats.save')}
      reason={{ label: t('seats.reason'), min: 2 }}
      onConfirm={async (reason) =>
        onDone(
          await enter(setPanel, {
            params: { number: matter.number },
            body: { version: matter.version, members, reason },
          }),
        )
      }
      onClose={onClose}
    >
      <p>{t('seats.setText')}</p>
      {matter.officers.map(({ id, name }) => (
        <FormField key={id} id={`seat-${id}`} label={name}>
          {(control) => (
            <Select
              control={control}
              value={parts[id] ?? ''}
              none={t('seat.none')}
              choices={PANEL_PARTS.map((part) => ({ value: part, label: t(`seat.${part}`) }))}
              onChange={(part) =>
                setParts(({ [id]: _, ...others }) =>
                  part === '' ? others : { ...others, [id]: part as Part },
                )
              }
            />
          )}
        </FormField>
      ))}
    </ConfirmDialog>
  );
}

function RecusalDialog({ matter, onDone, onClose }: DialogProps) {
  const t = useText();
  const enter = useEntering();
  const [account, setAccount] = useState('');
  const [asked, setAsked] = useState<AskedBy>('party');
  const [decision, setDecision] = useState<'recused' | 'stays'>('recused');
  return (
    <ConfirmDialog
      open
      title={t('seats.decide')}
      action={t('seats.save')}
      reason={{ label: t('seats.reason'), min: 2 }}
      onConfirm={async (reason) =>
        onDone(
          await enter(decideRecusal, {
            params: { number: matter.number },
            body: { version: matter.version, account, asked, recused: decision === 'recused', reason },
          }),
        )
      }
      onClose={onClose}
    >
      <p>{t('seats.decideText')}</p>
      <FormField id="recusal-account" label={t('recusal.who')} required>
        {(control) => (
          <Select
            control={control}
            value={account}
            none={t('choose')}
            choices={matter.recusable.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setAccount}
          />
        )}
      </FormField>
      <FormField id="recusal-asked" label={t('recusal.asked')} required>
        {(control) => (
          <Select
            control={control}
            value={asked}
            none={t('choose')}
            choices={RECUSAL_ASKED.map((one) => ({ value: one, label: t(`recusal.${one}`) }))}
            onChange={(next) => setAsked((next || 'party') as AskedBy)}
          />
        )}
      </FormField>
      <FormField id="recusal-decision" label={t('recusal.decision')} required>
        {(control) => (
          <Select
            control={control}
            value={decision}
            none={t('choose')}
            choices={(['recused', 'stays'] as const).map((one) => ({
              value: one,
              label: t(`recusal.${one}`),
            }))}
            onChange={(next) => setDecision(next === 'stays' ? 'stays' : 'recused')}
          />
        )}
      </FormField>
    </ConfirmDialog>
  );
}
