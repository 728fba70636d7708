import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { listIndicators } from '#modules/plan/contract';
import { Delta, Figure } from '#shell/components/figure.tsx';
import { formatNumber } from '#shell/format';
import { queryOf } from '#shell/query';
import type { PatentImport } from '../../contract.ts';
import { useText } from '../text.ts';
import { patentIndicators, valuesBefore } from './effects.ts';
import css from './imports.module.css';

/** What an import that is done moved: the indicators measured from patents, with links to their pages. */
export function ImportEffects({ one }: { one: PatentImport }) {
  const t = useText();
  // Asked anew once the import is done: values from before it are kept elsewhere.
  const { data } = useQuery({
    queryKey: [...queryOf(listIndicators, {}).queryKey, 'after', one.id],
    queryFn: queryOf(listIndicators, {}).queryFn,
    staleTime: 60_000,
  });
  const before = useMemo(() => valuesBefore(one.id), [one.id]);
  if (!data) return null;
  const after = patentIndicators(data);
  if (after.list.length === 0) return null;
  const moved =
    before !== null && after.list.some((a) => before.list.find((b) => b.no === a.no)?.facts !== a.facts);
  return (
    <section className={css.section} aria-labelledby="effects">
      <h2 id="effects">{t('effects.title')}</h2>
      <div className={css.scroll}>
        <table className={css.effects}>
          <caption className="visually-hidden">{t('effects.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('effects.indicator')}</th>
              {before && <th scope="col">{t('effects.before')}</th>}
              <th scope="col">{t('effects.now')}</th>
              {before && <th scope="col">{t('effects.change')}</th>}
              <th scope="col">{t('effects.facts')}</th>
            </tr>
          </thead>
          <tbody>
            {after.list.map((a) => {
              const b = before?.list.find((one) => one.no === a.no) ?? null;
              const change = b && changeShown(b.value, a.value, a.decimals);
              return (
                <tr key={a.no}>
                  <th scope="row">
                    <Link to="/indicators/$no" params={{ no: a.no }}>
                      {a.no} {a.title}
                    </Link>
                  </th>
                  {before && (
                    <td>
                      <Figure value={b?.value} decimals={a.decimals} unit={a.unit} />
                    </td>
                  )}
                  <td>
                    <Figure value={a.value} decimals={a.decimals} unit={a.unit} />
                  </td>
                  {before && (
                    <td>
                      <Delta value={change} decimals={a.decimals} />
                    </td>
                  )}
                  <td>
                    {formatNumber(a.facts)}
                    {b && a.facts !== b.facts && (
                      <span className={css.note}>
                        {t('effects.factsChange', {
                          change: (a.facts > b.facts ? '+' : '') + formatNumber(a.facts - b.facts),
                        })}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={css.note}>
        {t('effects.asOf', { asOf: after.asOf })}
        {before !== null && !moved && t('effects.unmoved')}
      </p>
      <p>
        <Link to="/patents">{t('effects.search')}</Link>
      </p>
    </section>
  );
}

/** The difference of both values as they are shown: one that is read off the row must be the one beside it. */
function changeShown(before: number | null, now: number | null, decimals: number): number | null {
  if (before === null || now === null) return null;
  return Number(now.toFixed(decimals)) - Number(before.toFixed(decimals));
}
