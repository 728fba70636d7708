import { Link } from '@tanstack/react-router';
import { ruleText } from '#kernel/calendar/rule-text';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { BasisList } from '../basis-list.tsx';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { RanOn } from '../portals/transfers.tsx';
import { type Course, type Matter, useText } from '../text.ts';

/** A clock; that of a matter names the transfers during which it went on. */
type Clock = Course['clocks'][number] & { through?: Matter['clocks'][number]['through'] };

/** Every clock that ran, with its last day; each opens its proof day by day. */
export function ClockTable({ clocks }: { clocks: readonly Clock[] }) {
  const t = useText();
  const lang = useLang();
  return (
    <ScrollBox label={t('course.clocks')}>
      <table className={css.steps}>
        <Heads columns={['course.what', 'course.start', 'limits', 'course.due', 'course.how', 'basis']} />
        <tbody>
          {clocks.map((clock) => (
            <tr key={`${clock.id} ${clock.startedOn}`}>
              <th scope="row">
                {clock.limit.step[lang]}
                {clock.limit.note && <span className={css.purpose}>{clock.limit.note[lang]}</span>}
              </th>
              <td className={css.day} data-label={t('course.start')}>
                {clock.startedOn}
              </td>
              <td data-label={t('limits')}>
                {[clock.limit.rule, ...clock.extensions]
                  .map((rule) => ruleText(rule)[lang])
                  .join(t('course.plus'))}
              </td>
              <td className={css.day} data-label={t('course.due')}>
                <Link
                  to="/deadlines"
                  search={
                    {
                      limit: clock.limit.id,
                      from: clock.startedOn,
                      extensions: clock.extensions.join(',') || undefined,
                      excluded: clock.excluded || undefined,
                    } as never
                  }
                >
                  {clock.due ?? t('course.stands')}
                  <span className={css.proof}>{t('course.proof')}</span>
                </Link>
                {clock.provisional && <span className={css.unverified}>{t('course.provisional')}</span>}
                <RanOn through={clock.through} />
              </td>
              <td data-label={t('course.how')}>
                <Standing clock={clock} />
              </td>
              <td data-label={t('basis')}>
                <BasisList basis={[clock.limit.basis]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Runs, stands, was met in time or late, is over, or ended for another reason; a lawful extension is never late. */
function Standing({ clock }: { clock: Clock }) {
  const t = useText();
  const { ended, late, over, due } = clock;
  const words = () => {
    if (ended?.how === 'met') return t(late ? 'course.metLate' : 'course.met', { day: ended.on });
    if (ended?.how === 'expired') return t('course.expired');
    if (ended) return t(late ? 'course.overLate' : 'course.over', { day: ended.on });
    if (due === null) return t('course.standing');
    return t(late ? 'course.late' : over ? 'course.expired' : 'course.running');
  };
  return (
    <span data-late={late} data-quiet={ended !== null && ended.how !== 'met'} className={css.standing}>
      {words()}
    </span>
  );
}
