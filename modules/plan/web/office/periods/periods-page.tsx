import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { closePeriod, listPeriods, listTasks, type Period, remindPeriod } from '#modules/plan/contract';
import { call } from '#shell/api';
import { ConfirmDialog } from '#shell/components/confirm-dialog.tsx';
import { type DataColumn, DataTable } from '#shell/components/data-table.tsx';
import { Notice } from '#shell/components/form.tsx';
import { PageHeader } from '#shell/components/page-header.tsx';
import { formatNumber } from '#shell/format';
import { useLang } from '#shell/i18n';
import { keyOf, queryOf } from '#shell/query';
import css from '../office.module.css';
import { useText } from '../text.ts';
import { OpenDialog } from './open-dialog.tsx';
import { ProofDrawer } from './proof-drawer.tsx';

type Asking = { what: 'open' | 'close' | 'remind' | 'proof'; period: Period };

/** Reporting periods: where each stands, when it is due and why, and what the plan office does with it. */
export function PeriodsPage() {
  const t = useText();
  const lang = useLang();
  const queries = useQueryClient();
  const query = useQuery({ ...queryOf(listPeriods, {}), staleTime: 5_000 });
  const [asking, setAsking] = useState<Asking | null>(null);
  const [done, setDone] = useState<string | null>(null);
  // The newest first: the one that is open is what people come for.
  const rows = query.data?.periods.toReversed();

  function finished(text: string) {
    setDone(text);
    void queries.invalidateQueries({ queryKey: keyOf(listPeriods) });
    void queries.invalidateQueries({ queryKey: keyOf(listTasks) });
  }

  const columns: DataColumn<Period>[] = [
    {
      id: 'label',
      title: t('period'),
      fixed: true,
      cell: (p) => (
        <>
          <strong>{p.label[lang]}</strong>
          <br />
          <span className={css.muted}>{t('periods.range', { from: p.from, to: p.to })}</span>
        </>
      ),
    },
    { id: 'state', title: t('state'), cell: (p) => <PeriodState state={p.state} /> },
    {
      id: 'due',
      title: t('periods.due'),
      cell: (p) => (
        <>
          <button
            type="button"
            className={css.inlineButton}
            onClick={() => setAsking({ what: 'proof', period: p })}
          >
            {p.due}
          </button>
          {p.provisional && <span className={css.note}> {t('periods.provisional')}</span>}
        </>
      ),
    },
    { id: 'progress', title: t('periods.progress'), cell: (p) => <Progress period={p} /> },
    {
      id: 'actions',
      title: t('periods.actions'),
      cell: (p) => (
        <span className={css.buttons}>
          {p.abilities.includes('open') && (
            <Button onClick={() => setAsking({ what: 'open', period: p })}>
              {p.state === 'closed' ? t('periods.reopen') : t('periods.open')}
            </Button>
          )}
          {p.abilities.includes('remind') && (
            <Button onClick={() => setAsking({ what: 'remind', period: p })}>{t('periods.remind')}</Button>
          )}
          {p.abilities.includes('close') && (
            <Button onClick={() => setAsking({ what: 'close', period: p })}>{t('periods.close')}</Button>
          )}
        </span>
      ),
    },
  ];

  const period = asking?.period;
  const missing = period ? Math.max(0, period.expected - period.submitted - period.accepted) : 0;
  const label = period?.label[lang] ?? '';
  return (
    <article>
      <PageHeader title={t('periods.title')} subtitle={t('periods.subtitle')} />
      {done && <Notice tone="done" title={done} />}
      <DataTable<Period>
        caption={t('periods.title')}
        rows={rows}
        rowKey={(p) => p.id}
        total={rows?.length}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={<p>{t('periods.empty')}</p>}
        columns={columns}
      />
      {asking?.what === 'open' && (
        <OpenDialog
          period={asking.period}
          onDone={(p) => {
            setAsking(null);
            finished(t('periods.opened', { label: p.label[lang], due: p.due }));
          }}
          onClose={() => setAsking(null)}
        />
      )}
      <ConfirmDialog
        open={asking?.what === 'close'}
        title={t('periods.closeTitle', { label })}
        action={t('periods.close')}
        danger
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          const p = await call(closePeriod, { params: { id: period?.id ?? '' } });
          finished(t('periods.closed', { label: p.label[lang] }));
        }}
      >
        <p>{t('periods.closeText', { missing: formatNumber(missing) })}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking?.what === 'remind'}
        title={t('periods.remindTitle', { label })}
        action={t('periods.remind')}
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          const r = await call(remindPeriod, { params: { id: period?.id ?? '' } });
          finished(
            r.reminded > 0
              ? t('periods.reminded', { reminded: r.reminded, missing: r.missing })
              : t('periods.remindedAll', { missing: r.missing }),
          );
        }}
      >
        <p>{t('periods.remindText', { missing: formatNumber(missing) })}</p>
      </ConfirmDialog>
      <ProofDrawer period={asking?.what === 'proof' ? asking.period : null} onClose={() => setAsking(null)} />
    </article>
  );
}

function PeriodState({ state }: { state: Period['state'] }) {
  const t = useText();
  const shapes = { planned: '○', open: '◐', closed: '●', frozen: '◆' };
  return (
    <span className={css.periodState} data-state={state}>
      <span aria-hidden="true">{shapes[state]}</span> {t(`periodState.${state}`)}
    </span>
  );
}

/** How many are in, of how many that should be; each count leads to its reports. */
function Progress({ period: p }: { period: Period }) {
  const t = useText();
  const inn = p.submitted + p.accepted;
  const parts = [
    { state: 'submitted', count: p.submitted, text: t('state.submitted') },
    { state: 'accepted', count: p.accepted, text: t('state.accepted') },
    { state: 'returned', count: p.returned, text: t('state.returned') },
  ] as const;
  return (
    <div className={css.progress}>
      <div>{t('periods.in', { in: formatNumber(inn), expected: formatNumber(p.expected) })}</div>
      <div className={css.progressBar} aria-hidden="true">
        {(['accepted', 'submitted', 'returned'] as const).map((s) => (
          <span key={s} data-state={s} style={{ width: `${(p[s] / Math.max(1, p.expected)) * 100}%` }} />
        ))}
      </div>
      <div className={css.progressParts}>
        {parts
          .filter((x) => x.count > 0)
          .map((x) => (
            <Link key={x.state} to="/reports" search={{ period: p.id, state: x.state } as never}>
              {x.text} {formatNumber(x.count)}
            </Link>
          ))}
      </div>
    </div>
  );
}
