import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import { useSession } from '#shell/session';
import { listDues, type RegisterSummary } from '../../contract.ts';
import { DueMark } from '../marks.tsx';
import shared from '../registers.module.css';
import { useText } from '../text.ts';
import css from './directory.module.css';

const SHOWN = 6;

/** What waits for an officer: entries to verify or publish, and what lapses within 90 days. */
export function MyWork({ registers }: { registers: readonly RegisterSummary[] }) {
  const t = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const session = useSession();
  const kept = registers.filter((r) => r.abilities.keep);
  const mine = session.signedIn && kept.length > 0;
  const dues = useQuery({
    ...queryOf(listDues, { query: { mine: 'true', within: 90, limit: SHOWN } }, { interactive: false }),
    enabled: mine,
  });
  if (!mine) return null;
  const waiting = kept.filter((r) => r.counts.proposed + r.counts.verified > 0);
  const listed = open ? waiting : waiting.slice(0, SHOWN);
  const more = (dues.data?.total ?? 0) - (dues.data?.entries.length ?? 0);
  return (
    <section className={css.work} aria-labelledby={id}>
      <h2 id={id}>{t('work.title')}</h2>
      <div className={css.workColumns}>
        <div>
          <h3>{t('work.waiting')}</h3>
          {waiting.length === 0 ? (
            <p className={shared.muted}>{t('work.nothingWaits')}</p>
          ) : (
            <ul className={css.workList}>
              {listed.map((register) => (
                <li key={register.id}>
                  <Link
                    to="/registers/$register"
                    params={{ register: register.id }}
                    search={{ state: 'proposed,verified' } as never}
                  >
                    {register.title}
                  </Link>
                  <span className={css.waits}>
                    {register.counts.proposed > 0 &&
                      t('work.toVerify', { count: formatNumber(register.counts.proposed) })}
                    {register.counts.proposed > 0 && register.counts.verified > 0 && t('listComma')}
                    {register.counts.verified > 0 &&
                      t('work.toPublish', { count: formatNumber(register.counts.verified) })}
                  </span>
                </li>
              ))}
            </ul>
          )}
          {listed.length < waiting.length && (
            <button type="button" className={shared.plain} onClick={() => setOpen(true)}>
              {t('work.moreWaiting', { count: waiting.length - listed.length })}
            </button>
          )}
        </div>
        <div>
          <h3>{t('work.dues')}</h3>
          {dues.data?.entries.length === 0 && <p className={shared.muted}>{t('work.nothingDue')}</p>}
          <ul className={css.workList}>
            {dues.data?.entries.map((e) => (
              <li key={`${e.register} ${e.no} ${e.due.kind}`}>
                <span>
                  <Link to="/registers/$register/$no" params={{ register: e.register, no: e.no }}>
                    {e.title}
                  </Link>
                  <span className={shared.sub}>
                    {e.registerTitle} · {e.due.label}
                  </span>
                </span>
                <DueMark due={e.due} short />
              </li>
            ))}
          </ul>
          {more > 0 && (
            <Link to="/registers/dues" search={{ mine: 'true' } as never}>
              {t('work.moreDues', { count: formatNumber(more) })}
            </Link>
          )}
        </div>
      </div>
    </section>
  );
}
