import { Link } from '@tanstack/react-router';
import type { DepartmentView, RegionView } from '../contract.ts';
import css from './parties.module.css';
import { useText } from './text.ts';
import { type PartyKind, usePeriodWords } from './words.ts';

type View = DepartmentView | RegionView;

/** Address of one record of a list. */
export const pathOf = { department: '/admin/departments/$id', region: '/admin/regions/$id' } as const;

/** Name with a link, the short name or id below it. */
export function NameCell({ kind, view, lang }: { kind: PartyKind; view: View; lang: 'zh' | 'en' }) {
  return (
    <>
      <Link to={pathOf[kind]} params={{ id: view.id }}>
        {lang === 'zh' ? view.name : view.nameEn}
      </Link>
      <span className={css.sub}>{[view.short, view.id].filter(Boolean).join(' · ')}</span>
    </>
  );
}

/** Since when and until when; grey where it does not exist on the day. */
export function ValidityCell({ view, asOf }: { view: View; asOf: string }) {
  const t = useText();
  const words = usePeriodWords();
  if (view.exists) return words(view.from, view.to);
  return (
    <span className={css.gone}>
      {view.to && view.to < asOf
        ? t('state.gone', { to: view.to })
        : view.from
          ? t('state.future', { from: view.from })
          : words(view.from, view.to)}
    </span>
  );
}

/** Who stands for it on the day; nothing while it does so itself. */
export function NowCell({ kind, view }: { kind: PartyKind; view: View }) {
  const others = view.now.filter((n) => n.id !== view.id);
  return (
    <>
      {others.map((n) => (
        <div key={n.id}>
          <Link to={pathOf[kind]} params={{ id: n.id }}>
            {n.name}
          </Link>
        </div>
      ))}
    </>
  );
}

/** Does the record answer to the words, the kind and the state chosen? */
export function fits(
  view: View,
  search: { q?: string; kind?: string; state?: 'exists' | 'ended' | 'uncoded' },
): boolean {
  const words = (search.q ?? '').trim().toLowerCase();
  const text = [
    view.id,
    view.name,
    view.nameEn,
    view.short,
    ...view.successors.map((s) => s.name),
    ...('codes' in view ? view.codes.map((c) => c.code) : []),
  ]
    .join(' ')
    .toLowerCase();
  if (words && !text.includes(words)) return false;
  if (search.kind && view.kind !== search.kind) return false;
  if (search.state === 'uncoded') return 'codes' in view && view.codes.length === 0;
  return !search.state || view.exists === (search.state === 'exists');
}
