import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { getForm, type ReportForm, saveDraft } from '#modules/plan/contract';
import { call } from '#shell/api';
import { retryDelay } from '#shell/query';
import { DraftSaver, type DraftState, serverDraft } from './draft-saver.ts';
import { bodyOf, emptyEntry, entryOf, isLossless } from './entry.ts';
import { LocalCopy, type Store } from './local-copy.ts';

/** Names one form. */
export interface FormKey {
  no: string;
  period: string;
  scope: string;
}

function storage(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** This browser's copy of one form, for one account. */
export function localCopy(account: string | null, key: FormKey): LocalCopy {
  return new LocalCopy(storage(), [account ?? '', key.no, key.period, key.scope]);
}

/** The draft of a form on the page: what is typed, where it stands, and the saver that looks after it. */
export function useDraft(
  form: ReportForm,
  key: FormKey,
  account: string | null,
): { state: DraftState; saver: DraftSaver; local: LocalCopy } {
  const local = useMemo(() => localCopy(account, key), [account, key]);
  // Made once: what the server says later about the same form does not touch what is being typed.
  const [saver] = useState(() => {
    const words = {
      entry: (...of: Parameters<typeof entryOf> extends [unknown, ...infer Rest] ? Rest : never) =>
        entryOf(form, ...of),
      empty: () => emptyEntry(form),
    };
    return new DraftSaver({
      server: serverDraft(form, words),
      local,
      toBody: (entry) => bodyOf(form, entry),
      isLossless: (entry) => isLossless(form, entry),
      delay: 1000,
      retryDelay,
      save: (body, version) => call(saveDraft, { params: key, body: { body, version }, interactive: false }),
      newer: async () => {
        const now = await call(getForm, { params: key, interactive: false });
        return now.abilities.includes('save') ? serverDraft(now, words) : null;
      },
    });
  });
  useEffect(() => {
    saver.start();
    return () => saver.stop();
  }, [saver]);
  return { state: useSyncExternalStore(saver.subscribe, saver.state), saver, local };
}
