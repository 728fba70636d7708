import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { SelectField, TextField } from '#shell/components/fields.tsx';
import { assignMatter } from '../../contract.ts';
import { useText } from '../text.ts';
import type { Deed } from './bulk.tsx';

/** Stands for nobody in the list of officers: the matter goes back to the office. */
const OFFICE = 'office';

/** Gives the ticked matters to an officer. The same again after a lost answer changes nothing. */
export function BulkAssign({
  count,
  officers,
  onStart,
}: {
  count: number;
  officers: readonly { id: string; name: string }[];
  onStart: (deed: Deed) => void;
}) {
  const t = useText();
  const [handler, setHandler] = useState<string>();
  const [note, setNote] = useState('');
  const to = officers.find(({ id }) => id === handler)?.name ?? t('unassigned');
  return (
    <>
      <SelectField
        label={t('bulk.to')}
        value={handler}
        all={t('choose')}
        choices={[
          ...officers.map(({ id, name }) => ({ value: id, label: name })),
          { value: OFFICE, label: t('bulk.back') },
        ]}
        onChange={setHandler}
      />
      <TextField label={t('assign.note')} value={note} size={24} maxLength={1000} onChange={setNote} />
      <Button
        disabled={handler === undefined}
        onClick={() =>
          onStart({
            title: t('bulk.given', { to }),
            each: ({ number, version }) =>
              call(assignMatter, {
                params: { number },
                body: { version, handler: handler === OFFICE ? null : handler!, note },
              }),
          })
        }
      >
        {t('bulk.do', { count: String(count) })}
      </Button>
    </>
  );
}
