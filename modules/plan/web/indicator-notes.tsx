import type { IndicatorDetail } from '#modules/plan/contract';
import css from './indicator.module.css';
import { useText } from './text.ts';

/** Where the plan contradicts itself, and where its print leaves the years open; every printing is quoted. */
export function IndicatorNotes({ detail }: { detail: IndicatorDetail }) {
  const t = useText();
  const open = detail.spans.filter((s) => !s.certain);
  if (detail.contradictions.length === 0 && open.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="notes">
      <h2 id="notes">{t('notes.title')}</h2>
      {detail.contradictions.map((c) => (
        <div key={`${c.kind} ${c.curated}`} className={css.noteBox}>
          <h3>{t('notes.contradiction')}</h3>
          <table className={css.quotes}>
            <tbody>
              {c.printed.map((p) => (
                <tr key={p.where}>
                  <th scope="row">{p.where}</th>
                  <td>
                    <q>{p.text}</q>
                  </td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t('notes.curated')}</th>
                <td>{c.curated}</td>
              </tr>
            </tbody>
          </table>
          <p>{c.note}</p>
        </div>
      ))}
      {open.map((s) => (
        <div key={s.from} className={css.noteBox}>
          <h3>{t('notes.span', { from: s.years[0] ?? s.from, to: s.years.at(-1) ?? s.from })}</h3>
          {detail.printed[s.from] && (
            <p>
              <q>{detail.printed[s.from]}</q>
            </p>
          )}
          <p>{s.note}</p>
        </div>
      ))}
    </section>
  );
}
