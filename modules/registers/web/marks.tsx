import { Link } from '@tanstack/react-router';
import { parseSearch } from '#shell/url';
import type { BasisView, CellView, DueView, EntryState, FieldView } from '../contract.ts';
import css from './registers.module.css';
import { useText } from './text.ts';
import { withoutUnit } from './unit.ts';
import { stateShapes, useWords } from './words.ts';

/** An entry's state: shape, word and colour. */
export function StateMark({ state, label }: { state: EntryState; label?: string }) {
  const words = useWords();
  return (
    <span className={css.state} data-state={state}>
      <span aria-hidden="true">{stateShapes[state]}</span> {label ?? words.state(state)}
    </span>
  );
}

/** What ends or is to be looked at, with the days that are left. */
export function DueMark({ due, short }: { due: DueView; short?: boolean }) {
  const words = useWords();
  const urgency = due.days < 0 ? 'past' : due.days <= 90 ? 'soon' : 'far';
  return (
    <span className={css.due} data-urgency={urgency}>
      {!short && `${due.label} `}
      <span className={css.nowrap}>{due.on}</span> <span className={css.dueDays}>{words.days(due.days)}</span>
    </span>
  );
}

/** Where a rule stands, and whether that was read. */
export function BasisText({ basis }: { basis: Pick<BasisView, 'text' | 'source' | 'verified'> }) {
  return (
    <>
      {basis.text}
      <span className={css.sub}>
        {basis.source}
        <Verified verified={basis.verified} />
      </span>
    </>
  );
}

/** 未核实 where the source of a rule was not read; nothing where it was. */
export function Verified({ verified, always }: { verified: boolean; always?: boolean }) {
  const t = useText();
  if (verified) return always ? <span className={css.verified}>{t('verified')}</span> : null;
  return (
    <span className={css.unverified} title={t('unverified.help')}>
      {t('unverified')}
    </span>
  );
}

/** Text that leads somewhere: a page of the platform, a file, or another site. */
export function Linked({ text, href }: { text: string; href: string | null }) {
  if (!href) return text;
  // A row of a table opens by itself when pressed; a link inside it leads elsewhere.
  const stop = (event: { stopPropagation(): void }) => event.stopPropagation();
  if (href.startsWith('/') && !href.startsWith('/api/')) {
    const { pathname, search } = new URL(href, window.location.origin);
    return (
      <Link
        to={pathname as never}
        search={parseSearch(search) as never}
        className={css.link}
        onClick={stop}
        onKeyDown={stop}
      >
        {text}
      </Link>
    );
  }
  const elsewhere = !href.startsWith('mailto:');
  return (
    <a
      href={href}
      target={elsewhere ? '_blank' : undefined}
      rel={elsewhere ? 'noreferrer' : undefined}
      className={css.link}
      onClick={stop}
      onKeyDown={stop}
    >
      {text}
    </a>
  );
}

const rightAligned = new Set(['integer', 'number', 'money']);

/** Are the values of a field figures, which stand right? */
export function isFigure(field: Pick<FieldView, 'type'>): boolean {
  return rightAligned.has(field.type);
}

/** A value in a line of a list; a dash where there is none. `unit`: already said in the head of the column. */
export function CellLine({ cell, unit }: { cell: CellView | undefined; unit?: string | null }) {
  const t = useText();
  if (!cell || (cell.text === '' && !cell.rows?.length))
    return (
      <span className={css.none}>
        <span aria-hidden="true">—</span>
        <span className="visually-hidden">{t('none')}</span>
      </span>
    );
  return <Linked text={withoutUnit(cell.text, unit)} href={cell.href} />;
}
