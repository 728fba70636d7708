import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** Number and code on a slip for whoever is to have them; the code is not shown again. Printed it is alone: the matter is not theirs to see. */
export function CodeSlip({
  matter,
  name,
  code,
  onHide,
}: {
  matter: Matter;
  name: string;
  code: string;
  onHide: () => void;
}) {
  const t = useText();
  return (
    <div className={css.slip}>
      <Notice
        tone="done"
        title={t('slip.title', { name })}
        actions={
          <span className="no-print">
            <PlainButton onClick={() => window.print()}>{t('print')}</PlainButton>{' '}
            <PlainButton onClick={onHide}>{t('receipt.hide')}</PlainButton>
          </span>
        }
      >
        <dl className={css.receipt}>
          <div>
            <dt>{t('number')}</dt>
            <dd>{matter.number}</dd>
          </div>
          <div>
            <dt>{t('code')}</dt>
            <dd>{code}</dd>
          </div>
        </dl>
        <p>{t('slip.text', { address: `${location.origin}/services/status` })}</p>
      </Notice>
    </div>
  );
}
