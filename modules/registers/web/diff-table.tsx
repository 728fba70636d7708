import { ScrollBox } from '#shell/components/scroll-box.tsx';
import type { FieldDiff } from '../contract.ts';
import css from './registers.module.css';
import { useText } from './text.ts';

/** Fields that differ, before and after. */
export function DiffTable({
  diff,
  label,
  before,
  after,
}: {
  diff: readonly FieldDiff[];
  label: string;
  /** Heads of the two columns, where they are not simply before and after. */
  before?: string;
  after?: string;
}) {
  const t = useText();
  const value = (text: string) => text || <span className={css.none}>{t('none')}</span>;
  return (
    <ScrollBox label={label}>
      <table className={`${css.table} ${css.diff}`} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('diff.field')}</th>
            <th scope="col">{before ?? t('diff.before')}</th>
            <th scope="col">{after ?? t('diff.after')}</th>
          </tr>
        </thead>
        <tbody>
          {diff.map((d) => (
            <tr key={d.key}>
              <th scope="row">{d.label}</th>
              <td>{value(d.before)}</td>
              <td>{value(d.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
