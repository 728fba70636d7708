import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, call } from '#shell/api';
import type { FormValue, FormValues } from '#shell/components/record-form/values';
import type { SavePhase } from '#shell/components/save-state.tsx';
import { uuid } from '#shell/uuid';
import { saveDraft } from '../../contract.ts';

/** A file that was sent for a material. */
export interface SentPaper {
  file: string;
  name: string;
}

/** What was typed so far. */
export interface DraftContent {
  values: FormValues;
  papers: Readonly<Record<string, SentPaper>>;
}

/** Milliseconds of rest after which what was typed is kept. */
const REST = 1200;

/**
 * What somebody types, kept on the server by itself. The key under which it lies is the one with which it will be sent, so that
 * a press too many, a lost answer, or another window never makes two.
 */
export function useDraft(
  item: string,
  portal: string | null,
  start: DraftContent & { key: string | null; version: number },
  onKept: (key: string) => void,
) {
  const [key] = useState(() => start.key ?? uuid());
  const [content, setContent] = useState<DraftContent>({ values: start.values, papers: start.papers });
  const [phase, setPhase] = useState<SavePhase>({ phase: 'clean' });
  const latest = useRef(content);
  const version = useRef(start.version);
  const changed = useRef(false);
  const closed = useRef(false);
  const saving = useRef<Promise<void> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const kept = useRef(onKept);
  kept.current = onKept;

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    // One after the other: each names the version that the one before it made.
    await saving.current;
    if (!changed.current || closed.current) return;
    changed.current = false;
    setPhase({ phase: 'saving' });
    const { values, papers } = latest.current;
    const materials = Object.entries(papers).map(([what, paper]) => ({ what, ...paper }));
    saving.current = call(saveDraft, {
      params: { key },
      body: { item, portal, form: values, materials, version: version.current },
    })
      .then((saved) => {
        version.current = saved.version;
        setPhase({ phase: 'saved', at: saved.savedAt });
        kept.current(key);
      })
      .catch((error: unknown) => {
        // What could not be kept is tried again with the next change, and stays on the page.
        changed.current = true;
        const message = error instanceof ApiError ? error.message : '';
        setPhase(message ? { phase: 'failed', message } : { phase: 'unsaved' });
      })
      .finally(() => {
        saving.current = null;
      });
    await saving.current;
  }, [item, portal, key]);

  useEffect(() => {
    const keep = () => void save();
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      void save();
    };
  }, [save]);

  const change = useCallback(
    (next: (before: DraftContent) => DraftContent) => {
      latest.current = next(latest.current);
      changed.current = true;
      setContent(latest.current);
      setPhase({ phase: 'unsaved' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), REST);
    },
    [save],
  );

  return {
    key,
    ...content,
    phase,
    setValue: useCallback(
      (field: string, value: FormValue) =>
        change((before) => ({ ...before, values: { ...before.values, [field]: value } })),
      [change],
    ),
    setPaper: useCallback(
      (what: string, paper: SentPaper | null) =>
        change((before) => {
          const { [what]: _gone, ...rest } = before.papers;
          return { ...before, papers: paper ? { ...rest, [what]: paper } : rest };
        }),
      [change],
    ),
    /** Waits for what is being kept; nothing is kept any more until `reopen`. */
    close: useCallback(async () => {
      closed.current = true;
      clearTimeout(timer.current);
      await saving.current;
    }, []),
    /** Goes on keeping, after sending was refused. */
    reopen: useCallback(() => {
      closed.current = false;
    }, []),
  };
}
