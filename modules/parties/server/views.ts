import { type Department, holdsAt, type Region } from '#kernel/city/schema';
import { firstDay, lastDay } from '#kernel/city/timeline';
import type { DepartmentView, RegionView } from '../contract.ts';
import type { Standing } from './directory.ts';

type Lasting = Pick<Department, 'id' | 'names' | 'successors' | 'note'>;

/** A department as it was on a day. */
export function departmentView(standing: Standing, doc: Department, asOf: string): DepartmentView {
  const { lookup } = standing;
  const name = (id: string, day: string) => lookup.departmentName(id, day);
  return {
    ...common(doc, asOf, name, lookup.currentDepartments(doc.id, asOf)),
    ...standing.meta('department', doc.id),
    kind: doc.kind,
    region: doc.region ?? null,
    members: [...(doc.members ?? [])],
  };
}

/** A region as it was on a day. */
export function regionView(standing: Standing, doc: Region, asOf: string): RegionView {
  const { lookup } = standing;
  const name = (id: string, day: string) => lookup.regionAt(id, day)?.at.name ?? null;
  return {
    ...common(doc, asOf, name, lookup.currentRegions(doc.id, asOf)),
    ...standing.meta('region', doc.id),
    kind: doc.kind,
    parent: doc.parent,
    code: doc.codes.find((code) => holdsAt(code, asOf))?.code ?? null,
    codes: doc.codes.map(({ code, system, from, to }) => ({ code, system, from, to })),
  };
}

function common(
  doc: Lasting,
  asOf: string,
  nameOf: (
    id: string,
    day: string,
  ) => { zh: string; en: string; short: string | null; verified: boolean } | null,
  now: readonly string[],
) {
  const name = nameOf(doc.id, asOf);
  return {
    id: doc.id,
    name: name?.zh ?? doc.id,
    nameEn: name?.en ?? doc.id,
    short: name?.short ?? null,
    verified: name?.verified ?? false,
    exists: doc.names.some((period) => holdsAt(period, asOf)),
    from: firstDay(doc.names),
    to: lastDay(doc.names),
    successors: doc.successors.map((s) => ({
      id: s.to,
      name: nameOf(s.to, s.from)?.zh ?? s.to,
      from: s.from,
      kind: s.kind,
      note: s.note ?? null,
      verified: s.verified,
    })),
    now: now.map((id) => ({ id, name: nameOf(id, asOf)?.zh ?? id })),
    note: doc.note ?? null,
  };
}
