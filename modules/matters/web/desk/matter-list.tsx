import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DataTable } from '#shell/components/data-table.tsx';
import { useLang } from '#shell/i18n';
import css from '../matters.module.css';
import { Whence } from '../portals/portal-parts.tsx';
import { type Row, useText } from '../text.ts';

/** Matters in a list, each with the clock that asks for attention first. */
export function MatterList({
  caption,
  rows,
  total,
  error,
  onRetry,
  empty,
  office,
  foot,
  selected,
  onSelect,
}: {
  caption: string;
  rows: readonly Row[] | undefined;
  total?: number | undefined;
  error: unknown;
  onRetry: () => void;
  empty: ReactNode;
  /** Does the office look at it? Then applicant and officer are shown. */
  office: boolean;
  foot?: ReactNode;
  /** Numbers of the matters that are ticked, where they can be. */
  selected?: readonly string[];
  onSelect?: ((numbers: string[]) => void) | undefined;
}) {
  const t = useText();
  const lang = useLang();
  const navigate = useNavigate();
  return (
    <DataTable<Row>
      caption={caption}
      rows={rows}
      {...(total !== undefined && { total })}
      rowKey={(row) => row.number}
      error={error}
      onRetry={onRetry}
      empty={<p>{empty}</p>}
      onOpen={(row) => void navigate({ to: '/matters/$number', params: { number: row.number } })}
      foot={foot}
      {...(onSelect && { onSelect, selected: selected ?? [] })}
      columns={[
        {
          id: 'number',
          title: t('number'),
          width: 210,
          cell: (row) => (
            <>
              <Link to="/matters/$number" params={{ number: row.number }}>
                {row.number}
              </Link>
              <span className={css.purpose}>{row.item.title[lang]}</span>
              <Whence row={row} />
            </>
          ),
        },
        {
          id: 'subject',
          title: t('desk.subject'),
          cell: (row) => (
            <>
              {row.subject}
              {office && <span className={css.purpose}>{row.name}</span>}
              {row.askedOn !== null && (
                <span className={css.waits}>{t('desk.asked', { day: row.askedOn })}</span>
              )}
            </>
          ),
        },
        ...(office
          ? []
          : [{ id: 'as', title: t('mine.as'), width: 110, cell: (row: Row) => row.as?.[lang] ?? '' }]),
        { id: 'state', title: t('course.state'), width: 160, cell: (row) => row.state[lang] },
        { id: 'due', title: t('desk.due'), width: 230, cell: (row) => <Due row={row} /> },
        { id: 'opened', title: t('openedOn'), width: 120, cell: (row) => row.openedOn },
        ...(office
          ? [
              {
                id: 'handler',
                title: t('handler'),
                width: 120,
                cell: (row: Row) =>
                  row.past ? (
                    ''
                  ) : (
                    <>
                      {row.handler?.name ?? <span className={css.muted}>{t('unassigned')}</span>}
                      {row.away && <span className={css.purpose}>{t('absence.away', row.away)}</span>}
                    </>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** A party's time that is over is no lateness, but somebody looks at the matter now. */
function words({ whose, late, over }: NonNullable<Row['clock']>) {
  if (whose === 'party') return over ? 'desk.partyOver' : 'desk.party';
  return late ? 'desk.late' : 'desk.by';
}

function Due({ row: { clock, endedOn, past } }: { row: Row }) {
  const t = useText();
  const lang = useLang();
  if (past) return <span className={css.muted}>{t('desk.past')}</span>;
  if (endedOn !== null) return <span className={css.muted}>{t('desk.ended', { day: endedOn })}</span>;
  if (!clock) return <span className={css.muted}>{t('desk.noClock')}</span>;
  return (
    <>
      <span className={css.standing} data-late={clock.late}>
        {t(words(clock), { day: clock.due })}
      </span>
      {clock.provisional && <span className={css.unverified}>{t('course.provisional')}</span>}
      <span className={css.purpose}>{clock.step[lang]}</span>
    </>
  );
}
