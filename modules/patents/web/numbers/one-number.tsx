import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { lookUpNumber } from '../../contract/export.ts';
import { useText } from '../text.ts';
import css from './numbers.module.css';

/** What a single number can mean: each reading with its kind and the records that have it. */
export function OneNumber({
  number,
  onNumber,
}: {
  number: string | undefined;
  onNumber: (number: string | undefined) => void;
}) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState(number ?? '');
  useEffect(() => setTyped(number ?? ''), [number]);
  return (
    <section className={css.one} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('number.title')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onNumber(typed.trim() || undefined);
        }}
      >
        <label htmlFor={`${id}-number`} className={css.label}>
          {t('number.label')}
        </label>
        <div className={css.line}>
          <input
            id={`${id}-number`}
            className={css.input}
            type="search"
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            placeholder="ZL 2017 1 0117081.7"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button htmlType="submit">{t('number.lookUp')}</Button>
        </div>
      </form>
      {number ? <Meanings number={number} /> : <p className={css.note}>{t('number.help')}</p>}
    </section>
  );
}

function Meanings({ number }: { number: string }) {
  const t = useText();
  const { data, error, refetch } = useQuery(queryOf(lookUpNumber, { params: { number } }));
  if (error) return <ErrorPanel error={error} what={t('number.title')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} />;
  return (
    <div role="status">
      {data.warning && <p className={css.warning}>{data.warning}</p>}
      {data.candidates.length === 0 ? (
        <p className={css.nothing}>{t('number.unreadable', { number })}</p>
      ) : (
        <>
          <p className={css.note}>{t('number.read', { count: data.candidates.length })}</p>
          <ul className={css.meanings}>
            {data.candidates.map((one) => (
              <li key={`${one.kind} ${one.number}`}>
                <strong>{one.number}</strong> <span className={css.kind}>{t(`number.${one.kind}`)}</span>
                {one.records.length === 0 ? (
                  <p className={css.note}>{t('number.none')}</p>
                ) : (
                  <ul>
                    {one.records.map((record) => (
                      <li key={record.publicationNumber}>
                        <Link to="/patents/$number" params={{ number: record.publicationNumber }}>
                          {record.publicationNumber}
                        </Link>{' '}
                        {record.title}
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
