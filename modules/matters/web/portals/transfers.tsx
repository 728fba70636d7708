import { Notice } from '#shell/components/form.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { type LogEntry, type Matter, useText } from '../text.ts';

/** That a matter was handed to another body: which one, since when, why, and that no time stood still for it. */
export function Transfers({ matter: { transfers, past } }: { matter: Matter }) {
  const t = useText();
  const lang = useLang();
  const last = transfers.at(-1);
  if (!last) return null;
  return (
    <Notice
      tone="attention"
      title={t('transfer.done', { on: last.on, from: last.from[lang], to: last.to[lang] })}
    >
      <p className={css.said}>
        {last.reason && `${t('transfer.why', { reason: last.reason, basis: last.basis })}\n`}
        {t(past ? 'transfer.past' : 'transfer.clocks', { to: last.to[lang] })}
      </p>
    </Notice>
  );
}

/** In the log: from whom to whom a matter was handed. */
export function HandedOn({ transfer }: { transfer: NonNullable<LogEntry['transfer']> }) {
  const t = useText();
  const lang = useLang();
  return t('log.transferred', { from: transfer.from[lang], to: transfer.to[lang] });
}

/** In the log: on what ground it was handed on, for those who are told. */
export function Ground({ transfer }: { transfer: LogEntry['transfer'] }) {
  const t = useText();
  if (!transfer?.basis) return null;
  return <span className={css.purpose}>{t('transfer.ground', { basis: transfer.basis })}</span>;
}

/** Beside the last day of a clock: that it went on while the matter was handed to another body. */
export function RanOn({ through = [] }: { through?: Matter['clocks'][number]['through'] | undefined }) {
  const t = useText();
  const lang = useLang();
  return through.map(({ on, to }) => (
    <span key={`${on} ${to.en}`} className={css.ran}>
      {t('transfer.through', { on, to: to[lang] })}
    </span>
  ));
}
