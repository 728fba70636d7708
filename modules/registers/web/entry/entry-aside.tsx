import { Link } from '@tanstack/react-router';
import { DayField } from '#shell/components/fields.tsx';
import { formatMoment } from '#shell/format';
import type { Entry, EntryLink, RegisterView } from '../../contract.ts';
import { DueMark, StateMark } from '../marks.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import css from './entry.module.css';

/** What is due, who is named, what refers to what, and the look back. */
export function EntryAside({
  register,
  entry,
  known,
  onKnown,
}: {
  register: RegisterView;
  entry: Entry;
  known: string | undefined;
  onKnown: (known: string | undefined) => void;
}) {
  const t = useText();
  const words = useWords();
  return (
    <aside className={css.aside} aria-label={t('entry.aside')}>
      <section>
        <h2>{t('entry.standing')}</h2>
        <dl className={css.pairs}>
          <dt>{t('column.state')}</dt>
          <dd>
            <StateMark state={entry.state} label={entry.stateLabel} />
          </dd>
          <dt>{t('entry.validity')}</dt>
          <dd>{words.validity(entry.validFrom, entry.validTo)}</dd>
          <dt>{t('entry.keeper')}</dt>
          <dd>{register.keeper}</dd>
          <dt>{t('entry.updated')}</dt>
          <dd>
            {formatMoment(entry.updatedAt)}
            {t('entry.version', { version: entry.version })}
          </dd>
        </dl>
      </section>
      {entry.dues.length > 0 && (
        <section>
          <h2>{t('entry.dues')}</h2>
          <ul>
            {entry.dues.map((due) => (
              <li key={`${due.kind} ${due.on}`}>
                <DueMark due={due} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {entry.organisations.length > 0 && (
        <section>
          <h2>{t('entry.organisations')}</h2>
          <ul>
            {entry.organisations.map((one) => (
              <li key={`${one.id} ${one.field}`}>
                <Link to={'/organisations/$id' as never} params={{ id: one.id } as never}>
                  {one.name}
                </Link>
                <span className={shared.sub}>{[one.field, one.code].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Links title={t('entry.links')} links={entry.links} />
      <Links title={t('entry.linkedFrom')} links={entry.linkedFrom} />
      <section className="no-print">
        <h2>{t('entry.lookBack')}</h2>
        <p className={shared.note}>{t('entry.lookBackHelp')}</p>
        <DayField label={t('moment.known')} value={known} onChange={onKnown} />
      </section>
    </aside>
  );
}

function Links({ title, links }: { title: string; links: readonly EntryLink[] }) {
  const words = useWords();
  if (links.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {links.map((link) => (
          <li key={`${link.register} ${link.no} ${link.field}`}>
            <Link to="/registers/$register/$no" params={{ register: link.register, no: link.no }}>
              {link.title || link.no}
            </Link>
            <span className={shared.sub}>
              {link.registerTitle} · {link.field} · <StateMark state={link.state} label={link.stateLabel} />
              {(link.validFrom ?? link.validTo) && ` · ${words.validity(link.validFrom, link.validTo)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
