import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ErrorPanel } from '#shell/components/error-panel.tsx';
import { SelectField } from '#shell/components/fields.tsx';
import { Skeleton } from '#shell/components/skeleton.tsx';
import { formatMoment } from '#shell/format';
import { queryOf } from '#shell/query';
import { type ChangeView, type Entry, entryDiff, entryHistory } from '../../contract.ts';
import { DiffTable } from '../diff-table.tsx';
import shared from '../registers.module.css';
import type { EntrySearch } from '../search.ts';
import { useText } from '../text.ts';
import { useWords } from '../words.ts';
import css from './entry.module.css';

/** Every recorded step, latest first: who, when, why, and what it changed; and any two versions beside each other. */
export function History({
  entry,
  search,
  onChange,
}: {
  entry: Entry;
  search: EntrySearch;
  onChange: (change: Partial<EntrySearch>) => void;
}) {
  const t = useText();
  const params = { register: entry.register, no: entry.no };
  const history = useQuery({ ...queryOf(entryHistory, { params }), staleTime: 5_000 });
  const changes = history.data?.changes ?? [];
  return (
    <section className={shared.section} aria-labelledby="entry-history">
      <h2 id="entry-history">{t('history.title')}</h2>
      {history.error ? (
        <ErrorPanel error={history.error} what={t('history.title')} onRetry={() => void history.refetch()} />
      ) : !history.data ? (
        <Skeleton rows={4} />
      ) : (
        <>
          {changes.length > 1 && (
            <Compare entry={entry} changes={changes} search={search} onChange={onChange} />
          )}
          <ol className={css.history}>
            {changes.map((change) => (
              <Change key={change.version} change={change} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Change({ change }: { change: ChangeView }) {
  const t = useText();
  const words = useWords();
  const told = [
    change.on && t('history.on', { on: change.on }),
    change.reason && t('history.reason', { reason: change.reason }),
    change.basis && t('history.basis', { basis: change.basis }),
  ].filter(Boolean);
  return (
    <li>
      <p className={css.when}>
        {formatMoment(change.at)}
        <span className={shared.sub}>
          {t('history.version', { version: change.version })} · {change.by}
        </span>
      </p>
      <div>
        <p className={css.what}>
          <strong>{change.actionLabel}</strong>
          {change.fromState !== change.toState &&
            ` ${change.fromState ? `${words.state(change.fromState)} → ` : ''}${words.state(change.toState)}`}
        </p>
        {told.map((line) => (
          <p key={line as string} className={css.told}>
            {line}
          </p>
        ))}
        {change.batch && (
          <p className={css.told}>
            <Link to="/registers/batches/$id" params={{ id: change.batch }} className={shared.link}>
              {t('history.batch')}
            </Link>
          </p>
        )}
        {change.diff.length > 0 &&
          (change.fromState === null ? (
            // A new entry differs from nothing in every field: only for those who ask.
            <details className={css.more}>
              <summary>{t('history.first', { count: change.diff.length })}</summary>
              <DiffTable diff={change.diff} label={change.actionLabel} />
            </details>
          ) : (
            <DiffTable diff={change.diff} label={change.actionLabel} />
          ))}
      </div>
    </li>
  );
}

function Compare({
  entry,
  changes,
  search,
  onChange,
}: {
  entry: Entry;
  changes: readonly ChangeView[];
  search: EntrySearch;
  onChange: (change: Partial<EntrySearch>) => void;
}) {
  const t = useText();
  const { from, to } = search;
  const params = { register: entry.register, no: entry.no };
  const ready = from !== undefined && to !== undefined && from !== to;
  const diff = useQuery({
    ...queryOf(entryDiff, { params, query: { from: from ?? 1, to: to ?? 1 } }),
    enabled: ready,
  });
  const choices = changes.map((c) => ({
    value: String(c.version),
    label: t('compare.choice', {
      version: c.version,
      action: c.actionLabel,
      at: formatMoment(c.at).slice(0, 10),
    }),
  }));
  const pick = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return (
    <div className={`${css.compare} no-print`}>
      <div className={css.compareLine}>
        <SelectField
          label={t('compare.from')}
          value={from === undefined ? undefined : String(from)}
          choices={choices}
          all={t('compare.choose')}
          onChange={(value) => onChange({ from: pick(value) })}
        />
        <SelectField
          label={t('compare.to')}
          value={to === undefined ? undefined : String(to)}
          choices={choices}
          all={t('compare.choose')}
          onChange={(value) => onChange({ to: pick(value) })}
        />
        {(from !== undefined || to !== undefined) && (
          <button
            type="button"
            className={shared.plain}
            onClick={() => onChange({ from: undefined, to: undefined })}
          >
            {t('compare.clear')}
          </button>
        )}
      </div>
      {ready && diff.error && <ErrorPanel error={diff.error} onRetry={() => void diff.refetch()} />}
      {ready &&
        diff.data &&
        (diff.data.diff.length === 0 ? (
          <p className={shared.muted}>{t('compare.same')}</p>
        ) : (
          <DiffTable
            diff={diff.data.diff}
            label={t('compare.title')}
            before={t('history.version', { version: diff.data.from })}
            after={t('history.version', { version: diff.data.to })}
          />
        ))}
    </div>
  );
}
