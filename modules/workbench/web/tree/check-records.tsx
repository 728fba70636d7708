import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { queryOf } from '#shell/query';
import { getCheck, judgeSample } from '../../contract.ts';
import { useAct } from '../parts/act.tsx';
import { HitLine } from '../parts/hit-line.tsx';
import { Words } from '../parts/marks.tsx';
import { showRow, useKeys } from '../parts/use-keys.ts';
import { useText } from '../text.ts';
import css from '../workbench.module.css';
import { CheckFacts, EstimateWords, IntervalBar } from './estimate.tsx';

/** One check with its publications; those of a sample are judged here. */
export function CheckRecords({ check: id, onClose }: { check: string; onClose: () => void }) {
  const t = useText();
  const { act, busy, problem } = useAct();
  const [at, setAt] = useState(-1);
  const one = useQuery({
    ...queryOf(getCheck, { params: { id } }),
    placeholderData: (before) => before,
  });
  const records = one.data?.records ?? [];
  const judges = one.data?.abilities.judge ?? false;
  const go = (to: number) => {
    const next = Math.min(Math.max(to, 0), records.length - 1);
    setAt(next);
    if (records[next]) showRow(records[next].number);
  };
  const judge = (number: string | undefined, choice: 'relevant' | 'irrelevant' | null, settles = false) => {
    if (!number || !judges) return;
    void act(() => call(judgeSample, { params: { id }, body: { number, choice, settles } }));
  };
  const judgeHere = (choice: 'relevant' | 'irrelevant') => {
    judge(records[at]?.number, choice);
    if (at >= 0) go(at + 1);
  };
  useKeys({
    j: () => go(at + 1),
    k: () => go(at - 1),
    s: () => judgeHere('relevant'),
    x: () => judgeHere('irrelevant'),
  });
  if (one.error)
    return <ErrorPanel error={one.error} what={t('show.checks')} onRetry={() => void one.refetch()} />;
  if (!one.data) return <Skeleton rows={8} />;
  const { check } = one.data;
  return (
    <>
      <p>
        <button type="button" className={css.quiet} onClick={onClose}>
          {t('checks.back')}
        </button>
      </p>
      <div className={css.estimate}>
        <strong>
          {t(`checks.${check.kind}`)} <EstimateWords estimate={check.estimate} />
        </strong>
        <IntervalBar estimate={check.estimate} />
        <CheckFacts check={check} />
      </div>
      {problem}
      {judges && <p className={css.keys}>{t('checks.keys')}</p>}
      <ul className={css.items}>
        {records.map((record, index) => {
          const own = record.decisions.find((d) => d.own && !d.settles)?.choice ?? null;
          return (
            <li
              key={record.number}
              data-number={record.number}
              data-current={index === at}
              className={`${css.item} ${css.itemPlain}`}
            >
              <HitLine number={record.number} hit={record.hit}>
                {check.kind === 'recall' ? (
                  <span className={css.mark} data-kind={record.found ? 'in' : 'out'}>
                    {t(record.found ? 'checks.found' : 'checks.missed')}
                  </span>
                ) : (
                  record.judged && (
                    <span className={css.mark} data-kind={record.disputed ? 'disputed' : record.judged}>
                      {record.disputed ? t('state.disputed') : t(`choice.${record.judged}`)}
                    </span>
                  )
                )}
                {judges &&
                  (['relevant', 'irrelevant'] as const).map((choice) => (
                    <button
                      key={choice}
                      type="button"
                      className={`${css.choice} ${css.small}`}
                      aria-pressed={own === choice}
                      disabled={busy}
                      onClick={() => judge(record.number, own === choice ? null : choice)}
                    >
                      {t(`choice.${choice}`)}
                    </button>
                  ))}
                {judges &&
                  record.disputed &&
                  (['relevant', 'irrelevant'] as const).map((choice) => (
                    <button
                      key={choice}
                      type="button"
                      className={css.quiet}
                      disabled={busy}
                      onClick={() => judge(record.number, choice, true)}
                    >
                      {t('review.settle', { choice: t(`choice.${choice}`) })}
                    </button>
                  ))}
              </HitLine>
              {record.decisions.length > 1 && <Words decisions={record.decisions} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}
