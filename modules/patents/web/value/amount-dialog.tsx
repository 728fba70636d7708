import { Alert, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { DayField, TextField } from '#shell/components/fields.tsx';
import { type Amount, addAmount } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { useRefreshValue } from './refresh.ts';
import css from './value.module.css';

/** Records a sum; what was typed stays when that fails. */
export function AmountDialog({
  number,
  kind,
  onClose,
}: {
  number: string;
  kind: Amount['kind'];
  onClose: () => void;
}) {
  const t = useText();
  const id = useId();
  const refresh = useRefreshValue();
  const [yuan, setYuan] = useState<number | null>(null);
  const [asOf, setAsOf] = useState<string | undefined>(undefined);
  const [method, setMethod] = useState('');
  const [source, setSource] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ready = yuan !== null && yuan > 0 && asOf && method.trim() !== '' && source.trim() !== '';
  async function save() {
    if (!ready) return;
    setBusy(true);
    setFailure(null);
    try {
      await call(addAmount, {
        params: { number },
        body: { kind, yuan, asOf, method: method.trim(), source: source.trim() },
      });
      await refresh();
      onClose();
    } catch (error) {
      setFailure(error instanceof ApiError && error.message ? error.message : String(error));
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={`${t('value.add')} · ${t(kind === 'price' ? 'value.prices' : 'value.amounts')}`}
      okText={t('value.add')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      {failure && <Alert type="error" title={failure} role="alert" />}
      <div className={css.score}>
        <label htmlFor={id}>{t('value.amount')}</label>
        <InputNumber
          id={id}
          min={0.01}
          max={1e13}
          precision={2}
          suffix={t('value.unit')}
          value={yuan}
          onChange={setYuan}
        />
      </div>
      <DayField label={t('value.asOf')} value={asOf} onChange={setAsOf} />
      <TextField size={40} label={t('value.method')} value={method} onChange={setMethod} />
      <TextField size={40} label={t('value.source')} value={source} onChange={setSource} />
    </Modal>
  );
}
