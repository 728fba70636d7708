import { checkUnique, type Draft, type DrawnLayer } from './draft.ts';
import type { BoundaryLayer, Region } from './schema.ts';
import { periodsOverlap, periodText, shiftDay } from './timeline.ts';

/** Checks boundaries.yaml and the shapes that were read: every region of the time drawn once, layers without gaps. */
export function checkBoundaries(draft: Draft): void {
  const text = draft.texts.get('boundaries');
  if (!text) return;
  const { faults, layers } = draft;
  checkUnique(
    draft,
    'boundaries',
    layers.map((row) => ({ id: row.value.id, path: [...row.path, 'id'] })),
  );
  for (const { value: layer, path } of layers) {
    if (layer.validFrom && layer.validTo && layer.validFrom > layer.validTo) {
      faults.add({ text, path }, 'period-reversed', { from: layer.validFrom, to: layer.validTo });
    }
    if (!layer.crs.verified) {
      faults.add({ text, path: [...path, 'crs'] }, 'crs-unverified', { id: layer.id, crs: layer.crs.name });
    }
  }
  checkSequence(draft);
  for (const layer of draft.drawn) {
    checkGeometry(draft, layer);
    checkRegionsDrawn(draft, layer);
  }
}

const period = (layer: BoundaryLayer) => ({ from: layer.validFrom, to: layer.validTo });

function checkSequence(draft: Draft): void {
  const text = draft.texts.get('boundaries')!;
  const ordered = [...draft.layers].sort((a, b) =>
    (a.value.validFrom ?? '') < (b.value.validFrom ?? '') ? -1 : 1,
  );
  for (const [i, row] of ordered.entries()) {
    const before = ordered[i - 1];
    if (!before) continue;
    const place = { text, path: row.path };
    const [now, then] = [period(row.value), period(before.value)];
    if (periodsOverlap(now, then)) {
      draft.faults.add(place, 'validity-overlaps', { period: periodText(now), other: periodText(then) });
    } else if (then.to && now.from && shiftDay(then.to, 1) < now.from) {
      draft.faults.add(place, 'validity-gap', { from: shiftDay(then.to, 1), to: shiftDay(now.from, -1) });
    }
  }
  const [first, last] = [ordered[0], ordered.at(-1)];
  const { plan } = draft;
  if (!plan || !first || !last) return;
  if (first.value.validFrom && first.value.validFrom > plan.start) {
    draft.faults.add({ text, path: first.path }, 'validity-gap', {
      from: plan.start,
      to: shiftDay(first.value.validFrom, -1),
    });
  }
  if (last.value.validTo && last.value.validTo < plan.end) {
    draft.faults.add({ text, path: last.path }, 'validity-gap', {
      from: shiftDay(last.value.validTo, 1),
      to: plan.end,
    });
  }
}

function checkGeometry(draft: Draft, { text, collection }: DrawnLayer): void {
  for (const [i, feature] of collection.features.entries()) {
    const path = ['features', i, 'geometry'];
    const { geometry } = feature;
    const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat();
    const open = rings.some((ring) => {
      const [first, last] = [ring[0]!, ring.at(-1)!];
      return first[0] !== last[0] || first[1] !== last[1];
    });
    if (open) draft.faults.add({ text, path }, 'ring-open');
    const off = rings.flat().find(([x, y]) => !(Math.abs(x!) <= 180 && Math.abs(y!) <= 90));
    if (off) draft.faults.add({ text, path }, 'not-degrees', { x: off[0]!, y: off[1]! });
  }
}

/** Does the region exist during the whole of the layer's period? Parks are not drawn. */
function existsDuring(region: Region, layer: BoundaryLayer): boolean {
  return region.names.some((name) => periodsOverlap(name, period(layer)));
}

function checkRegionsDrawn(draft: Draft, { row, text, collection }: DrawnLayer): void {
  const { faults, known } = draft;
  const layer = row.value;
  const day = layer.validFrom ?? layer.validTo ?? draft.plan?.start ?? '';
  const drawn = new Set<string>();
  for (const [i, feature] of collection.features.entries()) {
    const id = feature.properties.region;
    const place = { text, path: ['features', i, 'properties', 'region'] };
    if (known.regions && !known.regions.has(id)) faults.unknown(place, 'unknown-region', id, known.regions);
    const region = draft.regions.find((candidate) => candidate.value.id === id)?.value;
    if (region && !existsDuring(region, layer)) faults.add(place, 'region-not-valid', { id, date: day });
    if (drawn.has(id)) faults.add(place, 'region-drawn-twice', { id });
    drawn.add(id);
  }
  const boundaries = draft.texts.get('boundaries')!;
  for (const { value: region } of draft.regions) {
    if (region.kind === 'county' && existsDuring(region, layer) && !drawn.has(region.id)) {
      faults.add({ text: boundaries, path: [...row.path, 'file'] }, 'region-without-shape', {
        id: region.id,
      });
    }
  }
}
