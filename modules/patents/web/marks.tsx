import type { LegalStatus } from '../contract.ts';
import css from './marks.module.css';
import { useText } from './text.ts';
import { useStatusWord } from './words.ts';

/** Legal status as a word in a frame; the frame's style differs too, so that it does not hang on colour. */
export function StatusMark({ status }: { status: LegalStatus }) {
  const word = useStatusWord();
  return (
    <span className={css.status} data-status={status}>
      {word(status)}
    </span>
  );
}

/** Says of one record that it is generated. */
export function DemoRecordMark() {
  const t = useText();
  return (
    <span className={css.demo} title={t('demo.title')}>
      {t('demo')}
    </span>
  );
}
