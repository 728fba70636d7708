import { Link } from '@tanstack/react-router';
import css from './registers.module.css';
import { useText } from './text.ts';

/** A register or an entry that does not exist, or that this reader may not see: said the same way. */
export function NotHere({ register, no }: { register: string; no?: string }) {
  const t = useText();
  return (
    <div className={css.notHere}>
      <p>{no === undefined ? t('notHere.register', { register }) : t('notHere.entry', { no })}</p>
      <p>{t('notHere.why')}</p>
      <p>
        {no === undefined ? (
          <Link to="/registers">{t('notHere.all')}</Link>
        ) : (
          <Link to="/registers/$register" params={{ register }}>
            {t('notHere.list')}
          </Link>
        )}
      </p>
    </div>
  );
}
