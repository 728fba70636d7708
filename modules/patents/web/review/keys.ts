/** How far a key goes while reading: j, n, → to the next record, k, p, ← to the previous one; null for every other key. */
export function stepOf(key: string, when: { typing: boolean; modified: boolean }): 1 | -1 | null {
  if (when.modified || when.typing) return null;
  if (key === 'j' || key === 'n' || key === 'ArrowRight') return 1;
  if (key === 'k' || key === 'p' || key === 'ArrowLeft') return -1;
  return null;
}
