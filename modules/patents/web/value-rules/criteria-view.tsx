import { Link } from '@tanstack/react-router';
import { formatNumber } from '#shell/format';
import type { Criterion } from '../../contract/value.ts';
import { useText } from '../text.ts';
import { useRegisters } from './use-registers.ts';
import css from './value-rules.module.css';

/** Symbols that stand in the line; the others are unfolded. */
const FIRST_SYMBOLS = 12;

/** Criteria in words, with what they are decided by. */
export function CriteriaView({ criteria }: { criteria: readonly Criterion[] }) {
  const t = useText();
  return (
    <ol className={css.criteria} aria-label={t('rules.criteria')}>
      {criteria.map((one) => (
        <li key={one.key}>
          <strong>{one.title}</strong>
          <Decided criterion={one} />
        </li>
      ))}
    </ol>
  );
}

function Decided({ criterion }: { criterion: Criterion }) {
  const t = useText();
  switch (criterion.kind) {
    case 'industry':
      return <Industry classes={criterion.classes} />;
    case 'overseas':
      return <p>{t('rules.say.overseas')}</p>;
    case 'maintained':
      return (
        <p>
          {t('rules.say.maintained', {
            from: t(`rules.counted.${criterion.from}`),
            years: criterion.years,
          })}
        </p>
      );
    case 'pledge':
      return criterion.least === null ? (
        <p className={css.open}>{t('rules.say.pledgeOpen')}</p>
      ) : (
        <p>
          {t('rules.say.pledge', {
            yuan: formatNumber(criterion.least, Number.isInteger(criterion.least) ? 0 : 2),
          })}
        </p>
      );
    case 'award':
      return <Award register={criterion.register} />;
  }
}

function Industry({ classes }: { classes: readonly string[] }) {
  const t = useText();
  if (classes.length === 0) return <p className={css.open}>{t('rules.say.industryOpen')}</p>;
  const rest = classes.length - FIRST_SYMBOLS;
  return (
    <>
      <p>{t('rules.say.industry', { count: classes.length, total: formatNumber(classes.length) })}</p>
      {rest > 0 ? (
        <details className={css.classes}>
          <summary>
            <span className={css.first}>{classes.slice(0, FIRST_SYMBOLS).join(t('listComma'))}</span>
            {t('rules.more', { rest: formatNumber(rest) })}
          </summary>
          <p>{classes.join(t('listComma'))}</p>
        </details>
      ) : (
        <p className={css.classes}>{classes.join(t('listComma'))}</p>
      )}
    </>
  );
}

function Award({ register }: { register: string }) {
  const t = useText();
  const { known, choices } = useRegisters();
  const title = choices.find((one) => one.value === register)?.label;
  return (
    <p>
      {t('rules.say.award')}
      {title ? (
        <Link to="/registers/$register" params={{ register } as never}>
          {title}
        </Link>
      ) : (
        register
      )}
      {known && !title && <span className={css.open}>{t('rules.say.noRegister')}</span>}
    </p>
  );
}
