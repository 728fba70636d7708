import type { EditorView } from '@codemirror/view';
import { lazy, type RefObject, Suspense, useId, useImperativeHandle, useRef } from 'react';
import { useLang } from '#shell/i18n';
import type { Dialect } from '../../query/ast.ts';
import { useRegions } from '../regions.ts';
import { useText } from '../text.ts';
import { proposalsAt } from './complete.ts';
import { isUnfinished, type ShownFault } from './faults.ts';
import css from './query.module.css';
import { readQuery } from './read.ts';
import { knownReferences } from './references.ts';

const QueryEditor = lazy(() => import('./editor.tsx').then((m) => ({ default: m.QueryEditor })));

/** What the page does with the box, whether it is still the plain one or the coloured one. */
export interface QueryBoxHandle {
  focus: () => void;
  /** Puts the cursor to a place of the text. */
  goTo: (offset: number) => void;
}

/** The box in which a query is written: plain at first, coloured and completing once that part is loaded. */
export function QueryBox({
  text,
  dialect,
  recognised,
  tried,
  refused,
  handle,
  onText,
  onSubmit,
  onEnterResults,
}: {
  text: string;
  /** As chosen; undefined: recognised from the text. */
  dialect: Dialect | undefined;
  recognised: Dialect;
  /** The text that was searched last, whose faults are all marked. */
  tried: string | null;
  /** Faults that only the server found. */
  refused: readonly ShownFault[];
  handle: RefObject<QueryBoxHandle | null>;
  onText: (text: string) => void;
  onSubmit: () => void;
  /** The arrow down leads from the end of the box to the results. */
  onEnterResults: () => void;
}) {
  const t = useText();
  const lang = useLang();
  const regions = useRegions();
  const id = useId();
  const plain = useRef<HTMLTextAreaElement>(null);
  const view = useRef<EditorView | null>(null);
  useImperativeHandle(handle, () => ({
    focus: () => (view.current ?? plain.current)?.focus(),
    goTo: (offset) => {
      view.current?.dispatch({ selection: { anchor: Math.min(offset, view.current.state.doc.length) } });
      plain.current?.setSelectionRange(offset, offset);
      (view.current ?? plain.current)?.focus();
    },
  }));
  return (
    <div className={css.box}>
      <p id={`${id}-keys`} className="visually-hidden">
        {t('query.keys')}
      </p>
      <Suspense
        fallback={
          <PlainBox
            box={plain}
            text={text}
            describedBy={`${id}-keys`}
            onText={onText}
            onSubmit={onSubmit}
            onEnterResults={onEnterResults}
          />
        }
      >
        <Editor
          plain={plain}
          view={view}
          text={text}
          label={t('search.box')}
          describedBy={`${id}-keys`}
          hint={t('search.placeholder')}
          revision={refused.map((f) => f.message).join('\n')}
          port={{
            dialect: () => recognised,
            proposals: (now, cursor, asked) => {
              const read = readQuery(now, dialect);
              const by =
                read.state === 'good'
                  ? read.parsed.dialect
                  : read.state === 'faulty'
                    ? read.dialect
                    : recognised;
              const known = { regions: regions.choices, references: knownReferences() };
              return proposalsAt(now, cursor, by, lang, known, asked);
            },
            faults: (now) => {
              const read = readQuery(now, dialect);
              const mend = t('query.mend');
              if (read.state !== 'faulty')
                return now === text ? refused.map((fault) => ({ fault, message: fault.message, mend })) : [];
              // Somebody who is still writing is not told that the end is missing.
              const shown = tried === now ? read.faults : read.faults.filter((f) => !isUnfinished(now, f));
              return shown.map((fault) => ({
                fault,
                message: fault.message[lang],
                mend,
              }));
            },
            onChange: onText,
            onSubmit,
            onLeave: onEnterResults,
          }}
        />
      </Suspense>
    </div>
  );
}

/** Hands over the focus and the cursor of the plain box that stood there while this one was loaded. */
function Editor({
  plain,
  text,
  ...props
}: Omit<Parameters<typeof QueryEditor>[0], 'value' | 'focused'> & {
  plain: RefObject<HTMLTextAreaElement | null>;
  text: string;
}) {
  const box = plain.current;
  const focused = useRef(box && document.activeElement === box ? box.selectionStart : null);
  return <QueryEditor {...props} value={text} focused={focused.current} />;
}

function PlainBox({
  box,
  text,
  describedBy,
  onText,
  onSubmit,
  onEnterResults,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  describedBy: string;
  onText: (text: string) => void;
  onSubmit: () => void;
  onEnterResults: () => void;
}) {
  const t = useText();
  return (
    <textarea
      ref={box}
      className={css.plain}
      aria-label={t('search.box')}
      aria-describedby={describedBy}
      rows={2}
      value={text}
      placeholder={t('search.placeholder')}
      autoComplete="off"
      spellCheck={false}
      enterKeyHint="search"
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
          event.preventDefault();
          onSubmit();
        } else if (event.key === 'ArrowDown' && event.currentTarget.selectionStart === text.length) {
          event.preventDefault();
          onEnterResults();
        }
      }}
    />
  );
}
