import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { SelectField } from '#shell/components/fields.tsx';
import { formatNumber } from '#shell/format';
import { type PatentSearch, USUAL_SIZE } from '../address.ts';
import type { ChangeSearch } from '../search/use-search.ts';
import { useText } from '../text.ts';
import { pageCount, pageNumbers } from './page-numbers.ts';
import css from './results.module.css';

const SIZES = [20, 50, 100, 200];

/** Every page of the result by a link, any one by its number, and how many stand on a page. */
export function Pager({
  page,
  size,
  total,
  onChange,
}: {
  page: number;
  size: number;
  total: number;
  onChange: ChangeSearch;
}) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const pages = pageCount(total, size);

  function jump(event: FormEvent) {
    event.preventDefault();
    const wanted = Number(typed.normalize('NFKC').replace(/[,\s]/g, ''));
    if (!Number.isInteger(wanted) || wanted < 1) return;
    setTyped('');
    const to = Math.min(wanted, pages);
    onChange({ page: to === 1 ? undefined : to });
    window.scrollTo({ top: 0 });
  }

  return (
    <nav className={`${css.pager} no-print`} aria-label={t('pager.label')}>
      {pages > 1 && (
        <ul>
          <li>
            <PageLink to={page > 1 ? page - 1 : null}>{t('pager.previous')}</PageLink>
          </li>
          {pageNumbers(page, pages).map((number, i) => (
            <li key={number ?? `gap ${i}`}>
              {number === null ? (
                <span aria-hidden="true" className={css.step}>
                  …
                </span>
              ) : (
                <PageLink to={number} current={number === page}>
                  {formatNumber(number)}
                </PageLink>
              )}
            </li>
          ))}
          <li>
            <PageLink to={page < pages ? page + 1 : null}>{t('pager.next')}</PageLink>
          </li>
        </ul>
      )}
      {pages > 5 && (
        <form onSubmit={jump} className={css.jump}>
          <label htmlFor={id}>{t('pager.jump')}</label>
          <input
            id={id}
            type="text"
            inputMode="numeric"
            size={5}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <button type="submit">{t('pager.go')}</button>
        </form>
      )}
      <SelectField
        label={t('pager.size')}
        value={String(size)}
        choices={[...new Set([...SIZES, size])]
          .sort((a, b) => a - b)
          .map((n) => ({ value: String(n), label: String(n) }))}
        onChange={(value) => onChange({ size: Number(value) === USUAL_SIZE ? undefined : Number(value) })}
      />
    </nav>
  );
}

function PageLink({ to, current, children }: { to: number | null; current?: boolean; children: ReactNode }) {
  if (to === null)
    return (
      <span aria-disabled="true" className={css.step}>
        {children}
      </span>
    );
  return (
    <Link
      to="/patents"
      search={((before: PatentSearch) => ({ ...before, page: to === 1 ? undefined : to })) as never}
      className={css.step}
      activeOptions={{ exact: true }}
      aria-current={current ? 'page' : undefined}
      preload={false}
    >
      {children}
    </Link>
  );
}
