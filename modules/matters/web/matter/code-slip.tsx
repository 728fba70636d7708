import type { ReactNode } from 'react';
import { PlainButton } from '#shell/components/fields.tsx';
import { Notice } from '#shell/components/form.tsx';
import { formatMoment } from '#shell/format';
import css from '../matters.module.css';
import { type Matter, useText } from '../text.ts';

/** Number and code for whoever is to have them. With `alone` nothing else of the page is printed: the matter is not theirs to see. */
export function CodeSlip({
  matter,
  title,
  code,
  alone = false,
  onHide,
  children,
}: {
  matter: Matter;
  title: string;
  code: string;
  alone?: boolean;
  onHide: () => void;
  /** What to do with them. */
  children: ReactNode;
}) {
  const t = useText();
  return (
    <div className={alone ? css.slip : undefined}>
      <Notice
        tone="done"
        title={title}
        actions={
          <span className="no-print">
            <PlainButton onClick={() => window.print()}>{t('receipt.print')}</PlainButton>{' '}
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
          <div>
            <dt>{t('openedAt')}</dt>
            <dd>{formatMoment(matter.openedAt)}</dd>
          </div>
        </dl>
        {children}
      </Notice>
    </div>
  );
}
