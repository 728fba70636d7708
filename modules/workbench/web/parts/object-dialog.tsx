import { Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { changeObject, createObject, type WorkbenchObject } from '../../contract.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { useAct } from './act.tsx';
import { FormDialog } from './ask.tsx';
import { ReachFields } from './reach-fields.tsx';

/** Makes a collection or tree, or changes its name, note and reach. */
export function ObjectDialog({
  kind,
  object,
  organisations,
  publish,
  onDone,
  onClose,
}: {
  kind: WorkbenchObject['kind'];
  /** Absent: a new one. */
  object?: WorkbenchObject;
  organisations: readonly { id: string; name: string }[];
  publish: boolean;
  onDone?: (object: WorkbenchObject) => void;
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const { act, busy, problem } = useAct();
  const [name, setName] = useState(object?.name ?? '');
  const [note, setNote] = useState(object?.note ?? '');
  const [reach, setReach] = useState({
    organisation: object?.organisation?.id ?? null,
    public: object?.public ?? false,
  });
  // One that belongs to an organisation of somebody else keeps it.
  const offered =
    object?.organisation && !organisations.some((o) => o.id === object.organisation?.id)
      ? [...organisations, object.organisation]
      : organisations;
  const send = async () => {
    const body = { name: name.trim(), note, ...reach };
    const made = await act(() =>
      object
        ? call(changeObject, { params: { id: object.id }, body: { ...body, version: object.version } })
        : call(createObject, { body: { kind, ...body } }),
    );
    if (!made) return;
    onDone?.(made);
    onClose();
  };
  return (
    <FormDialog
      title={object ? t('objects.edit') : t(kind === 'tree' ? 'trees.new' : 'collections.new')}
      action={t('save')}
      busy={busy}
      disabled={name.trim() === ''}
      problem={problem}
      onSend={() => void send()}
      onClose={onClose}
    >
      <div className={css.form}>
        <div>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <Input id={`${id}-name`} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-note`}>{t('note')}</label>
          <Input.TextArea
            id={`${id}-note`}
            rows={3}
            value={note}
            maxLength={4000}
            onChange={(e) => setNote(e.target.value)}
          />
        </div>
        <ReachFields organisations={offered} publish={publish} value={reach} onChange={setReach} />
      </div>
    </FormDialog>
  );
}
