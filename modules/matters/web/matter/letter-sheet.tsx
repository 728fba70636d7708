import type { Letter } from '../../contract.ts';
import css from '../matters.module.css';
import { useText } from '../text.ts';

/** A document as it will look: beside what is being written. The text is Chinese whatever the page speaks. */
export function LetterSheet({ letter }: { letter: Letter }) {
  const t = useText();
  return (
    <figure className={css.sheet} lang="zh-CN">
      <figcaption className="visually-hidden">{t('letter.preview')}</figcaption>
      <p className={css.sheetOffice}>{letter.office}</p>
      <p className={css.sheetTitle}>{letter.title}</p>
      <p className={css.sheetNumber}>{letter.number || t('letter.number')}</p>
      <p className={css.sheetTo}>
        {letter.to}
        {t('letter.colon')}
      </p>
      {letter.paragraphs.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name than their place.
        <p key={i} className={css.sheetText}>
          {text}
        </p>
      ))}
      <p className={css.sheetSign}>{letter.office}</p>
      <p className={css.sheetSign}>{letter.date}</p>
    </figure>
  );
}
