import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { SelectField, TextField } from '#shell/components/fields.tsx';
import { assignMatter } from '../../contract.ts';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';
import { Failure } from './failure.tsx';
import { useEntering } from './use-entering.ts';

/** Gives the matter to an officer, or back to the office. */
export function AssignForm({ matter, onDone }: { matter: Matter; onDone: (matter: Matter) => void }) {
  const t = useText();
  const enter = useEntering();
  const [handler, setHandler] = useState(matter.handler?.id);
  const [note, setNote] = useState('');
  const assign = useMutation({
    mutationFn: () =>
      enter(assignMatter, {
        params: { number: matter.number },
        body: { version: matter.version, handler: handler ?? null, note },
      }),
    onSuccess: onDone,
  });
  return (
    <div className={css.next}>
      <SelectField
        label={t('handler')}
        value={handler}
        all={t('unassigned')}
        choices={matter.officers.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setHandler}
      />
      <TextField label={t('assign.note')} value={note} size={30} maxLength={1000} onChange={setNote} />
      <Button
        loading={assign.isPending}
        disabled={(handler ?? null) === (matter.handler?.id ?? null)}
        onClick={() => assign.mutate()}
      >
        {t('assign.do')}
      </Button>
      <Failure error={assign.error} />
    </div>
  );
}
