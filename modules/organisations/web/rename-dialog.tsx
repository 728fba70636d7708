import { useState } from 'react';
import { call, issuesAt } from '#shell/api';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { readDate } from '#shell/components/read-date';
import { type Organisation, renameOrganisation } from '../contract.ts';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './inputs.tsx';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Gives an organisation its new name, or puts a wrong one right. */
export function RenameDialog({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const t = useText();
  const [began] = useState(organisation.name);
  const [kind, setKind] = useState<'renamed' | 'correction'>('renamed');
  const [name, setName] = useState(organisation.name);
  const [from, setFrom] = useState('');
  const [reason, setReason] = useState('');
  const day = from.trim() === '' ? null : readDate(from);
  const badDay = from.trim() !== '' && day === null;
  return (
    <FormDialog
      title={t('rename.title')}
      action={t('save')}
      disabled={name.trim() === '' || badDay}
      onClose={onClose}
      onSubmit={() =>
        call(renameOrganisation, {
          params: { id: organisation.id },
          body: {
            ...{ version: organisation.version, name: name.trim(), kind },
            from: kind === 'renamed' ? day : null,
            ...(reason.trim() && { reason: reason.trim() }),
          },
        })
      }
    >
      {(failure) => (
        <>
          <div className={css.choice}>
            <ToggleGroup>
              <Toggle pressed={kind === 'renamed'} onChange={() => setKind('renamed')}>
                {t('rename.renamed')}
              </Toggle>
              <Toggle pressed={kind === 'correction'} onChange={() => setKind('correction')}>
                {t('rename.correction')}
              </Toggle>
            </ToggleGroup>
            <p className={css.sub}>
              {kind === 'renamed' ? t('rename.renamedNote') : t('rename.correctionNote')}
            </p>
          </div>
          <TextField
            id="rename-name"
            label={kind === 'renamed' ? t('rename.new') : t('rename.right')}
            required
            issues={issuesAt(failure, '/body/name').map((i) => i.message)}
            aside={organisation.name !== began && t('current', { value: organisation.name })}
            value={name}
            onChange={setName}
          />
          {kind === 'renamed' && (
            <TextField
              id="rename-from"
              label={t('rename.from')}
              help={t('rename.fromHelp')}
              issues={badDay ? [t('day.wrong')] : issuesAt(failure, '/body/from').map((i) => i.message)}
              value={from}
              onChange={setFrom}
            />
          )}
          <TextField id="rename-reason" label={t('reason')} rows={2} value={reason} onChange={setReason} />
        </>
      )}
    </FormDialog>
  );
}
