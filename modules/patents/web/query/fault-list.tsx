import { useText } from '../text.ts';
import { mended, type ShownFault } from './faults.ts';
import css from './query.module.css';

/** What is wrong with the query, where, what was expected there, and the proposal to take over with one press. */
export function FaultList({
  faults,
  text,
  onGo,
  onMend,
}: {
  faults: readonly ShownFault[];
  text: string;
  onGo: (offset: number) => void;
  onMend: (text: string) => void;
}) {
  const t = useText();
  if (faults.length === 0) return null;
  return (
    <div role="alert">
      <ul className={css.faults}>
        {faults.map((fault) => {
          const better = mended(text, fault);
          return (
            <li key={`${fault.offset} ${fault.message}`}>
              <p>
                <button type="button" className={css.quiet} onClick={() => onGo(fault.offset)}>
                  {t('query.at', { at: fault.offset + 1 })}
                </button>{' '}
                <strong>{fault.message}</strong>
              </p>
              {fault.expected.length > 0 && (
                <p className={css.muted}>
                  {t('query.expected', { what: fault.expected.join(t('listComma')) })}
                </p>
              )}
              {better !== null && (
                <p>
                  {t('query.meant')} <code>{better}</code>{' '}
                  <button type="button" className={css.action} onClick={() => onMend(better)}>
                    {t('query.mend')}
                  </button>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
