import type { GrantView } from '#modules/accounts/contract';
import { useLang, useShellText } from '#shell/i18n';
import css from './accounts.module.css';

/** Roles with what each is limited to. */
export function GrantList({ grants }: { grants: readonly GrantView[] }) {
  const lang = useLang();
  const shell = useShellText();
  if (grants.length === 0) return <span className={css.muted}>{shell('none')}</span>;
  return (
    <ul className={css.grants}>
      {grants.map((g) => {
        const place = g.organisation?.name ?? g.region?.name;
        return (
          <li key={`${g.role} ${g.organisation?.id} ${g.region?.id}`}>
            {g.title[lang]}
            {place && <span className={css.muted}> · {place}</span>}
          </li>
        );
      })}
    </ul>
  );
}
