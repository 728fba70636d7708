import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ApiError, call } from '#shell/api';
import {
  type FormValue,
  type FormValues,
  pruned,
  sameValue,
  toData,
  toForm,
  type ValueProblem,
} from '#shell/components/record-form/values';
import { keyOf } from '#shell/query';
import { uuid } from '#shell/uuid';
import {
  type ConflictParams,
  changeEntry,
  createEntry,
  type Entry,
  entryHistory,
  getEntry,
  listDues,
  listEntries,
  listRegisters,
  type RegisterView,
} from '../../contract.ts';
import { type Draft, draftName, keepDraft, laidOver, readDraft, UNSAID, type Why } from './draft.ts';
import { type Contested, contested, firstChoice, merged, type Side } from './merge.ts';

/** What somebody else made of the entry while it stood in the form. */
export interface Clash {
  theirs: FormValues;
  entry: Entry;
  fields: readonly Contested[];
  choice: Readonly<Record<string, Side>>;
  /** What the server said of it; null when an older draft was opened. */
  told: ConflictParams | null;
}

/** With what a form begins, beside the entry. */
export interface Start {
  mode: Why['mode'];
  /** Place of the segment that is corrected; the last unless given. */
  segment: number | undefined;
}

const now = () => new Date().toISOString();

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Content of the segment that a form speaks of: told by its first day, because places shift when segments are added. */
function contentOf(entry: Entry | undefined, from: string | null | undefined): Record<string, unknown> {
  if (!entry) return {};
  const found = from === undefined ? undefined : entry.segments.find((s) => s.validFrom === from);
  return (found ?? entry.segments.at(-1))?.data ?? entry.data;
}

/** The state of one form: what is typed, what was kept, what is wrong, what others did meanwhile; and its sending. */
export function useEditor({
  account,
  register,
  entry,
  start,
  onSaved,
}: {
  account: string;
  register: RegisterView;
  entry: Entry | undefined;
  start: Start;
  onSaved: (entry: Entry) => void;
}) {
  const queries = useQueryClient();
  const { fields } = register;
  const [store] = useState(storage);
  const name = draftName(
    account,
    register.id,
    entry && (start.segment === undefined ? entry.no : `${entry.no}/${start.segment}`),
  );
  const [first] = useState(() => {
    const segment = (start.segment === undefined ? undefined : entry?.segments[start.segment])?.validFrom;
    const base = toForm(fields, contentOf(entry, segment));
    const kept = readDraft(store, name);
    const fresh: Draft = {
      version: entry?.version ?? 0,
      segment: segment ?? null,
      base,
      values: base,
      why: { ...UNSAID, mode: start.mode, state: 'proposed' },
      files: {},
      submitKey: uuid(),
      at: '',
    };
    const restored = kept && {
      ...kept,
      base: laidOver(base, kept.base),
      values: laidOver(base, kept.values),
    };
    return { fresh, restored, draft: restored ?? fresh };
  });
  const [draft, setDraft] = useState<Draft>(first.draft);
  const [restored, setRestored] = useState(first.restored !== null);
  const [keeps, setKeeps] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [problems, setProblems] = useState<readonly ValueProblem[]>([]);
  const [clash, setClash] = useState<Clash | null>(() =>
    first.restored && entry && first.restored.version !== entry.version
      ? clashOf(entry, first.restored, null)
      : null,
  );
  // Counts attempts, so that the summary takes the focus each time and not only when its text changes.
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(draft);
  const saysNew = useCallback(
    ({ values, base, why }: Draft) =>
      fields.some((f) => !sameValue(values[f.key], base[f.key])) ||
      [why.reason, why.basis, why.from].some((text) => text.trim() !== ''),
    [fields],
  );

  function clashOf(theirEntry: Entry, mine: Draft, told: ConflictParams | null): Clash {
    const segment = start.segment === undefined ? undefined : mine.segment;
    const theirs = toForm(fields, contentOf(theirEntry, segment));
    const open = contested(fields, mine.base, mine.values, theirs);
    return { theirs, entry: theirEntry, fields: open, choice: firstChoice(open), told };
  }

  const put = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...latest.current, ...part, at: now() };
      latest.current = next;
      setDraft(next);
      // Only what says something new is worth coming back.
      setKeeps(keepDraft(store, name, saysNew(next) ? next : null));
    },
    [store, name, saysNew],
  );
  const setValue = useCallback(
    (key: string, value: FormValue) => put({ values: { ...latest.current.values, [key]: value } }),
    [put],
  );

  const addFile = useCallback(
    (id: string, fileName: string) => put({ files: { ...latest.current.files, [id]: fileName } }),
    [put],
  );

  async function save() {
    const sent = { ...latest.current, values: pruned(latest.current.values) };
    latest.current = sent;
    setDraft(sent);
    const { data, problems: wrong } = toData(fields, sent.values);
    setProblems(wrong);
    setError(null);
    if (wrong.length > 0) {
      setAttempt((n) => n + 1);
      return;
    }
    const why = {
      reason: sent.why.reason.trim() || undefined,
      basis: sent.why.basis.trim() || undefined,
    };
    setBusy(true);
    try {
      const done = entry
        ? await call(changeEntry, {
            params: { register: register.id, no: entry.no },
            body: {
              version: sent.version,
              data,
              mode: sent.why.mode,
              from: sent.why.mode === 'change' ? sent.why.from || undefined : undefined,
              segment: sent.why.mode === 'correct' ? segmentNow() : undefined,
              ...why,
            },
          })
        : await call(createEntry, {
            params: { register: register.id },
            body: { data, state: sent.why.state, submitKey: sent.submitKey, ...why },
          });
      keepDraft(store, name, null);
      for (const endpoint of [getEntry, entryHistory, listEntries, listRegisters, listDues])
        void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
      onSaved(done);
    } catch (failure) {
      if (entry && failure instanceof ApiError && failure.code === 'registers_changed') {
        const told = (failure.params.theirs ?? failure.params) as ConflictParams;
        try {
          const theirs = await call(getEntry, { params: { register: register.id, no: entry.no } });
          setClash(clashOf(theirs, latest.current, Array.isArray(told.diff) ? told : null));
          return;
        } catch {
          // Without their content there is nothing to choose from: the refusal itself is shown.
        }
      }
      setError(failure);
      setAttempt((n) => n + 1);
    } finally {
      setBusy(false);
    }
  }

  /** Place of the segment now: after somebody added one it may have shifted. */
  function segmentNow(): number | undefined {
    if (start.segment === undefined) return undefined;
    const known = (clashed.current ?? entry)?.segments ?? [];
    const found = known.findIndex((s) => s.validFrom === latest.current.segment);
    return found < 0 ? start.segment : found;
  }
  const clashed = useRef<Entry | null>(null);

  return {
    draft,
    restored,
    /** The browser keeps what is typed. */
    keeps,
    busy,
    error,
    problems,
    clash,
    attempt,
    changed: saysNew(draft),
    setValue,
    setWhy: (part: Partial<Why>) => put({ why: { ...latest.current.why, ...part } }),
    addFile,
    choose: (key: string, side: Side) =>
      setClash((before) => before && { ...before, choice: { ...before.choice, [key]: side } }),
    /** Takes the choice into the form; it then goes on from their version. */
    settle: () => {
      if (!clash) return;
      clashed.current = clash.entry;
      put({
        values: merged(latest.current.values, clash.theirs, clash.choice),
        base: clash.theirs,
        version: clash.entry.version,
      });
      setClash(null);
    },
    /** Forgets what was typed and begins again from what is recorded. */
    discard: () => {
      keepDraft(store, name, null);
      latest.current = { ...first.fresh, submitKey: uuid() };
      setDraft(latest.current);
      setRestored(false);
      setClash(null);
      setError(null);
      setProblems([]);
    },
    forget: () => void keepDraft(store, name, null),
    save: () => void save(),
  };
}
