import { useFieldTitle } from '#shell/components/record-form/marks.tsx';
import { ScrollBox } from '#shell/components/scroll-box.tsx';
import type { CellView, FieldView } from '../contract.ts';
import { CellLine, isFigure, Linked } from './marks.tsx';
import css from './registers.module.css';
import { withoutUnit } from './unit.ts';

/** A value with everything in it: single values as text, small rows as a table. */
export function CellWhole({ field, cell }: { field: FieldView; cell: CellView | undefined }) {
  const title = useFieldTitle();
  if (!cell?.rows || cell.rows.length === 0)
    return (
      <span className={field.type === 'long-text' ? css.prose : undefined}>
        <CellLine cell={cell} />
      </span>
    );
  if (field.type === 'values')
    return (
      <ul className={css.values}>
        {cell.rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own and are never reordered here.
          <li key={i}>
            <Linked text={row[0]?.text ?? ''} href={row[0]?.href ?? null} />
          </li>
        ))}
      </ul>
    );
  return (
    <ScrollBox label={field.label}>
      <table className={css.inner} aria-label={field.label}>
        <thead>
          <tr>
            {field.items.map((item) => (
              <th key={item.key} scope="col" data-figure={isFigure(item)}>
                {title(item)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cell.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <tr key={i}>
              {field.items.map((item, k) => (
                <td key={item.key} data-figure={isFigure(item)}>
                  <Linked text={withoutUnit(row[k]?.text ?? '', item.unit)} href={row[k]?.href ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
