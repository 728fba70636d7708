/**
 * Makes a pack's boundary layer out of a GeoJSON file, giving each polygon its region id and, where asked, merging
 * neighbours:
 *
 *   node scripts/merge-boundaries.mjs IN.geojson OUT.geojson NAME=region … [--merge a+b=c]
 *
 * Merging cancels the border which both polygons draw with the very same points (edges that occur an even number of
 * times) and traces what is left. It therefore needs no geometry library, and refuses when the border does not match:
 * the area of the result must be the sum of the parts.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [input, output, ...rest] = process.argv.slice(2);
if (!input || !output) throw new Error('usage: merge-boundaries.mjs IN OUT NAME=region … [--merge a+b=c]');

const regionOf = new Map();
const merges = [];
for (let i = 0; i < rest.length; i++) {
  const isMerge = rest[i] === '--merge';
  const [left, right] = rest[isMerge ? ++i : i].split('=');
  if (isMerge) merges.push({ parts: left.split('+'), into: right });
  else regionOf.set(left, right);
}

const key = (point) => `${point[0]},${point[1]}`;
const area = (ring) =>
  ring.slice(1).reduce((sum, b, i) => sum + (ring[i][0] * b[1] - b[0] * ring[i][1]) / 2, 0);
const polygons = (geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates);

/** Drops repeated points and closes the ring. */
function clean(ring) {
  const kept = ring.filter((point, i) => i === 0 || key(point) !== key(ring[i - 1]));
  if (key(kept[0]) !== key(kept[kept.length - 1])) kept.push(kept[0]);
  return kept;
}

/** Outer ring anticlockwise, holes clockwise (RFC 7946). */
const wind = (polygon) =>
  polygon.map((ring, i) => (area(ring) > 0 === (i === 0) ? ring : [...ring].reverse()));

function union(parts) {
  const edges = new Map();
  for (const polygon of parts)
    for (const ring of polygon)
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1], ring[i]];
        const id = [key(a), key(b)].sort().join(' ');
        if (edges.has(id)) edges.delete(id);
        else edges.set(id, [a, b]);
      }
  const next = new Map();
  for (const [a, b] of edges.values())
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      if (!next.has(key(from))) next.set(key(from), { point: from, to: new Map() });
      next.get(key(from)).to.set(key(to), to);
    }
  const rings = [];
  for (const start of next.values())
    while (start.to.size > 0) {
      const ring = [start.point];
      let here = start;
      do {
        const [id] = here.to.keys();
        here.to.delete(id);
        next.get(id).to.delete(key(here.point));
        here = next.get(id);
        ring.push(here.point);
      } while (here !== start);
      rings.push(ring);
    }
  const before = parts.flat().reduce((sum, ring) => sum + Math.abs(area(ring)), 0);
  const after = rings.reduce((sum, ring) => sum + Math.abs(area(ring)), 0);
  if (rings.length !== 1 || Math.abs(before - after) > 1e-9)
    throw new Error(`The borders do not match: ${rings.length} rings, area ${after} instead of ${before}.`);
  return rings;
}

const source = JSON.parse(readFileSync(input, 'utf8'));
const regions = new Map();
for (const feature of source.features) {
  const region = regionOf.get(feature.properties.name);
  if (!region) throw new Error(`No region given for ${feature.properties.name}.`);
  regions.set(
    region,
    polygons(feature.geometry).map((polygon) => polygon.map(clean)),
  );
}
for (const { parts, into } of merges) {
  const merged = union(parts.flatMap((part) => regions.get(part)));
  for (const part of parts) regions.delete(part);
  regions.set(into, [merged]);
}
const lines = [...regions].map(([region, shape]) => {
  const wound = shape.map(wind);
  const geometry =
    wound.length === 1
      ? { type: 'Polygon', coordinates: wound[0] }
      : { type: 'MultiPolygon', coordinates: wound };
  return JSON.stringify({ type: 'Feature', properties: { region }, geometry });
});
writeFileSync(output, `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`);
