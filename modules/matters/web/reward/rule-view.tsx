import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { useLang } from '#shell/i18n';
import { type RewardRule, yuanText } from '../../contract.ts';
import { BasisList } from '../basis-list.tsx';
import { Heads } from '../heads.tsx';
import css from '../matters.module.css';
import { type Item, useText } from '../text.ts';

/** Rules by which rewards are computed: on which terms, by which grades, and where they stand. */
export function RewardRules({ rules }: { rules: readonly RewardRule[] }) {
  return rules.map((rule) => <Rule key={rule.id} rule={rule} />);
}

/** The rules of an item as a part of its guide; nothing where it has none. */
export function RewardSection({ item: { rewards } }: { item: Item }) {
  const t = useText();
  if (rewards.length === 0) return null;
  return (
    <section className={css.part}>
      <h2>{t('reward.title')}</h2>
      <RewardRules rules={rewards} />
    </section>
  );
}

function Rule({ rule }: { rule: RewardRule }) {
  const t = useText();
  const lang = useLang();
  const { title, from, to, basis, note, conditions, base, grades, insider, cap } = rule;
  const days = to === null ? t('versionFrom', { from }) : t('versionSpan', { from, to });
  return (
    <div className={css.rewardRule}>
      <h3 className={css.small}>{t('reward.called', { title: title[lang], days })}</h3>
      <BasisList basis={basis} />
      {note && <p className={css.purpose}>{note[lang]}</p>}
      {conditions.length > 0 && (
        <ol className={css.conditions}>
          {conditions.map(({ text, basis: by }) => (
            <li key={text.en}>
              {text[lang]}
              <BasisList basis={by} />
            </li>
          ))}
        </ol>
      )}
      <ScrollBox label={title[lang]}>
        <table className={`${css.steps} ${css.grades}`}>
          <Heads columns={['reward.grade', 'reward.criteria', 'reward.share', 'reward.least']} />
          <tbody>
            {grades.map((grade) => (
              <tr key={grade.id}>
                <th scope="row">{grade.title[lang]}</th>
                <td data-label={t('reward.criteria')}>{grade.criteria[lang]}</td>
                <td data-label={t('reward.share')} className={css.figure}>
                  {t('reward.ofBase', { base: base[lang], rate: grade.rate })}
                </td>
                <td data-label={t('reward.least')} className={css.figure}>
                  {grade.floor > 0 && t('reward.yuan', { sum: yuanText(grade.floor * 100) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={css.purpose}>
        {insider && (
          <span>{t('reward.insiders', { title: insider.title[lang], factor: insider.factor })}</span>
        )}
        {cap !== null && <span>{t('reward.most', { cap: yuanText(cap * 100) })}</span>}
        <span>{t('reward.order')}</span>
      </p>
    </div>
  );
}
