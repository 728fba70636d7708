/** The 97.5 % quantile of the normal distribution: two sides at 95 %. */
export const Z95 = 1.959964;

/** A share and the interval that holds the true one with 95 % confidence. */
export interface Interval {
  share: number;
  low: number;
  high: number;
}

/**
 * The Wilson score interval of a share (E. B. Wilson 1927), which stays inside [0, 1] and says something for few
 * observations and for shares of 0 and 1. Null where nothing was observed.
 */
export function wilson(hits: number, n: number, z = Z95): Interval | null {
  if (n <= 0) return null;
  const share = hits / n;
  const square = z * z;
  const scale = 1 + square / n;
  const centre = (share + square / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return {
    share,
    // Rounding must not put the share itself outside.
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
  };
}
