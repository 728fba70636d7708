import { Button } from 'antd';
import { type FormEvent, type RefObject, useEffect, useId, useState } from 'react';
import type { Dialect } from '../../query/ast.ts';
import type { PatentSearch } from '../address.ts';
import type { ChangeSearch } from '../search/use-search.ts';
import { useText } from '../text.ts';
import css from './query.module.css';

/** The box in which the query is written, and the button that searches. */
export function QueryBox({
  search,
  box,
  onChange,
  onEnterResults,
}: {
  search: PatentSearch;
  /** The box, for the key `/`. */
  box: RefObject<HTMLTextAreaElement | null>;
  onChange: ChangeSearch;
  /** The arrow down leads from the end of the box to the results. */
  onEnterResults: () => void;
}) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState(search.q ?? '');
  const [dialect, setDialect] = useState<Dialect | undefined>(search.dialect);
  useEffect(() => {
    setText(search.q ?? '');
    setDialect(search.dialect);
  }, [search.q, search.dialect]);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    onChange({ q: text.trim() || undefined, dialect });
  }
  return (
    <search>
      <form className={css.form} onSubmit={submit}>
        <div className={css.boxRow}>
          <label htmlFor={id} className="visually-hidden">
            {t('search.box')}
          </label>
          <textarea
            id={id}
            ref={box}
            className={css.plain}
            rows={2}
            value={text}
            placeholder={t('search.placeholder')}
            autoComplete="off"
            spellCheck={false}
            enterKeyHint="search"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                submit();
              } else if (event.key === 'ArrowDown' && event.currentTarget.selectionStart === text.length) {
                event.preventDefault();
                onEnterResults();
              }
            }}
          />
          <Button type="primary" htmlType="submit" size="large">
            {t('search.submit')}
          </Button>
        </div>
      </form>
    </search>
  );
}
