import type { ImportPreview } from '../../contract.ts';
import { useText } from '../text.ts';
import css from './imports.module.css';

/** The first rows as the server reads them: shows a wrong encoding or delimiter at once. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  const t = useText();
  const { header, rows } = preview;
  return (
    <section className={css.section} aria-labelledby="rows">
      <h2 id="rows">{t('preview.title', { count: rows.length })}</h2>
      {rows.length === 0 ? (
        <p className={css.muted}>{t('preview.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard.
        <section className={css.scroll} tabIndex={0} aria-label={t('preview.table')}>
          <table className={css.preview}>
            <thead>
              <tr>
                {header.map((head, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: heads may repeat; a column is what it is by its place.
                  <th key={i} scope="col" className={css.previewHead}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, r) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
                <tr key={r}>
                  {header.map((_, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                    <td key={i}>
                      <span className={css.previewCell}>{row[i]}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
