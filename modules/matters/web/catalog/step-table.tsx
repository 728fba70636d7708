import { Link } from '@tanstack/react-router';
import { ruleText } from '#kernel/calendar/rule-text';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { BasisList } from '../basis-list.tsx';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Action, type Limit, useText } from '../text.ts';

/** The procedure as a table: every step, also those that change no state. */
export function StepTable({ actions }: { actions: readonly Action[] }) {
  const t = useText();
  const lang = useLang();
  const list = (texts: readonly { zh: string; en: string }[]) =>
    texts.map((one) => one[lang]).join(t('comma'));
  return (
    <ScrollBox label={t('steps')}>
      <table className={css.steps}>
        <Heads columns={['step', 'who', 'from', 'limits', 'to', 'papers', 'basis']} />
        <tbody>
          {actions.map((action) => (
            <tr key={action.id}>
              <th scope="row">
                {action.title[lang]}
                {action.when && <span className={css.purpose}>{action.when[lang]}</span>}
              </th>
              <td data-label={t('who')}>{action.by.title[lang]}</td>
              <td data-label={t('from')}>{list(action.from)}</td>
              <td data-label={t('limits')}>
                <Limits action={action} />
              </td>
              <td data-label={t('to')}>
                {action.to ? action.to[lang] : <span className={css.muted}>{t('stays')}</span>}
              </td>
              <td data-label={t('papers')}>{list(action.documents)}</td>
              <td data-label={t('basis')}>
                <BasisList basis={action.basis} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Within what time, after what time, and which clocks it begins, stops or extends. */
function Limits({ action }: { action: Action }) {
  const t = useText();
  const lang = useLang();
  const rule = (limit: Limit) => ruleText(limit.rule)[lang];
  const lines = [
    ...action.within.map((limit) => ({ limit, text: t('within', { limit: rule(limit) }) })),
    ...action.after.map((limit) => ({ limit, text: t('after', { limit: rule(limit) }) })),
    ...action.starts.map((limit) => ({
      limit,
      text: t('starts', { limit: rule(limit), step: limit.step[lang] }),
    })),
    ...action.pauses.map((limit) => ({ limit, text: t('pauses', { step: limit.step[lang] }) })),
    ...action.resumes.map((limit) => ({ limit, text: t('resumes', { step: limit.step[lang] }) })),
    ...action.extends.map((limit) => ({
      limit,
      text: t('extends', {
        step: limit.step[lang],
        periods: limit.extensions
          .slice(action.extension - 1, action.extension)
          .map(({ rule: more, when }) => t('extension', { rule: ruleText(more)[lang], when: when[lang] }))
          .join(t('semicolon')),
      }),
    })),
  ];
  if (lines.length === 0 && action.needs.length === 0) return null;
  return (
    <ul className={css.limits}>
      {action.needs.length > 0 && (
        <li>{t('needs', { steps: action.needs.map((one) => one[lang]).join(t('comma')) })}</li>
      )}
      {lines.map(({ limit, text }) => (
        <li key={text}>
          <Link to="/deadlines" search={{ limit: limit.id } as never} title={t('reckon')}>
            {text}
          </Link>
          {!limit.basis.verified && <span className={css.unverified}>{t('unverifiedMark')}</span>}
        </li>
      ))}
    </ul>
  );
}
