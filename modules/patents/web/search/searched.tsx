import { formatNumber } from '#shell/format';
import type { PatentPage, Searched } from '../../contract.ts';
import type { PatentSearch } from '../address.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { useStatusWord, useTypeWord } from '../words.ts';
import { type Condition, conditionsOf, without } from './relax.ts';
import css from './search.module.css';
import type { ChangeSearch } from './use-search.ts';

/** Names a condition in words: 申请人含“大学”. */
export function useConditionWords(searched: Searched): (condition: Condition) => string {
  const t = useText();
  const regions = useRegions();
  const typeWord = useTypeWord();
  const statusWord = useStatusWord();
  return ({ kind, text }) => {
    switch (kind) {
      case 'number':
        return t('searched.number', { numbers: searched.numbers.join(t('searched.or')) });
      case 'span':
        return t('searched.span', { from: searched.from ?? '', to: searched.to ?? '' });
      case 'region':
        return t('searched.region', { name: regions.nameOf(text) });
      case 'type':
        return t('searched.type', { name: searched.type ? typeWord(searched.type) : text });
      case 'status':
        return t('searched.status', { name: searched.legalStatus ? statusWord(searched.legalStatus) : text });
      default:
        return t(`searched.${kind}`, { text });
    }
  };
}

const NO_CONDITION: Partial<PatentSearch> = {
  q: undefined,
  applicant: undefined,
  ipc: undefined,
  from: undefined,
  to: undefined,
  region: undefined,
  type: undefined,
  status: undefined,
};

/** What was searched, as it was understood, each condition with a way to leave it out; and how much was found. */
export function SearchedLine({ page, onChange }: { page: PatentPage; onChange: ChangeSearch }) {
  const t = useText();
  const { searched, total } = page;
  const words = useConditionWords(searched);
  const conditions = conditionsOf(searched);
  const first = (page.page - 1) * page.size + 1;
  return (
    <div className={css.searched}>
      <p role="status">
        <strong>{t('searched.total', { count: total, total: formatNumber(total) })}</strong>
        {total > 0 && (
          <span className={css.muted}>
            {page.hits.length > 0 &&
              t('searched.shown', {
                from: formatNumber(first),
                to: formatNumber(first + page.hits.length - 1),
              })}
            {t('searched.order')}
          </span>
        )}
        <span className={css.muted}>{t('searched.took', { seconds: (page.tookMs / 1000).toFixed(2) })}</span>
      </p>
      {conditions.length === 0 ? (
        <p className={css.muted}>{t('searched.everything')}</p>
      ) : (
        <ul className={css.conditions} aria-label={t('searched.label')}>
          {conditions.map((condition) => (
            <li key={`${condition.kind} ${condition.text}`}>
              {words(condition)}
              <button
                type="button"
                className={css.remove}
                aria-label={t('searched.remove', { condition: words(condition) })}
                title={t('searched.remove', { condition: words(condition) })}
                onClick={() => onChange(without(condition, searched))}
              >
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
          {conditions.length > 1 && (
            <li className={css.clearAll}>
              <button type="button" className={css.clear} onClick={() => onChange(NO_CONDITION)}>
                {t('search.clear')}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
