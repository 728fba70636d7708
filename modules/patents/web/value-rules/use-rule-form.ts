import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormIssue } from '#shell/components/form.tsx';
import { keyOf, queries } from '#shell/query';
import { useSession } from '#shell/session';
import { getPortfolio } from '../../contract/portfolio.ts';
import { getPatentValue, listRuleSets, listSchemes } from '../../contract/value.ts';
import { type CheckedField, type Fault, faultsIn, faultsOfServer, fieldId } from './fields.ts';

/** A draft with the version that it began from. */
interface Kept<Base, Draft> {
  base: Base;
  draft: Draft;
}

/** Drafts by account and kind, until they are saved or given up, or the window is closed: a way aside costs nothing. */
const kept = new Map<string, Kept<unknown, unknown>>();

/** What an editor of a new version works with. */
export interface RuleForm<Base, Draft> {
  /** The version that the draft began from; it stays the same while others save theirs. */
  base: Base;
  draft: Draft;
  change: (draft: Draft) => void;
  /** Messages about one field, by its path; the server's stay until the next try. */
  faultsAt: (path: string) => string[];
  /** All that keeps it from being saved, for the top of the form. */
  issues: FormIssue[];
  /** Rises with every try that failed at fields, so that the focus goes to the list of them. */
  tries: number;
  /** Why saving failed, where that belongs to no field. */
  error: unknown;
  /** Checks what is typed; where nothing is wrong, `asking` comes true. */
  save: () => void;
  /** Whether it waits for a last yes: a version that was saved cannot be taken back. */
  asking: boolean;
  /** Saves it; never fails, what went wrong is told by the form. */
  confirm: () => Promise<void>;
  back: () => void;
  /** Drops what was typed. */
  forget: () => void;
}

/** State of a form that adds a version: what is typed is kept when saving fails or the page is left. */
export function useRuleForm<Base, Draft>({
  kind,
  begin,
  fieldsOf,
  send,
  onSaved,
}: {
  kind: 'rule-set' | 'scheme';
  /** Where a draft begins when none is kept. */
  begin: () => Kept<Base, Draft>;
  fieldsOf: (draft: Draft) => CheckedField[];
  /** Sends it and answers with the number of the new version. */
  send: (draft: Draft) => Promise<number>;
  onSaved: (version: number) => void;
}): RuleForm<Base, Draft> {
  const session = useSession();
  // Who comes back after the session ended is the same person; the place is that of the one who began.
  const [place] = useState(`${session.id} ${kind}`);
  const [state, setState] = useState(() => (kept.get(place) as Kept<Base, Draft> | undefined) ?? begin());
  const [changed, setChanged] = useState(kept.has(place));
  const [tried, setTried] = useState(false);
  const [tries, setTries] = useState(0);
  const [asking, setAsking] = useState(false);
  const fields = fieldsOf(state.draft);
  const forget = () => {
    kept.delete(place);
    setChanged(false);
  };
  const saving = useMutation({
    mutationFn: () => send(state.draft),
    onSuccess: (version) => {
      forget();
      for (const endpoint of [listRuleSets, listSchemes, getPatentValue, getPortfolio])
        void queries.invalidateQueries({ queryKey: keyOf(endpoint) });
      onSaved(version);
    },
    onError: (error) => {
      if (faultsOfServer(error, fields).faults.length > 0) setTries((n) => n + 1);
    },
  });

  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed]);

  const said = faultsOfServer(saving.error, fields);
  const faults: Fault[] = [...(tried ? faultsIn(fields) : []), ...said.faults];
  return {
    ...state,
    change: (draft) => {
      const next = { ...state, draft };
      kept.set(place, next);
      setState(next);
      setChanged(true);
    },
    faultsAt: (path) => faults.filter((fault) => fault.path === path).map(({ fault }) => fault),
    issues: faults.map(({ path, label, fault }) => ({ field: fieldId(path), label, message: fault })),
    tries,
    error: saving.error && !said.all ? saving.error : null,
    save: () => {
      setTried(true);
      saving.reset();
      if (faultsIn(fields).length > 0) setTries((n) => n + 1);
      else setAsking(true);
    },
    asking,
    confirm: async () => {
      await saving.mutateAsync().catch(() => undefined);
    },
    back: () => setAsking(false),
    forget,
  };
}
