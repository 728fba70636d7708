import { Input } from 'antd';
import { useState } from 'react';
import { openPeriod, type Period } from '#modules/plan/contract';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { FormField } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import { cityToday } from '../dates.ts';
import { useText } from '../text.ts';

/** Opens a period, or opens it again; the due date may be left to the arrangement. */
export function OpenDialog({
  period,
  onDone,
  onClose,
}: {
  period: Period;
  onDone: (period: Period) => void;
  onClose: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const [due, setDue] = useState('');
  const today = cityToday();
  return (
    <ConfirmDialog
      open
      title={t('periods.openTitle', { label: period.label[lang] })}
      action={t('periods.open')}
      onClose={onClose}
      onConfirm={async () => {
        onDone(await call(openPeriod, { params: { id: period.id }, body: due ? { due } : {} }));
      }}
    >
      <p>{t('periods.openText')}</p>
      <FormField
        id="open-due"
        label={t('periods.dueOwn')}
        help={
          period.due < today
            ? t('periods.duePast', { due: period.due })
            : t('periods.dueArranged', { due: period.due })
        }
      >
        {(control) => (
          <Input {...control} type="date" min={today} value={due} onChange={(e) => setDue(e.target.value)} />
        )}
      </FormField>
    </ConfirmDialog>
  );
}
