import type { AccountView } from '#modules/accounts/contract';
import { formatMoment } from '#shell/format';
import css from '../accounts.module.css';
import { useText } from '../text.ts';

/** Enabled, or since when it is disabled. */
export function AccountState({ account }: { account: Pick<AccountView, 'disabledAt'> }) {
  const t = useText();
  return account.disabledAt ? (
    <span className={css.state} data-state="revoked">
      <span aria-hidden="true">■</span>{' '}
      {t('accounts.disabledSince', { at: formatMoment(account.disabledAt) })}
    </span>
  ) : (
    <span className={css.state} data-state="active">
      <span aria-hidden="true">●</span> {t('accounts.enabled')}
    </span>
  );
}
