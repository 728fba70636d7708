import { useState } from 'react';
import { Toggle, ToggleGroup } from '#shell/components/fields.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import type { LegalEventJson, PatentRecord } from '../../contract/record.ts';
import { useText } from '../text.ts';
import { dealingsOf, kindOf, latestFirst } from './event-kinds.ts';
import css from './events.module.css';
import { OriginNote } from './origin.tsx';
import shared from './record.module.css';

/** What happened to the application and the right, as a time line: raw text and code, and what it means. */
export function Events({ record }: { record: PatentRecord }) {
  const t = useText();
  const [down, setDown] = useState(true);
  const { events } = record;
  if (events.length === 0)
    return (
      <section className={shared.section} aria-labelledby="events">
        <h2 id="events">{t('record.events')}</h2>
        <p className={shared.none}>{t('events.none')}</p>
      </section>
    );
  const latest = latestFirst(events);
  return (
    <section className={shared.section} aria-labelledby="events">
      <h2 id="events">
        {t('record.events')}
        <span className={shared.count}>{t('events.count', { count: events.length })}</span>
      </h2>
      {events.length > 1 && (
        <p className="no-print">
          <ToggleGroup>
            <Toggle pressed={down} onChange={() => setDown(true)}>
              {t('events.latestFirst')}
            </Toggle>
            <Toggle pressed={!down} onChange={() => setDown(false)}>
              {t('events.earliestFirst')}
            </Toggle>
          </ToggleGroup>
        </p>
      )}
      <ol className={css.line}>
        {(down ? latest : latest.toReversed()).map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same event may stand twice.
          <Event key={i} event={event} />
        ))}
      </ol>
      <p className={shared.note}>{t('events.note')}</p>
      <OriginNote field="events" />
    </section>
  );
}

function Event({ event }: { event: LegalEventJson }) {
  const t = useText();
  const word = t(`event.${kindOf(event)}`);
  return (
    <li className={css.event} data-state={event.state || 'none'}>
      <span className={css.date}>{event.date ?? t('events.noDate')}</span>
      <div className={css.body}>
        <p className={css.head}>
          <strong>{word}</strong>
          {event.state !== '' && <span className={css.state}>{t(`events.${event.state}`)}</span>}
          {(event.office !== '' || event.code !== '') && (
            <code title={t('events.code')}>{[event.office, event.code].filter(Boolean).join(' ')}</code>
          )}
          {event.st27 !== '' && (
            <code title={t('events.st27')}>{t('events.st27Of', { code: event.st27 })}</code>
          )}
        </p>
        {event.text !== '' && event.text !== word && <p className={css.text}>{event.text}</p>}
        <Detail detail={event.detail} />
      </div>
    </li>
  );
}

function Detail({ detail }: { detail: Readonly<Record<string, string>> }) {
  const entries = Object.entries(detail).filter(([, value]) => value !== '');
  if (entries.length === 0) return null;
  return (
    <dl className={css.detail}>
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Transfers, licences, pledges and seizures of their own, because these are what a buyer or a bank looks for. */
export function Dealings({ record }: { record: PatentRecord }) {
  const t = useText();
  const dealings = latestFirst(dealingsOf(record.events));
  if (dealings.length === 0) return null;
  return (
    <section className={shared.section} aria-labelledby="dealings">
      <h2 id="dealings">
        {t('record.dealings')}
        <span className={shared.count}>{t('events.count', { count: dealings.length })}</span>
      </h2>
      <ScrollBox label={t('record.dealings')}>
        <table className={shared.table}>
          <thead>
            <tr>
              <th scope="col">{t('dealings.date')}</th>
              <th scope="col">{t('dealings.kind')}</th>
              <th scope="col">{t('dealings.detail')}</th>
            </tr>
          </thead>
          <tbody>
            {dealings.map((event, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same event may stand twice.
              <tr key={i}>
                <td className={shared.nowrap}>{event.date ?? t('events.noDate')}</td>
                <td className={shared.nowrap}>{t(`event.${kindOf(event)}`)}</td>
                <td>
                  {event.text}
                  <Detail detail={event.detail} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
