import { useMutation } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { DayField } from '#shell/components/fields.tsx';
import { FormField } from '#shell/components/form.tsx';
import { Select } from '#shell/components/record-form/simple-input.tsx';
import { useLang } from '#shell/i18n';
import { SERVICE_WAYS, type ServiceWay, servePaper } from '../../contract.ts';
import { type Matter, useText } from '../text.ts';
import { Failure } from './failure.tsx';
import { PaperInput } from './paper-input.tsx';
import { useEntering } from './use-entering.ts';

/** Records on whom, how and on which day a paper was served, with the proof of it. */
export function ServeDialog({
  matter,
  no,
  onDone,
  onClose,
}: {
  matter: Matter;
  /** Number of the paper. */
  no: number;
  onDone: (matter: Matter) => void;
  onClose: () => void;
}) {
  const t = useText();
  const enter = useEntering();
  const lang = useLang();
  const there = matter.parties.filter(({ until }) => until === null);
  const [party, setParty] = useState('');
  const [how, setHow] = useState<ServiceWay>();
  const [day, setDay] = useState<string | undefined>(matter.today);
  const [note, setNote] = useState('');
  const [proof, setProof] = useState<{ file: string; name: string } | null>(null);
  const serve = useMutation({
    mutationFn: () =>
      enter(servePaper, {
        params: { number: matter.number, no },
        body: {
          ...{ version: matter.version, party: Number(party), how: how!, note: note.trim() },
          ...(how !== 'platform' && day !== undefined && { on: day }),
          ...(how !== 'platform' && proof && { proof: proof.file }),
        },
      }),
    onSuccess: (next) => {
      onDone(next);
      onClose();
    },
  });
  const paper = matter.papers.find((one) => one.no === no);
  const onDay = how === 'platform' || (day !== undefined && day <= matter.today);
  const ready = party !== '' && how !== undefined && onDay;
  // What has no file nobody can open.
  const ways = SERVICE_WAYS.filter((way) => way !== 'platform' || paper?.file);
  return (
    <Modal
      open
      title={t('serve.title', { no, title: paper?.title[lang] ?? '' })}
      okText={t('serve.do')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={serve.isPending}
      onOk={() => serve.mutate()}
      onCancel={onClose}
    >
      <FormField id="serve-party" label={t('serve.party')} required>
        {(control) => (
          <Select
            control={control}
            value={party}
            none={t('choose')}
            onChange={setParty}
            choices={there.map((one) => ({
              value: String(one.no),
              label: t('serve.choice', {
                name: one.name,
                role: t(one.agent ? 'party.agent' : 'party.itself', { role: one.role.title[lang] }),
              }),
            }))}
          />
        )}
      </FormField>
      <FormField id="serve-how" label={t('serve.how')} {...(how && { help: t(`serve.${how}Help`) })} required>
        {(control) => (
          <Select
            control={control}
            value={how ?? ''}
            none={t('choose')}
            onChange={(way) => setHow(ways.find((one) => one === way))}
            choices={ways.map((way) => ({ value: way, label: t(`serve.${way}`) }))}
          />
        )}
      </FormField>
      {how !== undefined && how !== 'platform' && (
        <>
          <DayField label={t('serve.on')} value={day} onChange={setDay} />
          <FormField id="serve-proof" label={t('serve.proof')} help={t('serve.proofHelp')}>
            {(control) => <PaperInput control={control} paper={proof} onChange={setProof} />}
          </FormField>
        </>
      )}
      <FormField id="serve-note" label={t('act.note')}>
        {(control) => (
          <Input
            {...control}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </FormField>
      <Failure error={serve.error} />
    </Modal>
  );
}
