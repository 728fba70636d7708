import type { FormEntry } from './entry.ts';

/** What this browser keeps of a form until the server has it. */
export interface LocalRecord {
  entry: FormEntry;
  /** Save on the server that this goes on from; 0: none. */
  version: number;
  /** When it was typed, ISO. */
  at: string;
  /** Window that wrote it: another window's record is not cleared. */
  writer: string;
}

/** An intended submission: the same key is sent until it succeeds, a changed body is another intention. */
export interface Intention {
  key: string;
  body: string;
}

/** The part of `localStorage` that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * One form's copy in this browser, written at every keystroke, so that a closed window, an ended session or a lost line loses
 * nothing. Storage that is full or forbidden is no reason to stop: `write` then answers false.
 */
export class LocalCopy {
  readonly #name: string;
  /** Beside the stored one, for browsers that store nothing. */
  #intention: Intention | null = null;
  constructor(
    readonly store: Store | null,
    /** Account, indicator, period, scope: two people at one computer do not see each other's. */
    key: readonly string[],
  ) {
    this.#name = key.map(encodeURIComponent).join(':');
  }

  /** What was kept; null for nothing, or for something unreadable. */
  read(): LocalRecord | null {
    const kept = this.#get<Partial<LocalRecord>>('zc.draft');
    if (!kept || !isEntry(kept.entry) || typeof kept.version !== 'number') return null;
    return {
      entry: kept.entry,
      version: kept.version,
      at: String(kept.at ?? ''),
      writer: String(kept.writer ?? ''),
    };
  }

  write(record: LocalRecord): boolean {
    return this.#set('zc.draft', record);
  }

  /** Forgets the copy, unless another window wrote it meanwhile. */
  clear(writer: string): void {
    const kept = this.#get<Partial<LocalRecord>>('zc.draft');
    if (kept && kept.writer !== writer) return;
    this.#remove('zc.draft');
  }

  /** Forgets the copy, whoever wrote it. */
  discard(): void {
    this.#remove('zc.draft');
  }

  /** The key under which this body is submitted: the same one for the same body until {@link submitted}. */
  intend(body: unknown): string {
    const text = JSON.stringify(body);
    const kept = this.#intention ?? this.#get<Partial<Intention>>('zc.submit');
    if (kept?.body === text && typeof kept.key === 'string') return kept.key;
    this.#intention = { key: randomKey(), body: text };
    this.#set('zc.submit', this.#intention);
    return this.#intention.key;
  }

  /** The submission was taken: the next one is another. */
  submitted(): void {
    this.#intention = null;
    this.#remove('zc.submit');
  }

  #get<T>(kind: string): T | null {
    try {
      return JSON.parse(this.store?.getItem(`${kind}:${this.#name}`) ?? 'null') as T | null;
    } catch {
      return null;
    }
  }

  #set(kind: string, value: unknown): boolean {
    try {
      if (!this.store) return false;
      this.store.setItem(`${kind}:${this.#name}`, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  #remove(kind: string): void {
    try {
      this.store?.removeItem(`${kind}:${this.#name}`);
    } catch {
      // Forbidden storage holds nothing to remove.
    }
  }
}

/** 128 random bits. `crypto.randomUUID` does not exist on pages served over plain HTTP inside an office network. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** Written by another version of the page, or by hand: only what has the form's shape is taken back. */
function isEntry(entry: unknown): entry is FormEntry {
  if (!entry || typeof entry !== 'object') return false;
  const e = entry as Record<string, unknown>;
  const text = (v: unknown) => typeof v === 'string';
  return (
    [e.value, e.min, e.max, e.weight, e.explanation].every(text) &&
    (e.stage === null || text(e.stage)) &&
    typeof e.parts === 'object' &&
    e.parts !== null &&
    Object.values(e.parts).every(text) &&
    Array.isArray(e.files) &&
    e.files.every((f) => f && text(f.id) && text(f.name) && typeof f.size === 'number')
  );
}
