import type { ProofKind } from '#kernel/calendar/due';
import { ruleText } from '#kernel/calendar/rule-text';
import { Facts } from '#shell/components/facts.tsx';
import { Notice } from '#shell/components/form.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatLongDate } from '#shell/format';
import { useLang } from '#shell/i18n';
import css from './deadlines.module.css';
import { useText } from './text.ts';
import { type Due, type Limit, weekdayOf } from './words.ts';

/** The last day, on what it rests, and the proof day by day. */
export function DueDateView({ due, limit }: { due: Due; limit: Limit | undefined }) {
  const t = useText();
  const lang = useLang();
  const { stopped } = due;
  const periods = [due.rule, ...due.extensions];
  const event = limit ? t('eventOf', { event: limit.start[lang] }) : '';
  return (
    <>
      <p className={css.answer}>
        <span>{stopped ? t('stands') : t('due')}</span>
        <strong>
          {due.due
            ? `${formatLongDate(due.due, lang)} ${weekdayOf(due.due, lang)}`
            : t('left', { period: ruleText(`${stopped?.left ?? 0}${stopped?.unit ?? 'D'}`)[lang] })}
        </strong>
      </p>
      <p>
        {t('sentence', {
          from: formatLongDate(due.from, lang),
          event,
          period: periods.map((rule) => ruleText(rule)[lang]).join(t('plus')),
        })}
        {due.excludedDays > 0 && t('notCounted', { count: due.excludedDays })}
        {due.rolledFrom && t('rolledFrom', { day: formatLongDate(due.rolledFrom, lang) })}
        {stopped && t('standsSince', { day: formatLongDate(stopped.since, lang) })}
      </p>
      {due.provisional && <Notice tone="attention" title={t('provisional')} />}
      {limit && <Basis limit={limit} from={due.from} />}
      <h2 className={css.proofTitle}>{t('proof')}</h2>
      <ScrollBox label={t('proof')}>
        <table className={css.proof}>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col">{t('weekday')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col" className={css.number}>
                {t('count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {due.proof.map((line, i) => (
              <tr
                key={`${line.date} ${line.kind} ${line.counted}`}
                data-counted={line.counted !== null}
                data-last={line.date === due.due && i === due.proof.length - 1}
              >
                <td>
                  {line.to && line.to !== line.date ? t('span', { from: line.date, to: line.to }) : line.date}
                </td>
                <td>{line.to && line.to !== line.date ? '' : weekdayOf(line.date, lang)}</td>
                <td>{reasonOf(line, periodAt(i))}</td>
                <td className={css.number}>{line.counted ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={css.foot}>{t('calendar', { version: due.calendar })}</p>
    </>
  );

  /** The period that a line of the proof belongs to. */
  function periodAt(line: number): string {
    const before = due.proof.slice(0, line).filter((one) => one.kind === 'extended').length;
    return periods[before] ?? due.rule;
  }

  function reasonOf({ kind, name, counted }: Due['proof'][number], period: string): string {
    if (kind === 'natural-day' && counted !== null) {
      if (period.endsWith('M')) return t('months', { count: counted });
      if (period.endsWith('Y')) return t('years', { count: counted });
    }
    const said = t(`kind.${kind as ProofKind}`);
    if (name === null || name === '') return said;
    return t('named', { what: said, name: kind === 'extended' ? ruleText(name)[lang] : name });
  }
}

/** The law on which the limit rests; what a person must confirm is said first. */
function Basis({ limit, from }: { limit: Limit; from: string }) {
  const t = useText();
  const lang = useLang();
  const { law } = limit;
  const early = law.from !== null && from < law.from;
  const late = law.to !== null && from > law.to;
  return (
    <>
      {!limit.verified && <Notice tone="attention" title={t('unverified')} />}
      {(early || late) && (
        <Notice
          tone="attention"
          title={
            early
              ? t('notYet', { day: formatLongDate(law.from ?? '', lang) })
              : t('noLonger', { day: formatLongDate(law.to ?? '', lang) })
          }
        />
      )}
      <Facts
        items={[
          {
            name: t('basis'),
            value: `${law.title[lang]}${law.number ? t('bracket', { text: law.number }) : ''} ${limit.article}`,
          },
          { name: t('step'), value: `${limit.step[lang]} · ${t(`whose.${limit.whose}`)}` },
          { name: t('inForce'), value: law.from && t('since', { day: formatLongDate(law.from, lang) }) },
          { name: t('consequence'), value: limit.consequence?.[lang] },
          { name: t('note'), value: limit.note?.[lang] },
          { name: t('lawNote'), value: law.note?.[lang] },
        ]}
      />
    </>
  );
}
