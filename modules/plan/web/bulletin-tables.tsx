import type { BulletinContent } from '#modules/plan/contract';
import { Light } from '#shell/components/light.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import { formatShare } from '#shell/format';
import css from './bulletin.module.css';
import { attentionRows, countyNames, rowsByProject } from './bulletin-model.ts';
import { useText } from './text.ts';

/** Figures stand right, words left. */
function alignment(text: string): string | undefined {
  return /^[\d—−+-]/.test(text) ? css.num : undefined;
}

/** Section 2: every row with target, reported and measured value, completion and light. */
export function BulletinTable({ content }: { content: BulletinContent }) {
  const t = useText();
  return (
    <section>
      <h2>{t('bulletin.section', { n: t('bulletin.n2'), title: t('bulletin.rows') })}</h2>
      <ScrollBox label={t('bulletin.rows')}>
        <table className={`${css.table} ${css.rows}`}>
          <caption>{t('bulletin.tableRows', { year: content.year })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.no')}</th>
              <th scope="col">{t('col.title')}</th>
              <th scope="col">{t('bulletin.unit')}</th>
              <th scope="col" className={css.num}>
                {t('bulletin.target', { year: content.year })}
              </th>
              <th scope="col" className={css.num}>
                {t('col.reported')}
              </th>
              <th scope="col" className={css.num}>
                {t('col.measured')}
              </th>
              <th scope="col" className={css.num}>
                {t('col.difference')}
              </th>
              <th scope="col" className={css.num}>
                {t('bulletin.ratio')}
              </th>
              <th scope="col">{t('col.light')}</th>
              <th scope="col">{t('col.lead')}</th>
            </tr>
          </thead>
          {rowsByProject(content, t('bulletin.rest')).map((group) => (
            <tbody key={group.name}>
              <tr className={css.groupRow}>
                <th scope="rowgroup" colSpan={10}>
                  {group.name}
                </th>
              </tr>
              {group.rows.map((r) => (
                <tr key={r.no}>
                  <td>{r.no}</td>
                  <th scope="row">{r.title}</th>
                  <td>{r.unit}</td>
                  <td className={alignment(r.target)}>{r.target}</td>
                  <td className={alignment(r.reported)}>{r.reported}</td>
                  <td className={alignment(r.measured)}>{r.measured}</td>
                  <td className={alignment(r.difference ?? '—')}>{r.difference ?? '—'}</td>
                  <td className={css.num}>{formatShare(r.ratio)}</td>
                  <td>
                    <Light state={r.light} />
                  </td>
                  <td>{r.lead}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </ScrollBox>
    </section>
  );
}

/** Section 3: what is behind or at risk, and why. */
export function BulletinReasons({ content }: { content: BulletinContent }) {
  const t = useText();
  const rows = attentionRows(content);
  return (
    <section>
      <h2>{t('bulletin.section', { n: t('bulletin.n3'), title: t('bulletin.reasons') })}</h2>
      {rows.length === 0 ? (
        <p className={css.text}>{t('bulletin.reasonsNone')}</p>
      ) : (
        <ScrollBox label={t('bulletin.reasons')}>
          <table className={css.table}>
            <caption>{t('bulletin.tableReasons')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('col.no')}</th>
                <th scope="col">{t('col.title')}</th>
                <th scope="col">{t('col.light')}</th>
                <th scope="col">{t('indicator.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((r) => (
                <tr key={r.no}>
                  <td>{r.no}</td>
                  <th scope="row">{r.title}</th>
                  <td>
                    <Light state={r.light} />
                  </td>
                  <td>{r.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

/** Section 4: what the counties reported, one column each. */
export function BulletinCounties({ content }: { content: BulletinContent }) {
  const t = useText();
  const names = countyNames(content);
  return (
    <section>
      <h2>{t('bulletin.section', { n: t('bulletin.n4'), title: t('bulletin.counties') })}</h2>
      <ScrollBox label={t('bulletin.counties')}>
        <table className={`${css.table} ${css.small}`}>
          <caption>{t('bulletin.tableCounties')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.no')}</th>
              <th scope="col">{t('col.title')}</th>
              {names.map((n) => (
                <th key={n} scope="col" className={css.num}>
                  {n}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {content.counties.map((row) => (
              <tr key={row.no}>
                <td>{row.no}</td>
                <th scope="row">{row.title}</th>
                {names.map((n) => (
                  <td key={n} className={css.num}>
                    {row.values.find((v) => v.region === n)?.display ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
