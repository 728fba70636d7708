import type { ReportBody } from '#modules/plan/contract';
import { ApiError } from '#shell/api-error';
import { type EvidenceFile, type FormEntry, sameEntry } from './entry.ts';
import { type LocalCopy, randomKey } from './local-copy.ts';

/** The server's draft as it is now. */
export interface ServerDraft {
  entry: FormEntry;
  /** 0 where there is none. */
  version: number;
  savedAt: string | null;
  holder: string | null;
}

/** Where the typed text stands. */
export type DraftPhase =
  /** As on the server, nothing typed yet. */
  | { phase: 'clean' }
  /** Typed, kept in this browser, about to be sent. */
  | { phase: 'unsaved' }
  | { phase: 'saving' }
  | { phase: 'saved'; at: string }
  /** The line is down: tried again by itself. */
  | { phase: 'offline' }
  /** The session is over: waits for somebody to sign in. */
  | { phase: 'signed-out' }
  /** Somebody saved a newer draft: a person decides. */
  | { phase: 'conflict'; theirs: ServerDraft }
  /** There is nothing to save to any more: submitted by a colleague, or the period was closed. */
  | { phase: 'closed' }
  | { phase: 'refused'; error: ApiError };

/** All that the form shows of the draft. */
export interface DraftState {
  entry: FormEntry;
  /** The save that the text goes on from. */
  version: number;
  status: DraftPhase;
  /** When the text that was found in this browser had been typed; null when none was. */
  restored: string | null;
  /** False where this browser keeps nothing: full, or forbidden. */
  keptHere: boolean;
}

/** What a saver stands on. */
export interface DraftSaverOptions {
  server: ServerDraft;
  local: LocalCopy;
  toBody(entry: FormEntry): ReportBody;
  /** True where the body says all that was typed. */
  isLossless(entry: FormEntry): boolean;
  save(body: ReportBody, version: number): Promise<{ version: number; savedAt: string }>;
  /** The draft as it is now; null when nothing can be saved any more. */
  newer(): Promise<ServerDraft | null>;
  /** After the last keystroke, ms. */
  delay: number;
  /** Before a save that got no answer is tried again, ms. */
  retryDelay(attempt: number): number;
}

/**
 * Saves a form by itself. Every keystroke is kept in this browser at once and sent to the server when typing pauses, one save
 * at a time, each on top of the last one seen. Nothing typed is dropped before the server has it.
 */
export class DraftSaver {
  readonly #o: DraftSaverOptions;
  readonly #writer = randomKey();
  readonly #listeners = new Set<() => void>();
  #state: DraftState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #attempt = 0;
  #ended = false;

  constructor(o: DraftSaverOptions) {
    this.#o = o;
    const kept = o.local.read();
    const found = kept && !sameEntry(kept.entry, o.server.entry) ? kept : null;
    if (kept && !found) o.local.discard();
    this.#state = {
      entry: found?.entry ?? o.server.entry,
      version: found?.version ?? o.server.version,
      status: resting(o.server),
      restored: found?.at ?? null,
      keptHere: true,
    };
    if (found)
      this.#state.status =
        found.version === o.server.version ? { phase: 'unsaved' } : { phase: 'conflict', theirs: o.server };
  }

  /** The state now; a new object after every change. */
  readonly state = (): DraftState => this.#state;

  /** Tells `listener` of every change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to save what was restored; called when the form is on the page. */
  start(): void {
    this.#ended = false;
    if (this.#state.status.phase === 'unsaved') this.#schedule();
  }

  /** The form leaves the page: what is not saved yet is sent now, and stays in this browser until that has worked. */
  stop(): void {
    if (this.#timer !== undefined && this.#state.status.phase === 'unsaved') void this.flush();
    this.#clearTimer();
    this.#ended = true;
  }

  /** Something was typed, chosen or attached. */
  change(part: Partial<FormEntry>): void {
    const entry = { ...this.#state.entry, ...part };
    const { phase } = this.#state.status;
    const keptHere = this.#keep(entry, this.#state.version);
    const waits = phase === 'conflict' || phase === 'signed-out' || phase === 'closed' || phase === 'offline';
    this.#set({
      entry,
      keptHere,
      ...(!waits && { status: { phase: phase === 'saving' ? 'saving' : 'unsaved' } }),
    });
    if (!waits) this.#schedule();
  }

  /** Waits for a save under way and begins no other; {@link start} goes on. Before a submission. */
  async settle(): Promise<void> {
    this.#clearTimer();
    await this.#running;
    this.#clearTimer();
  }

  /** Saves now and waits for it. The state says how it went. */
  async flush(): Promise<void> {
    this.#clearTimer();
    await this.#running;
    const { phase } = this.#state.status;
    if (phase === 'clean' || phase === 'saved' || phase === 'conflict' || phase === 'closed') return;
    await this.#save();
  }

  /** Of two drafts the person keeps the own one: it is saved on top of the other. */
  keepMine(): void {
    const { status } = this.#state;
    if (status.phase !== 'conflict') return;
    this.#keep(this.#state.entry, status.theirs.version);
    this.#set({ version: status.theirs.version, status: { phase: 'unsaved' } });
    void this.flush();
  }

  /** Of two drafts the person takes the other one; the own text is given up. */
  takeTheirs(): void {
    const { status } = this.#state;
    if (status.phase !== 'conflict') return;
    this.#o.local.discard();
    const { entry, version } = status.theirs;
    this.#set({ entry, version, restored: null, status: resting(status.theirs) });
  }

  /** The restored text is given up for what the server holds. */
  dropRestored(): void {
    this.#clearTimer();
    this.#o.local.discard();
    const { entry, version, savedAt } = this.#o.server;
    if (this.#state.version === version && this.#state.status.phase !== 'saved')
      this.#set({
        entry,
        status: savedAt ? { phase: 'saved', at: savedAt } : { phase: 'clean' },
        restored: null,
      });
    else this.change({ ...entry });
    this.#set({ restored: null });
  }

  /** The server took the report: there is nothing left to save. */
  submitted(): void {
    this.#clearTimer();
    this.#ended = true;
    this.#o.local.discard();
    this.#o.local.submitted();
  }

  #schedule(delay = this.#o.delay): void {
    this.#clearTimer();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#running) this.#schedule();
      else void this.#save();
    }, delay);
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #save(): Promise<void> {
    this.#running = this.#send().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    const { entry, version } = this.#state;
    const body = this.#o.toBody(entry);
    this.#set({ status: { phase: 'saving' } });
    try {
      this.#done(entry, await this.#o.save(body, version));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await this.#failed(error, entry, body);
    }
  }

  #done(sent: FormEntry, saved: { version: number; savedAt: string }): void {
    this.#attempt = 0;
    const { entry } = this.#state;
    const typedMeanwhile = !sameEntry(entry, sent);
    if (!typedMeanwhile && this.#o.isLossless(entry)) this.#o.local.clear(this.#writer);
    else this.#keep(entry, saved.version);
    this.#set({
      version: saved.version,
      status: typedMeanwhile ? { phase: 'unsaved' } : { phase: 'saved', at: saved.savedAt },
    });
    if (typedMeanwhile && !this.#ended) this.#schedule();
  }

  async #failed(error: ApiError, sent: FormEntry, body: ReportBody): Promise<void> {
    if (error.status === 401) this.#set({ status: { phase: 'signed-out' } });
    else if (error.code === 'plan_draft_conflict') await this.#meet(sent, body);
    else if (error.passing || error.status === 429) {
      this.#set({ status: { phase: 'offline' } });
      if (!this.#ended) this.#schedule(this.#o.retryDelay(this.#attempt++));
    } else this.#set({ status: { phase: 'refused', error } });
  }

  /** The server holds another draft. When it is the one just sent, only the answer had been lost. */
  async #meet(sent: FormEntry, body: ReportBody): Promise<void> {
    try {
      const theirs = await this.#o.newer();
      if (!theirs) this.#set({ status: { phase: 'closed' } });
      else if (theirs.savedAt && JSON.stringify(this.#o.toBody(theirs.entry)) === JSON.stringify(body))
        this.#done(sent, { version: theirs.version, savedAt: theirs.savedAt });
      else if (!theirs.savedAt) {
        // The draft is gone, and nobody wrote another: the own text is the only one.
        this.#set({ version: theirs.version, status: { phase: 'unsaved' } });
        if (!this.#ended) this.#schedule();
      } else this.#set({ status: { phase: 'conflict', theirs } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === 'plan_draft_conflict') this.#set({ status: { phase: 'refused', error } });
      else await this.#failed(error, sent, body);
    }
  }

  #keep(entry: FormEntry, version: number): boolean {
    return this.#o.local.write({ entry, version, at: new Date().toISOString(), writer: this.#writer });
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function resting(server: ServerDraft): DraftPhase {
  return server.savedAt ? { phase: 'saved', at: server.savedAt } : { phase: 'clean' };
}

/** The server's draft out of a form's answer; without a draft what was reported and came back, else the empty form. */
export function serverDraft(
  form: {
    draft: {
      body: ReportBody;
      version: number;
      savedAt: string;
      holder: string;
      files: EvidenceFile[];
    } | null;
    report: { state: string; body: ReportBody; files: EvidenceFile[] } | null;
  },
  words: { entry(body: ReportBody, files: readonly EvidenceFile[]): FormEntry; empty(): FormEntry },
): ServerDraft {
  const { draft, report } = form;
  if (draft)
    return {
      entry: words.entry(draft.body, draft.files),
      version: draft.version,
      savedAt: draft.savedAt,
      holder: draft.holder,
    };
  const entry = report ? words.entry(report.body, report.files) : words.empty();
  return { entry, version: 0, savedAt: null, holder: null };
}
