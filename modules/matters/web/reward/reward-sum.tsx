import { useLang } from '#shell/i18n';
import { type Reward, yuanText } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** A reward in a line, as the log has it. */
export function RewardLine({ reward: { rule, grade, of, base, sum } }: { reward: Reward }) {
  const t = useText();
  const lang = useLang();
  return (
    <span className={css.purpose}>
      {t('reward.line', {
        ...{ sum: yuanText(sum), rule: rule.title[lang], grade: grade.title[lang] },
        ...{ of: of[lang], base: yuanText(base) },
      })}
      {!rule.verified && <span className={css.unverified}>{t('unverifiedMark')}</span>}
    </span>
  );
}

/** How a reward was computed, line by line, down to the sum. */
export function RewardSum({ reward }: { reward: Reward }) {
  const t = useText();
  const lang = useLang();
  const { rule, of, base, grade, insider, cap, parts, sum } = reward;
  const yuan = (fen: number) => t('reward.yuan', { sum: yuanText(fen) });
  const said = {
    rate: t('reward.rate', { of: of[lang], base: yuanText(base), rate: grade.rate }),
    floor: t('reward.floor', { grade: grade.title[lang], floor: yuanText(grade.floor * 100) }),
    insider: t('reward.insiderPart', { title: insider?.title[lang] ?? '', factor: insider?.factor ?? 1 }),
    cap: t('reward.cap', { cap: yuanText((cap ?? 0) * 100) }),
  };
  return (
    <table className={css.sum}>
      <caption>
        {t('reward.by', { rule: rule.title[lang], grade: grade.title[lang] })}
        {!rule.verified && <span className={css.unverified}>{t('unverifiedMark')}</span>}
      </caption>
      <tbody>
        {parts.map(({ what, fen }) => (
          <tr key={what}>
            <th scope="row">{said[what]}</th>
            <td>{yuan(fen)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('reward.sum')}</th>
          <td>{yuan(sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
