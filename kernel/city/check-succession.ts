import type { Draft, FileKey, Row } from './draft.ts';
import type { FaultCode } from './faults.ts';
import type { DatedName, Successor, Validity } from './schema.ts';
import type { PackText } from './source-text.ts';
import { firstDay, lastDay, periodsOverlap, periodText, shiftDay } from './timeline.ts';

/** Anything that is renamed and ends. */
interface Lasting {
  id: string;
  names: DatedName[];
  successors: Successor[];
}

/** Checks the periods of a list: each in order, none overlapping, no gap between neighbours. */
export function checkPeriods(
  draft: Draft,
  text: PackText,
  path: readonly (string | number)[],
  periods: readonly Validity[],
): void {
  for (const [i, period] of periods.entries()) {
    const place = { text, path: [...path, i] };
    if (period.from !== null && period.to !== null && period.from > period.to) {
      draft.faults.add(place, 'period-reversed', { from: period.from, to: period.to });
      continue;
    }
    const overlapping = periods.slice(0, i).find((other) => periodsOverlap(other, period));
    if (overlapping) {
      draft.faults.add(place, 'validity-overlaps', {
        period: periodText(period),
        other: periodText(overlapping),
      });
      continue;
    }
    const before = periods[i - 1];
    if (before?.to && period.from && shiftDay(before.to, 1) < period.from) {
      draft.faults.add(place, 'validity-gap', {
        from: shiftDay(before.to, 1),
        to: shiftDay(period.from, -1),
      });
    }
  }
}

/** Checks the names and successors of departments or regions. */
export function checkSuccession(
  draft: Draft,
  file: FileKey,
  rows: readonly Row<Lasting>[],
  unknown: FaultCode,
): void {
  const text = draft.texts.get(file);
  if (!text) return;
  const { faults } = draft;
  const known = file === 'regions' ? draft.known.regions : draft.known.departments;
  const byId = new Map(rows.map((row) => [row.value.id, row.value]));
  for (const { value, path } of rows) {
    checkPeriods(draft, text, [...path, 'names'], value.names);
    const end = lastDay(value.names);
    for (const [i, successor] of value.successors.entries()) {
      const place = { text, path: [...path, 'successors', i] };
      const target = { text, path: [...path, 'successors', i, 'to'] };
      if (successor.to === value.id) faults.add(target, 'successor-itself', { id: value.id });
      else if (known && !known.has(successor.to)) faults.unknown(target, unknown, successor.to, known);
      const start = firstDay(byId.get(successor.to)?.names ?? []);
      if (start && successor.from < start) {
        faults.add(place, 'successor-too-early', { from: successor.from, id: successor.to, start });
      }
      if (end === null || end >= successor.from) {
        faults.add(place, 'successor-without-end', { from: successor.from });
      }
    }
    const kinds = new Set(value.successors.map((successor) => successor.kind));
    const several = value.successors.length > 1;
    if (value.successors.length > 0 && (kinds.size > 1 || kinds.has('split') !== several)) {
      faults.add({ text, path: [...path, 'successors'], on: 'key' }, 'successor-kind');
    }
    if (end !== null && value.successors.length === 0) {
      faults.add({ text, path: [...path, 'names', value.names.length - 1] }, 'ends-without-successor', {
        to: end,
      });
    }
  }
  const links = (id: string) => byId.get(id)?.successors.map((successor) => successor.to) ?? [];
  for (const cycle of findCycles([...byId.keys()], links)) {
    const row = rows.find((candidate) => candidate.value.id === cycle[0])!;
    const link = row.value.successors.findIndex((successor) => successor.to === cycle[1]);
    faults.add({ text, path: [...row.path, 'successors', link] }, 'successor-cycle', {
      cycle: cycle.join(' → '),
    });
  }
}

/**
 * Circles in a graph, each once and as a walk that ends where it began. A thing that points to itself is not counted:
 * it is reported by its own name.
 */
export function findCycles(ids: readonly string[], links: (id: string) => readonly string[]): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (id: string, trail: string[]): void => {
    const back = trail.indexOf(id);
    if (back >= 0) {
      cycles.push([...trail.slice(back), id]);
      return;
    }
    if (done.has(id)) return;
    for (const next of links(id)) if (next !== id) walk(next, [...trail, id]);
    done.add(id);
  };
  for (const id of ids) walk(id, []);
  return cycles;
}
