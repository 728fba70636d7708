import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DepartmentView, RegionView } from '../contract.ts';
import { pathOf } from './columns.tsx';
import css from './parties.module.css';
import { useText } from './text.ts';
import { ownSource, type PartyDoc, type PartyKind, usePeriodWords } from './words.ts';

interface Row {
  key: string;
  /** What it is sorted by; empty for "since ever". */
  day: string;
  when: string;
  what: ReactNode;
  source?: string;
  verified: boolean;
  note?: string | null;
}

/** Names, codes and successors of a record in the order of time; also whom it took over from. */
export function Timeline({
  kind,
  doc,
  all,
  narrow,
}: {
  kind: PartyKind;
  doc: PartyDoc;
  /** All records, for the names of others and those that this one took over from. */
  all: readonly (DepartmentView | RegionView)[];
  /** Stacks date and text: for two of them side by side. */
  narrow?: boolean;
}) {
  const t = useText();
  const words = usePeriodWords();
  const linkTo = (id: string, name: string) => (
    <Link to={pathOf[kind]} params={{ id }}>
      {name}
    </Link>
  );
  const rows: Row[] = [
    ...doc.names.map((n, i) => ({
      key: `name ${i}`,
      day: n.from ?? '',
      when: words(n.from, n.to),
      what: (
        <>
          <strong>{n.zh}</strong>{' '}
          <span className={css.sub}>{[n.short, n.en].filter(Boolean).join(' · ')}</span>
        </>
      ),
      source: n.source,
      verified: n.verified,
    })),
    ...('codes' in doc ? doc.codes : []).map((c, i) => ({
      key: `code ${i}`,
      day: c.from ?? '',
      when: words(c.from, c.to),
      what: (
        <>
          {t(`system.${c.system}`)} <strong>{c.code}</strong>
        </>
      ),
      source: c.source,
      verified: c.verified,
    })),
    ...all.flatMap((other) =>
      other.successors
        .filter((s) => s.id === doc.id)
        .map((s) => ({
          key: `from ${other.id}`,
          day: s.from,
          when: words(s.from, null),
          what: (
            <>
              {t(`preceded.${s.kind}`)} {linkTo(other.id, other.name)}
            </>
          ),
          verified: s.verified,
          note: s.note,
        })),
    ),
    ...doc.successors.map((s, i) => ({
      key: `to ${i}`,
      day: s.from,
      when: words(s.from, null),
      what: (
        <>
          {t(`success.${s.kind}`)} {linkTo(s.to, all.find((o) => o.id === s.to)?.name ?? s.to)}
        </>
      ),
      source: s.source,
      verified: s.verified,
      note: s.note,
    })),
  ];
  return (
    <ol className={css.timeline} data-narrow={narrow ?? false}>
      {rows
        .toSorted((a, b) => a.day.localeCompare(b.day))
        .map((row) => (
          <li key={row.key}>
            <span>{row.when}</span>
            <div>
              {row.what}
              <span className={css.sub}>
                {[
                  row.note,
                  row.source &&
                    t('party.source', {
                      source: row.source === ownSource ? t('party.ownSource') : row.source,
                    }),
                  !row.verified && t('party.unverified'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
          </li>
        ))}
    </ol>
  );
}
