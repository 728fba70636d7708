import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  completionKeymap,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint';
import { Compartment, EditorState, Prec, RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  placeholder,
  tooltips,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { Dialect } from '../../query/ast.ts';
import { colourQuery } from './colour.ts';
import type { Proposal } from './complete.ts';
import { editorTheme } from './editor-theme.ts';
import { mended, type ShownFault } from './faults.ts';

/** What the editor asks of the page around it; read anew whenever it is needed. */
export interface EditorPort {
  /** Language by which pieces are coloured. */
  dialect: () => Dialect;
  proposals: (text: string, cursor: number, asked: boolean) => { from: number; proposals: Proposal[] } | null;
  /** Faults with the words for them and for mending them. */
  faults: (text: string) => readonly {
    fault: Pick<ShownFault, 'offset' | 'length' | 'suggestion'>;
    message: string;
    mend: string;
  }[];
  onChange: (text: string) => void;
  onSubmit: () => void;
  /** The arrow down at the end of the last line. */
  onLeave: () => void;
}

/** The query box: colours, completes and marks faults while the query is written. Loaded after the page. */
export function QueryEditor({
  value,
  port,
  label,
  describedBy,
  hint,
  revision,
  focused,
  view: handle,
}: {
  value: string;
  port: EditorPort;
  label: string;
  describedBy: string;
  /** Shown while it is empty. */
  hint: string;
  /** Changes when faults came from elsewhere than from typing. */
  revision: string;
  /** Takes the focus at once, because the box that it replaces had it; where the cursor was. */
  focused: number | null;
  view: { current: EditorView | null };
}) {
  const place = useRef<HTMLDivElement>(null);
  const now = useRef(port);
  now.current = port;
  const first = useRef({ value, focused });
  const words = useRef(new Compartment());
  // The editor is made once; what changes later is put into it by the effects below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    const begun = first.current;
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: begun.value,
        selection: { anchor: Math.min(begun.focused ?? begun.value.length, begun.value.length) },
        extensions: [...extensions(now), words.current.of(attributes(label, describedBy, hint))],
      }),
    });
    handle.current = view;
    if (begun.focused !== null) view.focus();
    return () => {
      handle.current = null;
      view.destroy();
    };
  }, []);
  useEffect(() => {
    handle.current?.dispatch({
      effects: words.current.reconfigure(attributes(label, describedBy, hint)),
    });
  }, [handle, label, describedBy, hint]);
  useEffect(() => {
    const view = handle.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      selection: { anchor: value.length },
    });
    forceLinting(view);
  }, [handle, value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of it says that there is something to mark.
  useEffect(() => {
    if (handle.current) forceLinting(handle.current);
  }, [handle, revision]);
  return <div ref={place} />;
}

type Port = { readonly current: EditorPort };

function attributes(label: string, describedBy: string, hint: string) {
  return [
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': describedBy,
      'aria-multiline': 'true',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
      enterkeyhint: 'search',
    }),
    placeholder(hint),
  ];
}

function extensions(port: Port) {
  return [
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    bracketMatching(),
    tooltips({ position: 'fixed' }),
    autocompletion({
      override: [completions(port)],
      selectOnOpen: false,
      // Only Tab and chosen proposals are put in, so that no letter can do it by accident.
      interactionDelay: 0,
      icons: false,
      optionClass: (option) => `zc-${option.type}`,
    }),
    linter((view) => diagnostics(view, port.current), { delay: 500 }),
    Prec.high(keymap.of(searchKeys(port))),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) port.current.onChange(update.state.doc.toString());
    }),
    colouring(port),
    editorTheme,
  ];
}

function searchKeys(port: Port) {
  return [
    {
      key: 'Enter',
      // A proposal that was chosen by the arrows is put in; else Enter searches.
      run: (view: EditorView) => {
        if (completionStatus(view.state) === 'active' && (selectedCompletionIndex(view.state) ?? -1) >= 0)
          return acceptCompletion(view);
        port.current.onSubmit();
        return true;
      },
    },
    {
      key: 'Tab',
      run: (view: EditorView) => {
        if (completionStatus(view.state) !== 'active') return false;
        if ((selectedCompletionIndex(view.state) ?? -1) < 0) moveCompletionSelection(true)(view);
        acceptCompletion(view);
        return true;
      },
    },
    {
      key: 'ArrowDown',
      run: (view: EditorView) => {
        const { main } = view.state.selection;
        const atEnd = main.empty && main.head === view.state.doc.length;
        if (!atEnd || completionStatus(view.state) === 'active') return false;
        port.current.onLeave();
        return true;
      },
    },
  ];
}

function completions(port: Port) {
  return (context: CompletionContext) => {
    const found = port.current.proposals(context.state.doc.toString(), context.pos, context.explicit);
    if (!found) return null;
    return {
      from: found.from,
      // The page matches by all names of a field, so nothing is filtered here.
      filter: false,
      options: found.proposals.map(({ label, insert, detail, help, kind }) => ({
        label,
        detail,
        info: help || undefined,
        type: kind,
        apply: (view: EditorView, _: unknown, from: number, to: number) => {
          const text = insert ?? label;
          view.dispatch({
            changes: { from, to, insert: text },
            selection: { anchor: from + text.length },
            userEvent: 'input.complete',
          });
          // Behind the relation of a listed field its values come next.
          if (kind === 'field') startCompletion(view);
        },
      })),
    };
  };
}

function diagnostics(view: EditorView, port: EditorPort): Diagnostic[] {
  const text = view.state.doc.toString();
  return port.faults(text).map(({ fault, message, mend }) => {
    const from = Math.min(fault.offset, text.length);
    const to = Math.min(Math.max(from, fault.offset + fault.length), text.length);
    const better = mended(text, fault);
    return {
      // At the very end there is nothing to underline but the last letter.
      from: from === to && from > 0 ? from - 1 : from,
      to,
      severity: 'error',
      message,
      actions:
        better === null
          ? []
          : [
              {
                name: mend,
                apply: (inView) =>
                  inView.dispatch({ changes: { from: 0, to: inView.state.doc.length, insert: better } }),
              },
            ],
    };
  });
}

/** Colours the whole text: a query is short. */
function colouring(port: Port) {
  const make = (view: EditorView) => {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to, colour } of colourQuery(view.state.doc.toString(), port.current.dialect()))
      builder.add(from, to, Decoration.mark({ class: `zc-${colour}` }));
    return builder.finish();
  };
  return ViewPlugin.fromClass(
    class {
      decorations;
      constructor(view: EditorView) {
        this.decorations = make(view);
      }
      update(update: ViewUpdate) {
        // Also where nothing was typed: the language may have been chosen anew.
        if (update.docChanged || update.transactions.some((tr) => !tr.docChanged))
          this.decorations = make(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
