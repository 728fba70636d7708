import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { DayField } from '#shell/components/fields.tsx';
import { keyOf } from '#shell/query';
import {
  actOnEntry,
  type Entry,
  type EntryAction,
  entryHistory,
  getEntry,
  listDues,
  listEntries,
  listRegisters,
} from '../../contract.ts';
import { inWords } from '../in-words.ts';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import css from './entry.module.css';

/** Actions that take effect on a day. */
const dated: ReadonlySet<EntryAction> = new Set(['expire', 'remove']);
/** Actions that nobody understands later without a reason. */
const explained: ReadonlySet<EntryAction> = new Set(['return', 'remove', 'restore']);

/** Asks for day, reason and basis of an action, and does it. */
export function ActionDialog({
  entry,
  action,
  onClose,
}: {
  entry: Entry;
  action: EntryAction;
  onClose: () => void;
}) {
  const t = useText();
  const words = useWords();
  const id = useId();
  const queries = useQueryClient();
  const [on, setOn] = useState('');
  const [basis, setBasis] = useState('');
  const [isVoid, setVoid] = useState(false);

  async function act(reason: string) {
    try {
      await call(actOnEntry, {
        params: { register: entry.register, no: entry.no },
        body: {
          version: entry.version,
          action,
          on: (dated.has(action) && !isVoid && on) || undefined,
          void: action === 'remove' && isVoid,
          reason: reason || undefined,
          basis: basis.trim() || undefined,
        },
      });
    } finally {
      // After a refusal too: the entry may have been changed by somebody else.
      for (const endpoint of [getEntry, entryHistory, listEntries, listRegisters, listDues])
        void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
    }
  }

  return (
    <ConfirmDialog
      open
      title={t('dialog.title', { action: words.action(action), title: entry.title || entry.no })}
      action={words.action(action)}
      danger={action === 'remove'}
      reason={{
        label: t(explained.has(action) ? 'dialog.reason' : 'dialog.reasonOptional'),
        min: explained.has(action) ? 1 : 0,
      }}
      onConfirm={async (reason) => {
        try {
          await act(reason);
        } catch (error) {
          throw inWords(error);
        }
      }}
      onClose={onClose}
    >
      <p>{t(`dialog.${action}`)}</p>
      {action === 'remove' && (
        <label className={css.check}>
          <input type="checkbox" checked={isVoid} onChange={(event) => setVoid(event.target.checked)} />
          <span>
            {t('dialog.void')}
            <span className={css.checkHelp}>{t('dialog.voidHelp')}</span>
          </span>
        </label>
      )}
      {dated.has(action) && !isVoid && (
        <div className={css.dialogField}>
          <DayField
            label={t(action === 'expire' ? 'dialog.expireOn' : 'dialog.removeOn')}
            value={on || undefined}
            stacked
            onChange={(day) => setOn(day ?? '')}
          />
        </div>
      )}
      <div className={css.dialogField}>
        <label htmlFor={id}>{t('dialog.basis')}</label>
        <Input
          id={id}
          maxLength={300}
          placeholder={t('dialog.basisExample')}
          value={basis}
          onChange={(event) => setBasis(event.target.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
