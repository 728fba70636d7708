import { readSymbol } from '../../query/values.ts';

/** Something in a list that is no IPC symbol. */
export interface IpcFault {
  /** Line of the text, from 1. */
  line: number;
  text: string;
  /** `not-ipc`: a class, but of designs or of the CPC alone. */
  reason: 'unreadable' | 'not-ipc';
}

/** What a list of symbols was read as. */
export interface IpcList {
  /** Each once, in the order of the list. */
  symbols: string[];
  faults: IpcFault[];
  /** How many stood in the list more than once. */
  dropped: number;
}

/** An edition behind a symbol, as `(2006.01)`; it says nothing about where the symbol stands. */
const EDITION = /\s*[[(]\d{4}\.\d{2}[\])]/g;
const SEPARATORS = /[,;、|\t]/;

/**
 * Reads IPC symbols as people paste them: one a line, or several parted by commas, semicolons or blanks, in any usual spelling,
 * also with a blank inside (`A01B 1/02`).
 */
export function readIpcList(text: string): IpcList {
  const symbols = new Set<string>();
  const faults: IpcFault[] = [];
  let dropped = 0;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [at, line] of lines.entries()) {
    for (const piece of line.normalize('NFKC').replace(EDITION, ' ').split(SEPARATORS)) {
      for (const one of readPiece(piece.replaceAll(/["']/g, ' ').trim())) {
        if (one.reason) faults.push({ line: at + 1, text: one.text, reason: one.reason });
        else if (symbols.has(one.text)) dropped += 1;
        else symbols.add(one.text);
      }
    }
  }
  return { symbols: [...symbols], faults, dropped };
}

/** A symbol, or what is none and why. */
interface Read {
  text: string;
  reason: IpcFault['reason'] | null;
}

function readPiece(piece: string): Read[] {
  if (piece === '') return [];
  const whole = readOne(piece);
  const words = piece.split(/\s+/);
  if (whole.reason !== 'unreadable' || words.length === 1) return [whole];
  const found: Read[] = [];
  for (let i = 0; i < words.length; i++) {
    // `A01B 1/02` among others: the group stands behind a blank.
    const next = words[i + 1];
    const joined = next && /^\d/.test(next) ? readOne(`${words[i]} ${next}`) : null;
    if (joined && joined.reason === null) {
      found.push(joined);
      i += 1;
    } else found.push(readOne(words[i]!));
  }
  // Words that are none together are told as they stand in the list.
  return found.some((one) => one.reason !== 'unreadable') ? found : [whole];
}

function readOne(text: string): Read {
  const read = readSymbol(text);
  if (!read) return { text, reason: 'unreadable' };
  // Section Y is the CPC's own, and classes of designs are no IPC either: no criterion would ever find them.
  return read.level === 'locarno' || read.symbol.startsWith('Y')
    ? { text, reason: 'not-ipc' }
    : { text: read.symbol, reason: null };
}
