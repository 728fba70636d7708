import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { ApiError, call } from '#shell/api';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { FormBar, Notice } from '#shell/components/form.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { keyOf, queries, queryOf } from '#shell/query';
import {
  type Entry,
  entryHistory,
  getEntry,
  listDues,
  listDuplicates,
  listEntries,
  listFigures,
  listMerges,
  listRegisters,
  mergeEntries,
  type RegisterView,
} from '../../../contract.ts';
import { CellWhole } from '../../cells.tsx';
import { inWords } from '../../in-words.ts';
import { StateMark } from '../../marks.tsx';
import shared from '../../registers.module.css';
import { useWords } from '../../words.ts';
import { useWorkText } from '../text.ts';
import css from '../work.module.css';
import { type Choice, compared, firstChoice, mergedData, type Side } from './choice.ts';

const ConfirmDialog = lazy(() =>
  import('#shell/components/confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })),
);

/** Everything that shows entries: out of date after a merge or its undoing. */
export function forgetEntries(): void {
  for (const endpoint of [
    getEntry,
    entryHistory,
    listEntries,
    listRegisters,
    listDuplicates,
    listMerges,
    listDues,
    listFigures,
  ])
    void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
}

/** Two entries beside each other; of each field that differs one value is chosen, then one is merged into the other. */
export function Pair({
  register,
  keep,
  drop,
  onSwap,
}: {
  register: RegisterView;
  /** Number of the entry that remains. */
  keep: string;
  /** Number of the one that is merged into it. */
  drop: string;
  onSwap: () => void;
}) {
  const t = useWorkText();
  const of = (no: string) => queryOf(getEntry, { params: { register: register.id, no } });
  const kept = useQuery({ ...of(keep), staleTime: 0 });
  const dropped = useQuery({ ...of(drop), staleTime: 0 });
  const error = kept.error ?? dropped.error;
  if (!kept.data || !dropped.data)
    return error ? (
      <ErrorPanel
        error={error}
        what={t('pair.title')}
        onRetry={() => void Promise.all([kept.refetch(), dropped.refetch()])}
      />
    ) : (
      <Skeleton rows={10} />
    );
  if (keep === drop || !kept.data.abilities.merge || !dropped.data.abilities.merge)
    return (
      <Notice tone="attention" title={t('pair.cannot')}>
        <p>{t('pair.cannotWhy')}</p>
      </Notice>
    );
  return <Beside register={register} keep={kept.data} drop={dropped.data} onSwap={onSwap} />;
}

function Beside({
  register,
  keep,
  drop,
  onSwap,
}: {
  register: RegisterView;
  keep: Entry;
  drop: Entry;
  onSwap: () => void;
}) {
  const t = useWorkText();
  const navigate = useNavigate();
  /** What the person chose, by entry: it stays the same when the two change places. */
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  const [asking, setAsking] = useState(false);
  const { different, same } = compared(keep, drop);
  const first = firstChoice(keep, drop);
  const choice: Choice = Object.fromEntries(
    different.map((f): [string, Side] => {
      const no = picked[f.key];
      return [f.key, no === keep.no ? 'keep' : no === drop.no ? 'drop' : (first[f.key] ?? 'keep')];
    }),
  );
  const sides = [
    ['keep', keep],
    ['drop', drop],
  ] as const;

  async function merge(reason: string) {
    try {
      await call(mergeEntries, {
        params: { register: register.id },
        body: {
          survivor: { no: keep.no, version: keep.version },
          loser: { no: drop.no, version: drop.version },
          data: mergedData(keep, drop, choice),
          reason,
        },
      });
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) forgetEntries();
      throw inWords(error);
    }
    forgetEntries();
    void navigate({
      to: '/registers/$register/duplicates',
      params: { register: register.id },
      search: { show: 'merges' } as never,
    });
  }

  return (
    <>
      <p className={css.explain}>{t('pair.help')}</p>
      <ScrollBox label={t('pair.title')}>
        <table className={`${shared.table} ${css.pair}`} aria-label={t('pair.title')}>
          <thead>
            <tr>
              <th scope="col">{t('pair.field')}</th>
              {sides.map(([side, entry]) => (
                <th key={side} scope="col">
                  <span className={css.side} data-side={side}>
                    {t(side === 'keep' ? 'pair.keeps' : 'pair.goes')}
                  </span>
                  <Link to="/registers/$register/$no" params={{ register: register.id, no: entry.no }}>
                    {entry.no}
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Standing keep={keep} drop={drop} />
            {different.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                {sides.map(([side, entry]) => (
                  <td key={side} data-chosen={choice[field.key] === side}>
                    <label>
                      <input
                        type="radio"
                        name={`side-${field.key}`}
                        checked={choice[field.key] === side}
                        onChange={() => setPicked({ ...picked, [field.key]: entry.no })}
                      />
                      <span>
                        <span className="visually-hidden">
                          {t('pair.take', { field: field.label, no: entry.no })}
                        </span>
                        <CellWhole field={field} cell={entry.cells[field.key]} />
                      </span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {different.length === 0 && <p>{t('pair.alike')}</p>}
      {same.length > 0 && (
        <details className={css.more}>
          <summary>{t('pair.same', { count: same.length })}</summary>
          <dl className={css.sameFields}>
            {same.map((field) => (
              <div key={field.key}>
                <dt>{field.label}</dt>
                <dd>
                  <CellWhole field={field} cell={keep.cells[field.key]} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <FormBar wide>
        <span className={css.muted}>{t('pair.will', { keep: keep.no, drop: drop.no })}</span>
        <Button onClick={onSwap}>{t('pair.swap', { no: drop.no })}</Button>
        <Button type="primary" onClick={() => setAsking(true)}>
          {t('pair.merge')}
        </Button>
      </FormBar>
      <Suspense>
        {asking && (
          <ConfirmDialog
            open
            title={t('pair.confirm', { keep: keep.no, drop: drop.no })}
            action={t('pair.merge')}
            reason={{ label: t('pair.reason'), min: 1 }}
            onConfirm={merge}
            onClose={() => setAsking(false)}
          >
            <p>
              {t('pair.confirmText', {
                keep: keep.title,
                drop: drop.title,
                dropNo: drop.no,
                keepNo: keep.no,
              })}
            </p>
            <p>
              {t('pair.takes', {
                count: Object.values(choice).filter((side) => side === 'drop').length,
                no: drop.no,
              })}{' '}
              {t('pair.undoable')}
            </p>
          </ConfirmDialog>
        )}
      </Suspense>
    </>
  );
}

/** State, validity and age: not chosen, they stay with the entry that remains. */
function Standing({ keep, drop }: { keep: Entry; drop: Entry }) {
  const t = useWorkText();
  const words = useWords();
  const line = (name: string, of: (entry: Entry) => React.ReactNode) => (
    <tr data-fixed="true">
      <th scope="row">{name}</th>
      <td>{of(keep)}</td>
      <td>{of(drop)}</td>
    </tr>
  );
  return (
    <>
      {line(t('pair.state'), (entry) => (
        <StateMark state={entry.state} label={entry.stateLabel} />
      ))}
      {line(t('pair.validity'), (entry) => words.validity(entry.validFrom, entry.validTo))}
      {line(t('pair.created'), (entry) => formatMoment(entry.createdAt))}
      {line(t('pair.updated'), (entry) => formatMoment(entry.updatedAt))}
    </>
  );
}
