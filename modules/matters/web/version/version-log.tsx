import css from '../matters.module.css';
import { type LogEntry, useText } from '../text.ts';

/** In the log: from which version of its item to which a matter was moved. */
export function MovedOn({ version: { from, to } }: { version: NonNullable<LogEntry['version']> }) {
  const t = useText();
  return from === to ? t('migrate.logCorrected', { to }) : t('migrate.log', { from, to });
}

/** In the log: on what ground, for those who are told. */
export function MovedBy({ version }: { version: LogEntry['version'] }) {
  const t = useText();
  if (!version?.basis) return null;
  return <span className={css.purpose}>{t('migrate.ground', { basis: version.basis })}</span>;
}
