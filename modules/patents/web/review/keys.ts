/** What a key does while reading. */
export type KeyAction =
  | { type: 'go'; by: number }
  | { type: 'keep'; kept: boolean }
  | { type: 'rate'; rating: number };

/** The meaning of a key: j → next, k ← previous, y keep, x dismiss, 1 to 5 rate and 0 take the rating back. */
export function keyAction(key: string, when: { typing: boolean; modified: boolean }): KeyAction | null {
  if (when.modified || when.typing) return null;
  switch (key) {
    case 'j':
    case 'n':
    case 'ArrowRight':
      return { type: 'go', by: 1 };
    case 'k':
    case 'p':
    case 'ArrowLeft':
      return { type: 'go', by: -1 };
    case 'y':
      return { type: 'keep', kept: true };
    case 'x':
      return { type: 'keep', kept: false };
    default:
      return /^[0-5]$/.test(key) ? { type: 'rate', rating: Number(key) } : null;
  }
}
