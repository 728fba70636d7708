import { useState } from 'react';
import { checkUscc } from '#kernel/identifiers/uscc';
import { call, issuesAt } from '#shell/api';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { editOrganisation, type Organisation } from '../contract.ts';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './inputs.tsx';
import css from './organisations.module.css';
import { useRegionChoices } from './regions.ts';
import { useText } from './text.ts';

/** Corrects code, address and region; the code is checked while it is typed. */
export function EditDialog({ organisation, onClose }: { organisation: Organisation; onClose: () => void }) {
  const t = useText();
  const lang = useLang();
  const regions = useRegionChoices();
  const [began] = useState(organisation);
  const [code, setCode] = useState(organisation.code ?? '');
  const [address, setAddress] = useState(organisation.address ?? '');
  const [region, setRegion] = useState(organisation.region?.id ?? '');
  const [reason, setReason] = useState('');
  const check = code.trim() === '' ? null : checkUscc(code);
  const wrong = check && !check.valid ? [check.reason![lang]] : [];
  /** What somebody else has put there since the dialog was opened. */
  const theirs = (before: string | null | undefined, now: string | null | undefined) =>
    before !== now && t('current', { value: now || t('nothing') });
  return (
    <FormDialog
      title={t('edit.title')}
      action={t('save')}
      disabled={wrong.length > 0}
      onClose={onClose}
      onSubmit={() =>
        call(editOrganisation, {
          params: { id: organisation.id },
          body: {
            version: organisation.version,
            code: code.trim() || null,
            address: address.trim() || null,
            region: region || null,
            ...(reason.trim() && { reason: reason.trim() }),
          },
        })
      }
    >
      {(failure) => (
        <>
          <TextField
            id="edit-code"
            label={t('field.code')}
            help={t('edit.codeHelp')}
            issues={wrong.length > 0 ? wrong : issuesAt(failure, '/body/code').map((i) => i.message)}
            aside={
              theirs(began.code, organisation.code) ||
              (check?.valid && <span className={css.good}>{t('code.valid')}</span>)
            }
            value={code}
            onChange={setCode}
          />
          <TextField
            id="edit-address"
            label={t('field.address')}
            aside={theirs(began.address, organisation.address)}
            value={address}
            onChange={setAddress}
          />
          <FormField
            id="edit-region"
            label={t('field.region')}
            issues={issuesAt(failure, '/body/region').map((i) => i.message)}
            aside={theirs(began.region?.name, organisation.region?.name)}
          >
            {(control) => (
              <select
                {...control}
                className={css.select}
                value={region}
                onChange={(e) => setRegion(e.target.value)}
              >
                <option value="">{t('region.none')}</option>
                {organisation.region && !regions.some((r) => r.value === organisation.region!.id) && (
                  <option value={organisation.region.id}>{organisation.region.name}</option>
                )}
                {regions.map((r) => (
                  <option key={r.value} value={r.value}>
                    {r.label}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <TextField id="edit-reason" label={t('reason')} rows={2} value={reason} onChange={setReason} />
        </>
      )}
    </FormDialog>
  );
}
