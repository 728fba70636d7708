import { useQuery } from '@tanstack/react-query';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Notice } from '#shell/components/form.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { useLang } from '#shell/i18n';
import { queryOf } from '#shell/query';
import { matterLog } from '../../contract.ts';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { Ground, HandedOn } from '../portals/transfers.tsx';
import { RewardLine } from '../reward/reward-sum.tsx';
import { type LogEntry, useText } from '../text.ts';
import { MovedBy, MovedOn } from '../version/version-log.tsx';
import { withCode } from './codes.ts';
import { LogStamp } from './log-stamp.tsx';

/** Everything that happened in a matter, with the last days as they were known then. */
export function LogList({
  number,
  code,
  version,
}: {
  number: string;
  code: string | undefined;
  /** Of the matter: with another one the log is asked for again. */
  version: number;
}) {
  const t = useText();
  const lang = useLang();
  const asked = queryOf(matterLog, { params: { number }, ...withCode(code) });
  const log = useQuery({
    ...asked,
    queryKey: [...asked.queryKey, version],
    placeholderData: (before) => before,
  });
  if (log.error && !log.data)
    return <ErrorPanel error={log.error} what={t('log')} onRetry={() => void log.refetch()} />;
  if (!log.data) return <Skeleton rows={4} />;
  return (
    <div aria-busy={log.isPlaceholderData}>
      {!log.data.intact && <Notice tone="wrong" title={t('log.broken')} />}
      <ScrollBox label={t('log')}>
        <table className={css.steps}>
          <Heads columns={['course.day', 'log.what', 'log.by', 'log.note', 'to']} />
          <tbody>
            {log.data.entries.map((entry) => (
              <tr key={entry.seq}>
                <td className={css.day} data-label={t('course.day')}>
                  {entry.on ?? formatMoment(entry.at).slice(0, 10)}
                  <span className={css.purpose}>{t('log.at', { at: formatMoment(entry.at) })}</span>
                </td>
                <th scope="row">
                  <What entry={entry} />
                </th>
                <td data-label={t('log.by')}>
                  {entry.by.role?.title[lang]}
                  {entry.office && <span className={css.purpose}>{entry.office[lang]}</span>}
                  {entry.by.name && (
                    <span className={css.purpose}>
                      {entry.by.agent ? t('log.agent', { name: entry.by.name }) : entry.by.name}
                    </span>
                  )}
                  {entry.recorded && <span className={css.purpose}>{t('log.recorded')}</span>}
                </td>
                <td className={css.note} data-label={t('log.note')}>
                  {entry.note}
                  <Ground transfer={entry.transfer} />
                  <MovedBy version={entry.version} />
                  {entry.fed.map((one) => (
                    <span key={one.register.en} className={css.purpose}>
                      {one.no === null
                        ? t('log.unfed', { register: one.register[lang], why: one.why?.[lang] ?? '' })
                        : t('log.fed', { register: one.register[lang], no: one.no })}
                    </span>
                  ))}
                  {entry.reward && <RewardLine reward={entry.reward} />}
                  {entry.papers.length > 0 && (
                    <span className={css.purpose}>
                      {t('log.papers', { list: entry.papers.join(t('comma')) })}
                    </span>
                  )}
                  {entry.dues.length > 0 && <Dues entry={entry} />}
                </td>
                <td data-label={t('to')}>{entry.state?.[lang]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <LogStamp stamped={log.data.stamped} version={version} />
    </div>
  );
}

function What({ entry }: { entry: LogEntry }) {
  const t = useText();
  const lang = useLang();
  if (entry.title) return entry.title[lang];
  if (entry.version) return <MovedOn version={entry.version} />;
  if (entry.transfer) return <HandedOn transfer={entry.transfer} />;
  if (entry.kind === 'assigned')
    return entry.handler ? t('log.assigned', { name: entry.handler }) : t('log.returned');
  if (entry.kind === 'struck') return t('log.struck', { no: entry.paper ?? 0 });
  if (entry.party) {
    const name = t('log.named', { name: entry.party.name, role: entry.party.role.title[lang] });
    if (entry.kind === 'served')
      return t('log.served', { no: entry.paper ?? 0, name, how: t(`serve.${entry.how ?? 'platform'}`) });
    if (entry.kind === 'message') return t(entry.by.role ? 'log.wrote' : 'log.wroteTo', { name });
    if (entry.kind === 'admitted') return t('log.admitted', { name });
    return t(entry.kind === 'recoded' ? 'log.recoded' : 'log.dismissed', { name });
  }
  if (entry.kind === 'rated') return t('log.rated', { score: t(`rating.${(entry.score ?? 3) as 3}`) });
  if (entry.kind === 'panel')
    return entry.panel.length > 0
      ? t('log.panel', {
          list: entry.panel
            .map(({ name, part }) => t('seat.named', { name, part: t(`seat.${part}`) }))
            .join(t('comma')),
        })
      : t('log.noPanel');
  if (entry.kind === 'recused' || entry.kind === 'not-recused')
    return t(`log.${entry.kind}`, {
      name: entry.handler ?? '',
      asked: t(`recusal.${entry.asked ?? 'office'}`),
    });
  if (entry.kind === 'sent-back' || entry.kind === 'taken-down') return t(`log.${entry.kind}`);
  const { kind } = entry;
  return t(
    kind === 'answered' || kind === 'unsealed' || kind === 'prepared' ? `log.${kind}` : 'log.reckoned',
  );
}

/** Last days as they were known when the entry was written; where another calendar moved them, from when to when. */
function Dues({ entry }: { entry: LogEntry }) {
  const t = useText();
  const lang = useLang();
  return (
    <details className={css.dues} open={entry.kind === 'reckoned'}>
      <summary>{t('log.dues')}</summary>
      <ul>
        {entry.dues.map(({ clock, due, was, provisional }) => (
          <li key={`${clock.en} ${due}`}>
            {clock[lang]}
            {t('colon')}
            {was !== null && t('log.was', { was })}
            {due ?? t('course.stands')}
            {provisional && <span className={css.unverified}>{t('course.provisional')}</span>}
          </li>
        ))}
      </ul>
      <p className={css.purpose}>{t('log.rules', { rules: entry.rules, hash: entry.hash.slice(0, 16) })}</p>
    </details>
  );
}
