import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '#shell/api-error';
import { DraftSaver, type ServerDraft } from '../web/office/form/draft-saver.ts';
import { bodyOf, emptyEntry, entryOf, type FormEntry, isLossless } from '../web/office/form/entry.ts';
import { LocalCopy, type Store } from '../web/office/form/local-copy.ts';

const form = { asks: ['value' as const], parts: [] };

/** A server that keeps one draft, and can be made to fail. */
class Server {
  draft: { entry: FormEntry; version: number; holder: string } | null = null;
  failures: ApiError[] = [];
  /** The save is stored, but its answer is lost. */
  losesAnswer = false;
  open = true;
  saves = 0;
  readonly save = async (body: ReturnType<typeof bodyOf>, version: number) => {
    this.saves++;
    const failure = this.failures.shift();
    if (failure) throw failure;
    if ((this.draft?.version ?? 0) !== version) throw new ApiError('plan_draft_conflict', 'newer', 409);
    this.draft = { entry: entryOf(form, body, []), version: version + 1, holder: 'me' };
    if (this.losesAnswer) {
      this.losesAnswer = false;
      throw new ApiError('network', '', 0);
    }
    return { version: version + 1, savedAt: '2020-01-03T01:00:00Z' };
  };
  readonly now = async (): Promise<ServerDraft | null> => (this.open ? this.state() : null);
  state(): ServerDraft {
    return this.draft
      ? { ...this.draft, savedAt: '2020-01-03T01:00:00Z' }
      : { entry: emptyEntry(form), version: 0, savedAt: null, holder: null };
  }
}

function memory(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (k) => kept.get(k) ?? null,
    setItem: (k, v) => void kept.set(k, v),
    removeItem: (k) => void kept.delete(k),
  };
}

let server: Server;
let store: ReturnType<typeof memory>;

/** A window with the form open. */
function open(): DraftSaver {
  const saver = new DraftSaver({
    server: server.state(),
    local: new LocalCopy(store, ['me', '31', '2019-Y', 'city']),
    toBody: (entry) => bodyOf(form, entry),
    isLossless: (entry) => isLossless(form, entry),
    save: server.save,
    newer: server.now,
    delay: 1000,
    retryDelay: (attempt) => 1000 * 2 ** attempt,
  });
  saver.start();
  return saver;
}

const offline = () => new ApiError('network', '', 0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const phase = (saver: DraftSaver) => saver.state().status.phase;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  store = memory();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a draft that saves itself', () => {
  test('once typing pauses, and then needs no copy here', async () => {
    const saver = open();
    saver.change({ value: '1' });
    await pass(900);
    saver.change({ value: '12' });
    expect(store.kept.size).toBe(1);
    await pass(900);
    expect(server.saves).toBe(0);
    await pass(100);
    expect(server.draft).toMatchObject({ version: 1, entry: { value: '12' } });
    expect(phase(saver)).toBe('saved');
    expect(store.kept.size).toBe(0);
  });

  test('keeps here what no number can be made of, and shows it again', async () => {
    const saver = open();
    saver.change({ value: '12.' });
    await pass(1000);
    expect(phase(saver)).toBe('saved');
    expect(open().state()).toMatchObject({ entry: { value: '12.' }, restored: expect.any(String) });
  });

  test('saves what was typed while a save was under way on top of it', async () => {
    let answer: (() => void) | undefined;
    const slow = server.save;
    const held = vi.fn(async (...of: Parameters<typeof slow>) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return slow(...of);
    });
    Object.assign(server, { save: held });
    const saver = open();
    saver.change({ value: '1' });
    await pass(1000);
    saver.change({ value: '2' });
    await pass(5000);
    expect(held).toHaveBeenCalledTimes(1);
    answer?.();
    await pass(1000);
    answer?.();
    await pass(0);
    expect(server.draft).toMatchObject({ version: 2, entry: { value: '2' } });
  });
});

describe('nothing typed is lost', () => {
  test('when the window is closed before the save', async () => {
    open().change({ value: '7' });
    // The window is gone; nothing runs any more.
    vi.clearAllTimers();
    const again = open();
    expect(again.state()).toMatchObject({ entry: { value: '7' }, status: { phase: 'unsaved' } });
    await pass(1000);
    expect(server.draft?.entry.value).toBe('7');
  });

  test('when the line is down: tried again until it works', async () => {
    const saver = open();
    server.failures = [offline(), offline(), new ApiError('unavailable', '', 503)];
    saver.change({ value: '7' });
    await pass(1000);
    expect(phase(saver)).toBe('offline');
    expect(store.kept.size).toBe(1);
    saver.change({ value: '71' });
    await pass(1000 + 2000 + 4000);
    expect(phase(saver)).toBe('saved');
    expect(server.draft).toMatchObject({ version: 1, entry: { value: '71' } });
  });

  test('when the session is over: waits, and does not ask again and again', async () => {
    const saver = open();
    server.failures = [new ApiError('not_signed_in', '', 401)];
    saver.change({ value: '7' });
    await pass(1000);
    expect(phase(saver)).toBe('signed-out');
    saver.change({ value: '78' });
    await pass(60_000);
    expect(server.saves).toBe(1);
    expect([...store.kept.values()].join()).toContain('78');
    await saver.flush();
    expect(server.draft?.entry.value).toBe('78');
  });

  test('when the page is left: sent at once', async () => {
    const saver = open();
    saver.change({ value: '7' });
    saver.stop();
    await pass(0);
    expect(server.draft?.entry.value).toBe('7');
  });

  test('when the browser keeps nothing: says so', async () => {
    store.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const saver = open();
    saver.change({ value: '7' });
    expect(saver.state().keptHere).toBe(false);
    await pass(1000);
    expect(server.draft?.entry.value).toBe('7');
  });
});

describe('two people at one draft', () => {
  async function both() {
    const mine = open();
    mine.change({ value: '1' });
    await pass(1000);
    await server.save(bodyOf(form, { ...emptyEntry(form), value: '2' }), 1);
    mine.change({ value: '3' });
    await pass(1000);
    expect(mine.state().status).toMatchObject({
      phase: 'conflict',
      theirs: { version: 2, entry: { value: '2' } },
    });
    return mine;
  }

  test('the person may keep the own one', async () => {
    const mine = await both();
    mine.change({ value: '31' });
    await pass(10_000);
    expect(server.draft?.entry.value).toBe('2');
    mine.keepMine();
    await pass(0);
    expect(server.draft).toMatchObject({ version: 3, entry: { value: '31' } });
    expect(phase(mine)).toBe('saved');
  });

  test('or take the other one', async () => {
    const mine = await both();
    mine.takeTheirs();
    expect(mine.state()).toMatchObject({ entry: { value: '2' }, version: 2, status: { phase: 'saved' } });
    expect(store.kept.size).toBe(0);
  });

  test('a copy found here and a newer draft on the server: also a choice', async () => {
    const mine = open();
    mine.change({ value: '1' });
    await pass(1000);
    mine.change({ value: '3' });
    vi.clearAllTimers();
    await server.save(bodyOf(form, { ...emptyEntry(form), value: '2' }), 1);
    expect(open().state().status).toMatchObject({ phase: 'conflict', theirs: { entry: { value: '2' } } });
  });

  test('a lost answer is no conflict with oneself', async () => {
    const saver = open();
    server.losesAnswer = true;
    saver.change({ value: '1' });
    await pass(1000 + 1000);
    expect(phase(saver)).toBe('saved');
    expect(server.draft?.version).toBe(1);
    saver.change({ value: '2' });
    await pass(1000);
    expect(server.draft).toMatchObject({ version: 2, entry: { value: '2' } });
  });

  test('a report submitted meanwhile closes the draft, the text stays here', async () => {
    const mine = open();
    mine.change({ value: '1' });
    await pass(1000);
    server.draft = null;
    server.open = false;
    mine.change({ value: '3' });
    await pass(1000);
    expect(phase(mine)).toBe('closed');
    expect([...store.kept.values()].join()).toContain('"3"');
  });
});

test('a restored text can be given up, also after it was saved', async () => {
  await server.save(bodyOf(form, { ...emptyEntry(form), value: '5' }), 0);
  open().change({ value: '6' });
  vi.clearAllTimers();
  const early = open();
  early.dropRestored();
  expect(early.state()).toMatchObject({ entry: { value: '5' }, restored: null });
  await pass(5000);
  expect(server.draft?.version).toBe(1);

  open().change({ value: '6' });
  vi.clearAllTimers();
  const late = open();
  await pass(1000);
  expect(server.draft).toMatchObject({ version: 2, entry: { value: '6' } });
  late.dropRestored();
  await pass(1000);
  expect(server.draft).toMatchObject({ version: 3, entry: { value: '5' } });
});

describe('the key of a submission', () => {
  const copy = () => new LocalCopy(store, ['me', '31', '2019-Y', 'city']);

  test('stays the same for the same body until it was taken, across windows', () => {
    const key = copy().intend({ value: 1 });
    expect(copy().intend({ value: 1 })).toBe(key);
    expect(copy().intend({ value: 2 })).not.toBe(key);
    const other = copy();
    const second = other.intend({ value: 2 });
    other.submitted();
    expect(copy().intend({ value: 2 })).not.toBe(second);
  });

  test('holds without any storage', () => {
    const bare = new LocalCopy(null, ['me']);
    expect(bare.intend({ value: 1 })).toBe(bare.intend({ value: 1 }));
  });
});

test('a copy of another shape, or of another account, is not taken', () => {
  const mine = new LocalCopy(store, ['me', '31']);
  store.kept.set('zc.draft:me:31', JSON.stringify({ entry: { value: 1 }, version: 0 }));
  expect(mine.read()).toBeNull();
  store.kept.set('zc.draft:me:31', '{broken');
  expect(mine.read()).toBeNull();
  mine.write({ entry: emptyEntry(form), version: 0, at: '', writer: 'w' });
  expect(mine.read()).not.toBeNull();
  expect(new LocalCopy(store, ['you', '31']).read()).toBeNull();
  mine.clear('another window');
  expect(mine.read()).not.toBeNull();
  mine.clear('w');
  expect(mine.read()).toBeNull();
});
