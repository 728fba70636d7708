/** How many pages a result has; an empty one has one. */
export function pageCount(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size));
}

/** Page numbers to offer: the first, the last, and those around the current one; null stands for a gap. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
  const around = 2;
  const shown = new Set([1, pages]);
  for (let p = page - around; p <= page + around; p++) if (p >= 1 && p <= pages) shown.add(p);
  const sorted = [...shown].sort((a, b) => a - b);
  return sorted.flatMap((p, i) => {
    const before = sorted[i - 1];
    if (before === undefined || p === before + 1) return [p];
    // A gap of one page is no shorter than the page itself.
    return p === before + 2 ? [p - 1, p] : [null, p];
  });
}
