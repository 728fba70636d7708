import { Button } from 'antd';
import { useState } from 'react';
import { call } from '#shell/api';
import { SelectField } from '#shell/components/fields.tsx';
import { mergeOrganisations, type OrganisationRow } from '../contract.ts';
import { Compare } from './compare.tsx';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './inputs.tsx';
import css from './organisations.module.css';
import { useText } from './text.ts';

/** Compares two organisations and merges one into the other. Of more than two, it asks which. */
export function MergeDialog({
  members,
  onClose,
  onMerged,
}: {
  /** At least two; the first is kept unless told otherwise. */
  members: readonly OrganisationRow[];
  onClose: () => void;
  /** With the id of the one that was kept. */
  onMerged?: (survivor: string) => void;
}) {
  const t = useText();
  const [keep, setKeep] = useState(members[0]!.id);
  const [give, setGive] = useState(members[1]!.id);
  const [reason, setReason] = useState('');
  // The rows as they are now: after a conflict they come anew, with new versions.
  const survivor = members.find((one) => one.id === keep) ?? members[0]!;
  const loser =
    members.find((one) => one.id === give && one.id !== survivor.id) ??
    members.find((one) => one.id !== survivor.id);
  const choices = members.map((one) => ({
    value: one.id,
    label: `${one.code ?? t('code.none')} ${one.name}`,
  }));
  return (
    <FormDialog
      title={t('merge.title')}
      action={t('merge.do')}
      wide
      disabled={reason.trim() === '' || !loser}
      onClose={onClose}
      onSubmit={async () => {
        if (!loser) return;
        await call(mergeOrganisations, {
          body: {
            survivor: { id: survivor.id, version: survivor.version },
            loser: { id: loser.id, version: loser.version },
            reason: reason.trim(),
          },
        });
        onMerged?.(survivor.id);
      }}
    >
      {() => (
        <>
          <p className={css.sub}>{t('merge.note')}</p>
          <div className={css.choice}>
            {members.length > 2 && (
              <>
                <SelectField
                  label={t('merge.keep')}
                  value={survivor.id}
                  choices={choices}
                  onChange={(id) => id && setKeep(id)}
                />
                <SelectField
                  label={t('merge.give')}
                  value={loser?.id}
                  choices={choices.filter((c) => c.value !== survivor.id)}
                  onChange={(id) => id && setGive(id)}
                />
              </>
            )}
            <Button
              size="small"
              onClick={() => {
                setKeep(loser?.id ?? keep);
                setGive(survivor.id);
              }}
            >
              {t('merge.swap')}
            </Button>
          </div>
          {loser && <Compare survivor={survivor} loser={loser} />}
          <TextField
            id="merge-reason"
            label={t('merge.reason')}
            help={t('merge.reasonHelp')}
            required
            rows={2}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}
