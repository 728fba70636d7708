/**
 * The one form in which texts are searched, shared by index, scan and highlighting.
 *
 * A text is a row of units: one Chinese or Japanese character, one word (letters, digits and their marks of any other
 * script), or one mark of punctuation. In the form a character stands for itself, a word as `<word>`, punctuation as `,`,
 * the end of a sentence as `;`, the end of a paragraph as a line break. White space, hyphens and the like separate words
 * and are no units. Distances count units, so punctuation counts one; a term stands where its form is part of the text's
 * form.
 */

/** One unit of a form and the piece of the original it came from (UTF-16 offsets). */
export interface Unit {
  /** A character, `<word>`, `,`, `;` or a line break. */
  text: string;
  start: number;
  end: number;
}

/** Wildcards inside a term while it is read: private characters, so that no text holds them. */
export const WILD = { any: '\ue000', one: '\ue001', maybe: '\ue002' } as const;

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u30fc]/u;
const WORD = /[\p{L}\p{N}]/u;
const MARK = /\p{M}/u;
const INVISIBLE = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]/;
/** Written inside technical terms without parting them: 聚-乙烯, 1/2, x-ray, O'Brien. */
const SOFT = /[\s\-\u2010-\u2015\u2212_'\u2019`\u00b7\u2027\u30fb./\\]/u;
const SENTENCE = /[。;!?\u3002]/u;
const LINE = /[\n\r\u2028\u2029]/;

type Kind = 'cjk' | 'word' | 'mark' | 'soft' | 'none';

/** Kinds that were found before; there are no more than characters. */
const kinds = new Map<string, Kind>();

function kindOf(char: string): Kind {
  let kind = kinds.get(char);
  if (kind === undefined) {
    kind = findKind(char);
    kinds.set(char, kind);
  }
  return kind;
}

function findKind(char: string): Kind {
  const code = char.codePointAt(0)!;
  if (code < 128) {
    if ((code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90))
      return 'word';
    return SOFT.test(char) && !LINE.test(char) ? 'soft' : 'mark';
  }
  if (code >= 0x4e00 && code <= 0x9fff) return 'cjk';
  if (char === WILD.any || char === WILD.one || char === WILD.maybe) return 'word';
  if (INVISIBLE.test(char) || MARK.test(char)) return 'none';
  if (CJK.test(char)) return 'cjk';
  if (WORD.test(char)) return 'word';
  return SOFT.test(char) && !LINE.test(char) ? 'soft' : 'mark';
}

function markOf(char: string): ',' | ';' | '\n' {
  if (LINE.test(char)) return '\n';
  return SENTENCE.test(char) ? ';' : ',';
}

const STRENGTH = { ',': 1, ';': 2, '\n': 3 } as const;

function fold(piece: string): string {
  // A final sigma depends on what follows it, so it is made equal to the other one.
  return piece.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ');
}

/** Characters that stand for themselves and never combine: lower ASCII letters, digits, plain Chinese. Most of all text. */
function isPlain(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Whether a code unit may be or begin a mark that belongs to the character before it; a quick look that errs on the safe side. */
function mayCombine(code: number): boolean {
  if (code < 0x300 || isPlain(code)) return false;
  // Chinese punctuation and full-width forms.
  return !((code >= 0x3000 && code < 0x302a) || (code >= 0xff00 && code < 0xff9e));
}

/** Cuts a text into its units. Marks at both ends are left out, and of several marks together the strongest counts. */
export function unitsOf(original: string): Unit[] {
  const text = original.normalize('NFC');
  const units: Unit[] = [];
  let word = '';
  let wordStart = 0;
  let wordEnd = 0;
  let pending: { mark: ',' | ';' | '\n'; start: number; end: number } | null = null;
  const flushWord = () => {
    if (word === '') return;
    units.push({ text: `<${word}>`, start: wordStart, end: wordEnd });
    word = '';
  };
  const flushMark = () => {
    if (pending && units.length > 0)
      units.push({ text: pending.mark, start: pending.start, end: pending.end });
    pending = null;
  };
  const addToWord = (char: string, start: number, end: number) => {
    if (word === '') {
      flushMark();
      wordStart = start;
    }
    word += char;
    wordEnd = end;
  };
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdbff && end < text.length) end += 1;
    const next = end < text.length ? text.charCodeAt(end) : 0;
    if (isPlain(code) && !mayCombine(next)) {
      if (code >= 0x4e00) {
        flushWord();
        flushMark();
        units.push({ text: text[at]!, start: at, end });
      } else addToWord(text[at]!, at, end);
      at = end;
      continue;
    }
    // Marks that combine with the character belong to it.
    while (
      end < text.length &&
      mayCombine(text.charCodeAt(end)) &&
      /^[\p{M}\uff9e\uff9f]/u.test(text.slice(end, end + 2))
    )
      end += text.codePointAt(end)! > 0xffff ? 2 : 1;
    const folded = fold(text.slice(at, end));
    for (const char of folded) {
      const kind = kindOf(char);
      if (kind === 'none') {
        // A mark that stays apart after folding belongs to the word before it.
        if (word !== '' && MARK.test(char)) {
          word += char;
          wordEnd = end;
        }
        continue;
      }
      if (kind === 'word') {
        addToWord(char, at, end);
        continue;
      }
      const after = word !== '';
      flushWord();
      if (kind === 'cjk') {
        flushMark();
        units.push({ text: char, start: at, end });
        continue;
      }
      // A full stop ends a sentence where white space or nothing follows.
      const stop: boolean =
        char === '.' && (after || pending !== null) && (end >= text.length || /\s/.test(text[end]!));
      if (kind === 'soft' && !stop) continue;
      const mark: ',' | ';' | '\n' = stop ? ';' : markOf(char);
      if (!pending) pending = { mark, start: at, end };
      else {
        if (STRENGTH[mark] > STRENGTH[pending.mark]) pending.mark = mark;
        pending.end = end;
      }
    }
    at = end;
  }
  flushWord();
  return units;
}

/** The form of a text. */
export function formOf(text: string): string {
  let form = '';
  for (const unit of unitsOf(text)) form += unit.text;
  return form;
}

/** The form of a list of names: each between line breaks, so that a whole name can be told from a part. */
export function namesForm(names: readonly string[]): string {
  const forms = names.map((name) => formOf(name).replaceAll('\n', ',')).filter((form) => form !== '');
  return forms.length === 0 ? '' : `\n${forms.join('\n')}\n`;
}

/** Cuts a form into its units again. */
export function splitForm(form: string): string[] {
  return form.match(/<[^<>]*>|[\s\S]/gu) ?? [];
}
